import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { DeviceState } from '@kiosk/contract/services/device-host.ts';
import { SlipDocument } from '@kiosk/contract/slip.ts';
import type { DeviceHealth } from '../drivers/driver.ts';
import { cellsOf } from './matrix.ts';
import { type SlipFault, type SlipStep, slipPrinterMatrix } from './slip-printer.matrix.ts';
import type { SlipPrinterBench, SlipPrinterHands } from './slip-printer.suite.ts';
import { Watched } from './watched.ts';

const SLIP = SlipDocument.parse({
  number: 'TEST-1',
  blocks: Array.from({ length: 12 }, (_, i) => ({ type: 'text', text: `line ${i}` })),
});
const never = new AbortController().signal;

/** What an idle printer, or one that is just connected, makes nobody notice. */
const HARMLESS: ReadonlySet<SlipFault> = new Set(['answerLost', 'answerLate', 'merged', 'nearEnd', 'slow']);

/** Every step against every fault: the code that comes of it, and that the printer prints again afterwards. */
export function slipPrinterFaults(name: string, open: () => Promise<SlipPrinterBench>): void {
  describe(name, { timeout: 120_000 }, () => {
    let bench: SlipPrinterBench;
    before(async () => void (bench = await open()));
    after(() => bench?.close());

    for (const { step, fault, cell } of cellsOf(slipPrinterMatrix)) {
      if ('notApplicable' in cell) continue;
      test(`${step}, ${fault}: ${cell.ends}`, async () => {
        const hands = bench.hands!;
        await hands.clearFaults();
        await hands.plug();
        const printer = new WatchedPrinter(bench);
        try {
          assert.equal(await printer.suffers(step, fault, hands), cell.ends);
          await hands.clearFaults();
          await hands.plug();
          await printer.until('ready');
          const after = await printer.device.print(SLIP, { signal: never });
          assert.equal(after.ok && after.value.outcome, 'done', 'does not print when the fault is gone');
        } finally {
          await printer.device.stop();
        }
      });
    }
  });
}

class WatchedPrinter extends Watched<'slipPrinter'> {
  constructor(bench: SlipPrinterBench) {
    super({ ...bench, options: { ...bench.options, printMs: 1_500 } });
  }

  /** Lets the fault come at the step and answers with the code that the step ends with, or `ok`. */
  async suffers(step: SlipStep, fault: SlipFault, hands: SlipPrinterHands): Promise<string> {
    if (step === 'connect') {
      await cause(fault, hands);
      this.device.start();
      return this.#state(fault);
    }
    this.device.start();
    await this.until('ready');
    if (step === 'idle') {
      if (HARMLESS.has(fault)) return this.#goesOn(fault, hands);
      await cause(fault, hands);
      return this.#state(fault);
    }
    if (step === 'ask') await cause(fault, hands);
    if (step === 'cut') await hands.fault({ kind: 'cutterAtNextCut' });
    if (step === 'print') await hands.fault({ kind: 'slow', msPerLine: 60 });
    const begun = hands.begun();
    const printing = this.device.print(SLIP, { signal: never });
    if (step === 'print') {
      await begun;
      await cause(fault, hands);
    }
    const result = await printing;
    if (!result.ok) return result.error.code;
    return result.value.outcome === 'done' ? 'ok' : (result.value.code ?? result.value.outcome);
  }

  /** It is looked after, with the fault and a while longer; the first trouble that it tells is what came of the fault. */
  async #goesOn(fault: SlipFault, hands: SlipPrinterHands): Promise<string> {
    const told: string[] = [];
    this.news.on('status', ({ state, code }: DeviceHealth) => state === 'ready' || told.push(code ?? state));
    const asked = hands.asked(4);
    await cause(fault, hands);
    await asked;
    return told[0] ?? 'ok';
  }

  /** What its state comes to: a good one counts when it is that of a printer that was heard. */
  async #state(fault: SlipFault): Promise<string> {
    const settled: DeviceState[] = HARMLESS.has(fault) ? ['ready'] : ['fault', 'offline'];
    const { code } = await this.until(...settled);
    return code ?? 'ok';
  }
}

async function cause(fault: SlipFault, hands: SlipPrinterHands): Promise<void> {
  if (fault === 'unplug') return hands.unplug();
  if (fault === 'slow') return hands.fault({ kind: 'slow', msPerLine: 60 });
  if (fault === 'answerLate') return hands.fault({ kind: fault, ms: 600 });
  if (fault !== 'badChecksum') return hands.fault({ kind: fault });
}
