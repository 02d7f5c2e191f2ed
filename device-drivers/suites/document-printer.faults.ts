import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { DeviceState } from '@kiosk/contract/services/device-host.ts';
import { newId } from '@kiosk/contract/kernel/ids.ts';
import { blankPdf } from './blank-pdf.ts';
import { type DocumentFault, type DocumentStep, documentPrinterMatrix } from './document-printer.matrix.ts';
import type { DocumentPrinterBench, DocumentPrinterHands } from './document-printer.suite.ts';
import { cellsOf } from './matrix.ts';
import { Watched } from './watched.ts';

const PAGES = 8;
const never = new AbortController().signal;

/** Every step against every fault: the code that comes of it, and that the printer prints again afterwards. */
export function documentPrinterFaults(name: string, open: () => Promise<DocumentPrinterBench>): void {
  describe(name, { timeout: 120_000 }, () => {
    let bench: DocumentPrinterBench;
    before(async () => void (bench = await open()));
    after(() => bench?.close());

    for (const { step, fault, cell } of cellsOf(documentPrinterMatrix)) {
      if ('notApplicable' in cell) continue;
      test(`${step}, ${fault}: ${cell.ends}`, async () => {
        const hands = bench.hands!;
        await mend(hands);
        const printer = new WatchedPrinter(bench);
        try {
          assert.equal(await printer.suffers(step, fault, hands), cell.ends);
          await mend(hands);
          // What the engine still had of the job is not ours any more.
          await hands.forgetJobs();
          await printer.until('ready');
          assert.equal(await printer.prints(1), 'ok', 'does not print when the fault is gone');
        } finally {
          await printer.device.stop();
        }
      });
    }
  });
}

async function mend(hands: DocumentPrinterHands): Promise<void> {
  await hands.clearFaults();
  await hands.loadPaper(250);
  await hands.plug();
}

class WatchedPrinter extends Watched<'documentPrinter'> {
  constructor(bench: DocumentPrinterBench) {
    super({ ...bench, options: { ...bench.options, lostMs: 600 } });
  }

  /** The code that a print ends with; `whileItPrints` is done when the first page is out. Nobody helps it. */
  async prints(pages: number, whileItPrints?: () => Promise<void>): Promise<string> {
    const timeUp = new AbortController();
    let under: Promise<void> | undefined;
    const result = await this.device.print(
      { operationId: newId(), pdf: blankPdf(pages), pages, jobName: 'test page' },
      {
        signal: timeUp.signal,
        onJob: () => {},
        onProgress: ({ printed, stoppedBy }) => {
          if (printed >= 1) under ??= whileItPrints?.();
          if (stoppedBy !== undefined) timeUp.abort('E9002');
        },
      },
    );
    await under;
    if (!result.ok) return result.error.code;
    return result.value.outcome === 'done' ? 'ok' : (result.value.code ?? result.value.outcome);
  }

  async suffers(step: DocumentStep, fault: DocumentFault, hands: DocumentPrinterHands): Promise<string> {
    if (step === 'connect') {
      await cause(fault, hands);
      this.device.start();
      return this.#state(fault);
    }
    this.device.start();
    await this.until('ready');
    switch (step) {
      case 'idle':
        await cause(fault, hands);
        return this.#state(fault);
      case 'ask':
        await cause(fault, hands);
        return this.prints(PAGES);
      case 'send':
        if (fault === 'unplug') await hands.fault({ kind: 'dropDocument' });
        else await cause(fault, hands);
        return this.prints(PAGES);
      case 'print':
        return this.prints(PAGES, () => cause(fault, hands));
      case 'find':
        return this.#finds(fault, hands);
    }
  }

  /** What its state comes to. */
  async #state(fault: DocumentFault): Promise<string> {
    const settled: DeviceState[] = fault === 'tonerLow' || fault === 'powerLoss' ? ['ready'] : ['fault', 'offline'];
    const { code } = await this.until(...settled);
    return code ?? 'ok';
  }

  /** As the host does after a restart: what the printer does not know, nobody knows. */
  async #finds(fault: DocumentFault, hands: DocumentPrinterHands): Promise<string> {
    const operationId = newId();
    const job = { operationId, pdf: blankPdf(1), pages: 1, jobName: 'test page' };
    await this.device.print(job, { signal: never, onJob: () => {}, onProgress: () => {} });
    await cause(fault, hands);
    const found = await this.device.findJob({ operationId }, { signal: never });
    if (!found.ok) return found.error.code;
    return found.value.state === 'notFound' ? 'E4107' : 'ok';
  }
}

async function cause(fault: DocumentFault, hands: DocumentPrinterHands): Promise<void> {
  if (fault === 'unplug') return hands.unplug();
  if (fault === 'powerLoss') return hands.forgetJobs();
  await hands.fault({ kind: fault === 'answerLost' ? 'dropAnswer' : fault });
}
