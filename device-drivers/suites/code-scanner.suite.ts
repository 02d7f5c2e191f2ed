import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { CodeScannerDevice, Driver } from '../drivers/driver.ts';
import { type ScanFault, type ScanStep, codeScannerMatrix } from './code-scanner.matrix.ts';
import { cellsOf } from './matrix.ts';
import { Watched } from './watched.ts';

/** What a person, or a simulator in a person's place, does at a scanner. */
export interface ScannerHands {
  show(code: Uint8Array, end?: 'cr' | 'lf' | 'crlf'): Promise<void>;
  /** Of the line: what comes next is spoilt. */
  fault(kind: ScanFault): Promise<void>;
  clearFaults(): Promise<void>;
  unplug(): Promise<void>;
  plug(): Promise<void>;
  /** Resolves when the scanner was asked this often from now on whether it is there. */
  asked(times: number): Promise<void>;
}

export interface ScannerBench {
  readonly driver: Driver<'codeScanner'>;
  readonly port: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Absent on real hardware when nobody stands by; what needs hands is then skipped. */
  readonly hands: ScannerHands | undefined;
  /** Codes that must never pass, each with its name. */
  readonly hostile: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  close(): Promise<void>;
}

const CODE = 'KIOSK-TICKET-7K2M9Q';

/** Codes that show a fault of what is scanned, not of the line. */
const SPOILT: Readonly<Partial<Record<ScanFault, Uint8Array>>> = {
  control: Buffer.from('KIOSK\u0012TICKET'),
  tooLong: Buffer.alloc(6_000, 'A'),
  encoding: Buffer.of(0x4b, 0xff, 0xfe, 0x4b),
  grammar: Buffer.from('no ticket of ours'),
};

/** What every code scanner must do, whatever its driver. Runs on a simulator and on real hardware. */
export function codeScannerSuite(name: string, open: () => Promise<ScannerBench>, hasHands: boolean): void {
  const skip = hasHands ? false : 'needs somebody to hold codes before the window';

  describe(name, { timeout: 120_000 }, () => {
    let bench: ScannerBench;
    let scanner: CodeScannerDevice;
    let watched: Watched<'codeScanner'>;
    const seen: string[] = [];
    const never = new AbortController().signal;

    const hands = () => {
      assert.ok(bench.hands, 'this test needs hands and should have been skipped');
      return bench.hands;
    };
    const codeOf = (result: Result<unknown>) => {
      if (result.ok) return 'ok';
      seen.push(JSON.stringify(result.error));
      return result.error.code;
    };
    const create = () => {
      watched = new Watched(bench, seen);
      return watched.device;
    };
    const scanWell = async () => {
      const scanning = scanner.scan({ signal: never });
      await hands().show(Buffer.from(CODE));
      assert.deepEqual(await scanning, { ok: true, value: CODE });
    };

    before(async () => void (bench = await open()));
    after(() => bench.close());

    beforeEach(async () => {
      await bench.hands?.clearFaults();
      await bench.hands?.plug();
      scanner = create();
      scanner.start();
      await watched.until('ready');
    });

    afterEach(() => scanner.stop());

    test('the self-test of a healthy scanner passes every step', async () => {
      const steps = await scanner.selfTest({ signal: never });
      assert.deepEqual(
        steps.filter((step) => !step.passed),
        [],
      );
    });

    test('waiting for a code ends when it is cancelled, and otherwise when its time is up', async () => {
      for (const code of ['E9001', 'E9002']) {
        const controller = new AbortController();
        const scanning = scanner.scan({ signal: controller.signal });
        controller.abort(code);
        assert.equal(codeOf(await scanning), code);
      }
    });

    for (const end of ['cr', 'lf', 'crlf'] as const) {
      test(`a code that ends with ${end} is taken whole`, { skip }, async () => {
        const scanning = scanner.scan({ signal: never });
        await hands().show(Buffer.from(CODE), end);
        assert.deepEqual(await scanning, { ok: true, value: CODE });
        assert.equal(watched.counted['codes'], 1);
      });
    }

    test(
      'a code that was shown before anybody asked is not given to who asks next',
      { skip, timeout: 60_000 },
      async () => {
        await hands().show(Buffer.from('TICKET-OF-THE-LAST-ONE'));
        await hands().asked(2);
        await scanWell();
      },
    );

    test('none of the hostile codes passes, and the scanner works after each', { skip, timeout: 60_000 }, async () => {
      for (const { name: code, bytes } of bench.hostile) {
        const scanning = scanner.scan({ signal: never });
        // A code with a terminator in it is two lines: neither may bring a control character with it.
        await hands().show(bytes);
        const result = await scanning;
        if (!result.ok) assert.equal(result.error.code, 'E1502', code);
        else assert.match(result.value, /^[\x20-\x7e]+$/, code);
      }
      await scanWell();
    });

    describe('every fault at every step', { skip }, () => {
      const steps: Readonly<Record<ScanStep, (spoil: () => Promise<void>, fault: ScanFault) => Promise<string>>> = {
        async connect(spoil) {
          await scanner.stop();
          scanner = create();
          await spoil();
          scanner.start();
          await once(watched.news, 'status');
          return scanner.status().code ?? 'ok';
        },
        async idle(spoil) {
          const changed = once(watched.news, 'status');
          await spoil();
          await Promise.race([changed, hands().asked(3)]);
          return scanner.status().code ?? 'ok';
        },
        async scan(spoil, fault) {
          const scanning = scanner.scan({ signal: never });
          await spoil();
          if (fault !== 'unplug' && fault !== 'silent') await hands().show(SPOILT[fault] ?? Buffer.from(CODE));
          return codeOf(await scanning);
        },
      };
      for (const { step, fault, cell } of cellsOf(codeScannerMatrix)) {
        if ('notApplicable' in cell) continue;
        test(`${step}, ${fault}`, { timeout: 60_000 }, async () => {
          const spoil = async () => void (SPOILT[fault] ?? (await hands().fault(fault)));
          const ended = await steps[step](spoil, fault);
          assert.equal(ended, cell.ends, `${codeScannerMatrix.steps[step]}: ${codeScannerMatrix.faults[fault]}`);
          await hands().clearFaults();
          await hands().plug();
          await watched.until('ready');
          // What the fault left on the line belongs to nobody.
          await hands().asked(1);
          await scanWell();
        });
      }
    });

    test('nothing that was scanned stands in a log line or an error', { skip }, () => {
      const text = seen.join('\n');
      for (const secret of [CODE, 'TICKET', 'ticket of ours']) {
        assert.ok(!text.includes(secret), `"${secret}" stands in a log line or an error`);
      }
    });
  });
}
