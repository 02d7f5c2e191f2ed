import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { newId } from '@kiosk/contract/kernel/ids.ts';
import { ippDocumentPrinter } from '@kiosk/device-drivers/drivers/document-ipp/driver.ts';
import type { DocumentPrinterDevice, PrintProgress } from '@kiosk/device-drivers/drivers/driver.ts';
import { blankPdf } from '@kiosk/device-drivers/suites/blank-pdf.ts';
import {
  type DocumentPrinterBench,
  documentPrinterSuite,
} from '@kiosk/device-drivers/suites/document-printer.suite.ts';
import { type RunningSimulator, spawnSimulator } from '../process.ts';
import { CupsService, listeningAddresses, whyNoCups } from './cups.ts';
import type { PrintedJob } from './simulator.ts';

/** The production driver prints to a queue of CUPS, and CUPS to our printer: two lines that can break, one outcome. */
const OPTIONS = { answerMs: 5_000, pollMs: 100, idleMs: 200, lostMs: 3_000, cancelMs: 10_000 };
const PAGES = 3;
const QUEUE = 'a4';
const LOOPBACK = /^(?:tcp|udp) 0100007F$/;
const never = new AbortController().signal;

interface CupsBench {
  readonly cups: CupsService;
  readonly simulator: RunningSimulator;
  close(): Promise<void>;
}

async function openCups(): Promise<CupsBench> {
  const dir = mkdtempSync(join(tmpdir(), 'cups-'));
  const [spooler, printer] = [join(dir, 'cups'), join(dir, 'printer')];
  // Started by root, CUPS works as lp, who must come through.
  chmodSync(dir, 0o755);
  for (const folder of [spooler, printer]) mkdirSync(folder);
  const simulator = await spawnSimulator(new URL('./main.ts', import.meta.url), {
    dir: printer,
    millisecondsPerPage: 30,
  });
  const cups = new CupsService(spooler);
  async function close(): Promise<void> {
    await cups.stop();
    await simulator.stop();
    const left = cups.processes;
    rmSync(dir, { recursive: true });
    assert.deepEqual(left, [], 'CUPS left processes behind');
  }
  try {
    await cups.start();
    cups.addQueue(QUEUE, String(simulator.ready['port']));
  } catch (error) {
    await close();
    throw error;
  }
  return { cups, simulator, close };
}

async function openBench(): Promise<DocumentPrinterBench> {
  const { cups, close } = await openCups();
  return { driver: ippDocumentPrinter, port: cups.queueUri(QUEUE), options: OPTIONS, hands: undefined, close };
}

const reason = whyNoCups();
if (reason) {
  test('A4 printer behind CUPS', { skip: reason }, () => {});
} else {
  documentPrinterSuite('A4 printer behind CUPS', openBench, false);

  describe('what a print queue in between adds', { timeout: 120_000 }, () => {
    let bench: CupsBench;
    let printer: DocumentPrinterDevice;

    before(async () => void (bench = await openCups()));
    after(() => bench?.close());
    beforeEach(async () => {
      await bench.simulator.call('loadPaper', 250);
      await bench.simulator.call('plug');
      await bench.cups.start();
      const created = ippDocumentPrinter.create(
        { id: 'under-test', driver: 'ipp', port: bench.cups.queueUri(QUEUE), options: OPTIONS },
        { clock: systemClock, log: () => {}, onStatus: () => {}, onEvent: () => {} },
      );
      assert.ok(created.ok, 'the driver refused its configuration');
      printer = created.value;
    });
    afterEach(() => printer.stop());

    function startPrint(signal: AbortSignal = never) {
      const operationId = newId();
      const progress: PrintProgress[] = [];
      const told = new EventEmitter();
      const done = printer.print(
        { operationId, pdf: blankPdf(PAGES), pages: PAGES, jobName: 'test page' },
        { signal, onJob: () => {}, onProgress: (step) => void (progress.push(step), told.emit('progress')) },
      );
      const reaches = async (wanted: (step: PrintProgress) => boolean) => {
        while (!progress.some(wanted)) await once(told, 'progress');
      };
      return { operationId, progress, done, reaches };
    }
    const atPrinter = async (operationId: string) =>
      ((await bench.simulator.call('jobs')) as PrintedJob[]).filter(({ name }) => name.includes(operationId));

    test('one document in, one document out, and nothing of it stays in the spool folder', async () => {
      const { operationId, done } = startPrint();
      assert.deepEqual(await done, { ok: true, value: { outcome: 'done', printed: PAGES } });
      const jobs = await atPrinter(operationId);
      assert.deepEqual(
        jobs.map(({ state, printed }) => [state, printed]),
        [['completed', PAGES]],
      );
      const documents = readdirSync(bench.cups.spool, { recursive: true }).filter((name) =>
        /d\d{5}-\d{3}/.test(String(name)),
      );
      assert.deepEqual(documents, [], 'documents of people in the spool folder');
    });

    test('it opens no door but the one on loopback', () => {
      const doors = bench.cups.processes.flatMap(listeningAddresses);
      assert.ok(doors.length > 0, 'not even that one was seen');
      for (const door of doors) assert.match(door, LOOPBACK);
    });

    test('paper runs out at the printer and is told through the queue; the rest comes when it is loaded', async () => {
      await bench.simulator.call('loadPaper', 1);
      const { done, reaches, progress } = startPrint();
      await reaches((step) => step.stoppedBy === 'E4102');
      assert.deepEqual(
        progress.filter((step) => step.printed > 0),
        [],
        'pages that the queue has read are not pages that are out',
      );
      await bench.simulator.call('loadPaper', 100);
      assert.deepEqual(await done, { ok: true, value: { outcome: 'done', printed: PAGES } });
    });

    test('paper runs out and nobody comes: one page is out and the queue does not tell, so nobody can say', async () => {
      await bench.simulator.call('loadPaper', 1);
      const deadline = new AbortController();
      const { operationId, done, reaches } = startPrint(deadline.signal);
      await reaches((step) => step.stoppedBy === 'E4102');
      deadline.abort('E9002');
      assert.deepEqual(await done, { ok: true, value: { outcome: 'unknown', code: 'E4107', printed: 0 } });
      assert.equal((await atPrinter(operationId))[0]?.printed, 1);
      const found = await printer.findJob({ operationId }, { signal: never });
      assert.equal(found.ok && found.value.state, 'ended', 'the queue knows the job of a crash before');
    });
  });
}
