import { constants } from 'node:os';
import { seeded } from '../crash/fates.ts';

/** What e2e/disks/fail-calls.c can let fail. */
type FailingCall = 'sync' | 'write' | 'truncate' | 'rename' | 'make' | 'remove';
const ERRORS = { EIO: constants.errno.EIO, ENOSPC: constants.errno.ENOSPC, EROFS: constants.errno.EROFS } as const;

/** The n-th call of a kind fails: that one alone, or all from then on until the cause is gone. */
export interface Fault {
  readonly call: FailingCall | 'any';
  readonly n: number;
  readonly error: keyof typeof ERRORS;
  readonly lasting: boolean;
}

export const nameOf = ({ call, n, error, lasting }: Fault): string =>
  `${error} at ${call} ${n}${lasting ? ' and after' : ''}`;

/** From now on, counted from here; undefined: nothing fails any more. Needs fail-calls.so in this process. */
export function letFail(fault: Fault | undefined): void {
  process.env['KIOSK_FAIL'] = fault
    ? `${fault.call} ${fault.n} ${ERRORS[fault.error]} ${fault.lasting ? 'on' : 'once'}`
    : '';
}

/** How many calls failed since the last `letFail`. */
export const failedCalls = (): number => Number(process.env['KIOSK_FAILED'] ?? 0);

/** How likely a call is drawn, and the last one of its kind that a short life comes to. */
const DRAWN: readonly (readonly [call: Fault['call'], share: number, most: number])[] = [
  ['sync', 0.3, 60],
  ['write', 0.3, 250],
  ['any', 0.2, 300],
  ['truncate', 0.08, 4],
  ['rename', 0.06, 3],
  ['make', 0.04, 8],
  ['remove', 0.02, 3],
];

/** Calls that a life makes a few times only: each of them fails once and for good before chance begins. */
const RARE = { truncate: 3, rename: 3, make: 6, remove: 6 } as const;

/** Faults without end; the same seed gives the same ones. */
export function* faults(seed: number): Generator<Fault> {
  for (const [call, most] of Object.entries(RARE) as [keyof typeof RARE, number][]) {
    for (let n = 1; n <= most; n++) {
      yield { call, n, error: 'EIO', lasting: false };
      yield { call, n, error: 'ENOSPC', lasting: true };
    }
  }
  const random = seeded(seed);
  for (;;) {
    let left = random();
    const [call, , most] = DRAWN.find(([, share]) => (left -= share) < 0) ?? DRAWN[0]!;
    const kind = random();
    // A full disk stays full, mostly; a bad sector can be one.
    const error = kind < 0.5 ? 'EIO' : kind < 0.85 ? 'ENOSPC' : 'EROFS';
    yield { call, n: 1 + Math.floor(random() * most), error, lasting: random() < (error === 'EIO' ? 0.5 : 0.8) };
  }
}
