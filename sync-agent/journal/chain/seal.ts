import type { KeyObject } from 'node:crypto';
import type { RequestPerson, Sealed } from '@kiosk/contract/journal/entry.ts';
import { type KeyWrapper, keyWrapper, newDataKey, sealJson } from '@kiosk/contract/journal/sealing.ts';
import type { Suite } from '@kiosk/contract/journal/suite/suite.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { KeyProvider } from './keys.ts';

/** The data key of one entry, wrapped twice: a dead mainboard loses nothing, because the centre can open it too. */
export interface WrappedKeys {
  readonly forTerminal: Buffer;
  readonly forCentre: Buffer;
}

/** Encrypts the personal fields of an entry with a key of their own, kept nowhere in clear. */
export type Sealer = (person: RequestPerson) => { readonly sealed: Sealed; readonly keys: WrappedKeys };

export interface SealerOptions {
  readonly suite: Suite;
  readonly terminal: KeyProvider;
  /** X25519 public key of the centre. */
  readonly centreKey: KeyObject;
  readonly clock: Clock;
}

const DAY_MS = 24 * 3_600_000;

/** One agreement with the centre serves a run of the program, a day at most: it costs ten times what a wrap does. */
export function sealer({ suite, terminal, centreKey, clock }: SealerOptions): Sealer {
  let agreed: { readonly with: KeyWrapper; readonly at: number } | undefined;
  return (person) => {
    const now = clock.monotonic();
    if (!agreed || now - agreed.at >= DAY_MS) agreed = { with: keyWrapper(suite, centreKey), at: now };
    const dataKey = newDataKey(suite);
    const sealed = sealJson(suite, dataKey, person);
    const keys = { forTerminal: terminal.wrap(dataKey), forCentre: agreed.with.wrap(dataKey) };
    dataKey.fill(0);
    return { sealed, keys };
  };
}
