import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { SlipDocument } from '@kiosk/contract/slip.ts';
import type { Driver, SlipPrinterDevice } from '../drivers/driver.ts';
import { Watched } from './watched.ts';

export type SlipPrinterSuiteFault =
  | {
      readonly kind:
        | 'paperEnd'
        | 'nearEnd'
        | 'coverOpen'
        | 'cutter'
        | 'hot'
        | 'unrecoverable'
        | 'cutterAtNextCut'
        | 'silent'
        | 'garbage'
        | 'answerLost'
        | 'merged';
    }
  | { readonly kind: 'answerLate'; readonly ms: number }
  | { readonly kind: 'paperEndAfterBytes' | 'dropAfterBytes' | 'silentAfterBytes'; readonly bytes: number }
  | { readonly kind: 'slow'; readonly msPerLine: number };

/** What a person, or a simulator in a person's place, does at a slip printer. */
export interface SlipPrinterHands {
  fault(fault: SlipPrinterSuiteFault): Promise<void>;
  clearFaults(): Promise<void>;
  unplug(): Promise<void>;
  plug(): Promise<void>;
  /** The words on every slip that was cut off so far, oldest first. */
  slips(): Promise<readonly string[]>;
  /** Resolves when, from now on, the first line of a slip is printed. */
  begun(): Promise<void>;
  /** Resolves when, from now on, the printer was asked so often for its state. */
  asked(times: number): Promise<void>;
  /** Commands that the printer did not know. */
  unknownCommands(): Promise<readonly string[]>;
}

export interface SlipPrinterBench {
  readonly driver: Driver<'slipPrinter'>;
  readonly port: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Absent on real hardware when nobody stands by; what needs hands is then skipped. */
  readonly hands: SlipPrinterHands | undefined;
  close(): Promise<void>;
}

const FAULT_CODES = {
  paperEnd: 'E4202',
  coverOpen: 'E4203',
  cutter: 'E4204',
  hot: 'E4205',
  unrecoverable: 'E4206',
} as const;

/** Bytes after which a slip is begun and far from finished. */
const IN_THE_MIDDLE = 150;

let order = 0;
function someSlip(): { slip: SlipDocument; number: string } {
  const number = `TEST-${String(++order).padStart(6, '0')}`;
  const slip = SlipDocument.parse({
    number,
    blocks: [
      { type: 'text', text: '受理回执', align: 'center', size: 2, bold: true },
      { type: 'row', label: '受理编号', value: number },
      { type: 'row', label: '事项', value: '投诉与建议：关于窗口等候时间的意见，请中心在五个工作日内答复' },
      { type: 'rule' },
      { type: 'qr', data: `https://verify.example/${number}` },
      { type: 'text', text: '受理不等于办结', align: 'center' },
    ],
  });
  return { slip, number };
}

/** What every slip printer must do, whatever its driver. Runs on a simulator and on real hardware. */
export function slipPrinterSuite(name: string, open: () => Promise<SlipPrinterBench>, hasHands: boolean): void {
  const skip = hasHands ? false : 'needs somebody to open covers and pull cables';

  describe(name, { timeout: 120_000 }, () => {
    let bench: SlipPrinterBench;
    let printer: SlipPrinterDevice;
    let watched: Watched<'slipPrinter'>;
    let slipsBefore: number;
    const never = new AbortController().signal;

    const hands = () => {
      assert.ok(bench.hands, 'this test needs hands and should have been skipped');
      return bench.hands;
    };
    const newSlips = async () => (await hands().slips()).slice(slipsBefore);

    before(async () => void (bench = await open()));
    after(() => bench?.close());

    beforeEach(async () => {
      await bench.hands?.clearFaults();
      await bench.hands?.plug();
      slipsBefore = (await bench.hands?.slips())?.length ?? 0;
      watched = new Watched(bench);
      printer = watched.device;
      printer.start();
      await watched.until('ready');
    });

    afterEach(() => printer.stop());

    test('the self-test of a healthy printer passes every step and prints nothing', async () => {
      const steps = await printer.selfTest({ signal: never });
      assert.deepEqual(
        steps.filter((step) => !step.passed),
        [],
      );
      if (bench.hands) assert.deepEqual(await newSlips(), []);
    });

    test('a slip comes out once, whole and cut', async () => {
      const { slip, number } = someSlip();
      assert.deepEqual(await printer.print(slip, { signal: never }), {
        ok: true,
        value: { outcome: 'done', printed: 1 },
      });
      assert.deepEqual(watched.counted, { slips: 1 });
      if (!bench.hands) return;
      const [printed, ...more] = await newSlips();
      assert.deepEqual(more, []);
      assert.match(printed ?? '', new RegExp(`受理编号 +${number}\n`));
      assert.match(printed ?? '', /受理不等于办结$/);
      assert.deepEqual(await bench.hands.unknownCommands(), [], 'commands that no printer of this kind knows');
    });

    test('a name with a character that the printer does not have is drawn', { skip }, async () => {
      const slip = SlipDocument.parse({
        number: 'TEST-RARE',
        blocks: [
          { type: 'row', label: '姓名', value: '𬭊*' },
          { type: 'text', text: '江州市' },
        ],
      });
      assert.ok((await printer.print(slip, { signal: never })).ok);
      assert.deepEqual(await newSlips(), ['[picture]\n江州市']);
    });

    test('two slips given at once come out one after the other', { skip }, async () => {
      const [a, b] = [someSlip(), someSlip()];
      await Promise.all([a, b].map(({ slip }) => printer.print(slip, { signal: never })));
      const printed = await newSlips();
      assert.equal(printed.length, 2);
      assert.ok(printed[0]!.includes(a.number) && printed[1]!.includes(b.number), 'slips were mixed');
    });

    for (const [kind, code] of Object.entries(FAULT_CODES) as [keyof typeof FAULT_CODES, string][]) {
      test(`a printer with ${kind} says so and refuses before anything moves`, { skip }, async () => {
        await hands().fault({ kind });
        await watched.until('fault');
        assert.equal(printer.status().code, code);
        const refused = await printer.print(someSlip().slip, { signal: never });
        assert.equal(!refused.ok && refused.error.code, code);
        await hands().clearFaults();
        await watched.until('ready');
        assert.deepEqual(await newSlips(), []);
      });
    }

    test('paper near its end prints, with a warning for the technician', { skip }, async () => {
      await hands().fault({ kind: 'nearEnd' });
      while (printer.status().warnings.length === 0) await once(watched.news, 'status');
      assert.deepEqual(printer.status().warnings, ['E4209']);
      const result = await printer.print(someSlip().slip, { signal: never });
      assert.equal(result.ok && result.value.outcome, 'done');
    });

    test(
      'paper that ends in the middle: failed, nothing follows with the new roll, the next slip is clean',
      {
        skip,
      },
      async () => {
        await hands().fault({ kind: 'paperEndAfterBytes', bytes: IN_THE_MIDDLE });
        const first = someSlip();
        const result = await printer.print(first.slip, { signal: never });
        assert.deepEqual(result, { ok: true, value: { outcome: 'failed', code: 'E4202', printed: 0 } });
        assert.equal(printer.status().code, 'E4202');
        await hands().clearFaults();
        await watched.until('ready');
        const next = someSlip();
        assert.ok((await printer.print(next.slip, { signal: never })).ok);
        const printed = await newSlips();
        assert.ok(!printed.at(-1)!.includes(first.number), 'the old slip hangs on the new one');
        assert.ok(printed.at(-1)!.includes(next.number));
        assert.equal(printed.length, 2, 'the remains of the first slip, then the second slip');
      },
    );

    test('a cutter that jams on the cut is a failure with its own code', { skip }, async () => {
      await hands().fault({ kind: 'cutterAtNextCut' });
      const result = await printer.print(someSlip().slip, { signal: never });
      assert.equal(result.ok && result.value.code, 'E4204');
      assert.equal(result.ok && result.value.outcome, 'failed');
    });

    test('a connection that breaks in the middle: nobody can say, and it is not printed again', { skip }, async () => {
      await hands().fault({ kind: 'dropAfterBytes', bytes: IN_THE_MIDDLE });
      const { slip, number } = someSlip();
      const result = await printer.print(slip, { signal: never });
      assert.deepEqual(result, { ok: true, value: { outcome: 'unknown', code: 'E4207', printed: 0 } });
      await watched.until('offline');
      await watched.until('ready');
      const next = someSlip();
      assert.ok((await printer.print(next.slip, { signal: never })).ok);
      assert.ok(!(await newSlips()).at(-1)!.includes(number), 'the lost slip was printed after all');
    });

    test('a printer that falls silent in the middle: nobody can say', { skip }, async () => {
      await hands().fault({ kind: 'silentAfterBytes', bytes: IN_THE_MIDDLE });
      const result = await printer.print(someSlip().slip, { signal: never });
      assert.equal(result.ok && result.value.outcome, 'unknown');
      assert.equal(result.ok && result.value.code, 'E4207');
    });

    test('a print cancelled before its first byte prints nothing', { skip }, async () => {
      const result = await printer.print(someSlip().slip, { signal: AbortSignal.abort('E9001') });
      assert.equal(!result.ok && result.error.code, 'E9001');
      assert.deepEqual(await newSlips(), []);
    });

    test('a print given up while the printer is slow: nobody can say', { skip }, async () => {
      await hands().fault({ kind: 'slow', msPerLine: 100 });
      const giveUp = new AbortController();
      const begun = hands().begun();
      const printing = printer.print(someSlip().slip, { signal: giveUp.signal });
      await begun;
      giveUp.abort('E9002');
      assert.deepEqual(await printing, { ok: true, value: { outcome: 'unknown', code: 'E4207', printed: 0 } });
      assert.deepEqual(await newSlips(), [], 'what was still to come was printed');
    });

    test('a slow printer is waited for', { skip }, async () => {
      await hands().fault({ kind: 'slow', msPerLine: 150 });
      const result = await printer.print(someSlip().slip, { signal: never });
      assert.equal(result.ok && result.value.outcome, 'done');
    });

    test('a printer that falls silent is offline, refuses, and comes back', { skip }, async () => {
      await hands().fault({ kind: 'silent' });
      await watched.until('offline');
      assert.equal(printer.status().code, 'E4201');
      const refused = await printer.print(someSlip().slip, { signal: never });
      assert.equal(!refused.ok && refused.error.code, 'E4201');
      assert.ok((await printer.selfTest({ signal: never })).some((step) => !step.passed));
      await hands().clearFaults();
      await watched.until('ready');
      assert.equal(watched.counted['resets'], 1);
    });

    test('a printer that talks nonsense is not believed', { skip }, async () => {
      await hands().fault({ kind: 'garbage' });
      const refused = await printer.print(someSlip().slip, { signal: never });
      assert.equal(!refused.ok && refused.error.code, 'E4201');
      assert.deepEqual(await newSlips(), []);
      await hands().clearFaults();
      await watched.until('ready');
    });

    test('a cable pulled out and put back', { skip }, async () => {
      await hands().unplug();
      await watched.until('offline');
      await hands().plug();
      await watched.until('ready');
      const { slip, number } = someSlip();
      assert.ok((await printer.print(slip, { signal: never })).ok);
      const printed = await newSlips();
      assert.equal(printed.length, 1);
      assert.ok(printed[0]!.includes(number));
    });
  });
}
