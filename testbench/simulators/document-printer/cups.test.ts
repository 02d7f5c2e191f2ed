import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { newId } from '@kiosk/contract/kernel/ids.ts';
import { ippDocumentPrinter } from '@kiosk/device-drivers/drivers/document-ipp/driver.ts';
import { pause } from '@kiosk/device-drivers/drivers/document-ipp/job-watch.ts';
import type { DocumentPrinterDevice, PrintProgress } from '@kiosk/device-drivers/drivers/driver.ts';
import { blankPdf } from '@kiosk/device-drivers/suites/blank-pdf.ts';
import {
  type DocumentPrinterBench,
  documentPrinterSuite,
} from '@kiosk/device-drivers/suites/document-printer.suite.ts';
import { type RunningSimulator, spawnSimulator } from '../process.ts';
import { type CupsSetUp, CupsService, listeningAddresses, whyNoCups } from './cups.ts';
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

async function openCups(setUp: CupsSetUp = {}): Promise<CupsBench> {
  const dir = mkdtempSync(join(tmpdir(), 'cups-'));
  const [spooler, printer] = [join(dir, 'cups'), join(dir, 'printer')];
  // Started by root, CUPS works as lp, who must come through.
  chmodSync(dir, 0o755);
  for (const folder of [spooler, printer]) mkdirSync(folder);
  const simulator = await spawnSimulator(new URL('./main.ts', import.meta.url), {
    dir: printer,
    millisecondsPerPage: 30,
  });
  const cups = new CupsService(spooler, setUp);
  async function close(): Promise<void> {
    await cups.stop();
    await simulator.stop();
    rmSync(dir, { recursive: true });
  }
  try {
    await cups.start();
    await cups.addQueue(QUEUE, String(simulator.ready['port']));
  } catch (error) {
    await close();
    throw error;
  }
  return { cups, simulator, close };
}

const documentsIn = (spool: string) =>
  readdirSync(spool, { recursive: true }).filter((name) => /d\d{5}-\d{3}/.test(String(name)));

function driverAt(bench: CupsBench): DocumentPrinterDevice {
  const created = ippDocumentPrinter.create(
    { id: 'under-test', driver: 'ipp', port: bench.cups.queueUri(QUEUE), options: OPTIONS },
    { clock: systemClock, log: () => {}, onStatus: () => {}, onEvent: () => {} },
  );
  assert.ok(created.ok, 'the driver refused its configuration');
  return created.value;
}

function startPrint(printer: DocumentPrinterDevice, signal: AbortSignal = never) {
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
      printer = driverAt(bench);
    });
    afterEach(() => printer.stop());

    const atPrinter = async (operationId: string) =>
      ((await bench.simulator.call('jobs')) as PrintedJob[]).filter(({ name }) => name.includes(operationId));

    test('one document in, one document out, and nothing of it stays in the spool folder', async () => {
      const { operationId, done } = startPrint(printer);
      assert.deepEqual(await done, { ok: true, value: { outcome: 'done', printed: PAGES, sheets: PAGES } });
      const jobs = await atPrinter(operationId);
      assert.deepEqual(
        jobs.map(({ state, printed }) => [state, printed]),
        [['completed', PAGES]],
      );
      const documents = documentsIn(bench.cups.spool);
      assert.deepEqual(documents, [], 'documents of people in the spool folder');
    });

    test('it opens no door but the one on loopback', () => {
      const doors = bench.cups.processes.flatMap(listeningAddresses);
      assert.ok(doors.length > 0, 'not even that one was seen');
      for (const door of doors) assert.match(door, LOOPBACK);
    });

    test('paper runs out at the printer and is told through the queue; the rest comes when it is loaded', async () => {
      await bench.simulator.call('loadPaper', 1);
      const { done, reaches, progress } = startPrint(printer);
      await reaches((step) => step.stoppedBy === 'E4102');
      assert.deepEqual(
        progress.filter((step) => step.printed > 0),
        [],
        'pages that the queue has read are not pages that are out',
      );
      await bench.simulator.call('loadPaper', 100);
      assert.deepEqual(await done, { ok: true, value: { outcome: 'done', printed: PAGES, sheets: PAGES } });
    });

    test('no paper is told before a job is begun, and printing goes on when it is loaded', async () => {
      await bench.simulator.call('loadPaper', 0);
      const refused = await startPrint(printer).done;
      assert.equal(!refused.ok && refused.error.code, 'E4102');
      await bench.simulator.call('loadPaper', 100);
      assert.deepEqual(await startPrint(printer).done, {
        ok: true,
        value: { outcome: 'done', printed: PAGES, sheets: PAGES },
      });
    });

    test('paper runs out and nobody comes: one page is out and the queue does not tell, so nobody can say', async () => {
      await bench.simulator.call('loadPaper', 1);
      const deadline = new AbortController();
      const { operationId, done, reaches } = startPrint(printer, deadline.signal);
      await reaches((step) => step.stoppedBy === 'E4102');
      deadline.abort('E9002');
      assert.deepEqual(await done, { ok: true, value: { outcome: 'unknown', code: 'E4107', printed: 0, sheets: 0 } });
      assert.equal((await atPrinter(operationId))[0]?.printed, 1);
      const found = await printer.findJob({ operationId }, { signal: never });
      assert.equal(found.ok && found.value.state, 'ended', 'the queue knows the job of a crash before');
      await bench.simulator.call('loadPaper', 100);
      // The queue itself still says that there is no paper.
      assert.deepEqual(await startPrint(printer).done, {
        ok: true,
        value: { outcome: 'done', printed: PAGES, sheets: PAGES },
      });
    });

    test('the line between queue and printer breaks in the middle: the document is sent once', async () => {
      await bench.simulator.call('loadPaper', 1);
      const { operationId, done, reaches } = startPrint(printer);
      await reaches((step) => step.stoppedBy === 'E4102');
      await bench.simulator.call('unplug');
      await bench.simulator.call('loadPaper', 100);
      await bench.simulator.call('plug');
      const result = await done;
      assert.ok(result.ok && result.value.outcome !== 'failed', JSON.stringify(result));
      assert.equal((await atPrinter(operationId)).length, 1, 'sent again');
    });
  });

  describe('CUPS is killed in the middle of a job, and started again', { timeout: 180_000 }, () => {
    /** One page is out and the next cannot come, so that the job is under way for as long as it takes. */
    async function killedInMidJob(setUp: CupsSetUp, then: (print: Killed) => Promise<void>): Promise<void> {
      const bench = await openCups(setUp);
      const printer = driverAt(bench);
      try {
        await bench.simulator.call('loadPaper', 1);
        const print = startPrint(printer);
        await print.reaches((step) => step.stoppedBy === 'E4102');
        // When a job was begun CUPS tells in whole seconds; the second time must be another one.
        await pause(systemClock, 1_100);
        await bench.cups.kill();
        const left = documentsIn(bench.cups.spool);
        await bench.cups.start();
        await then({ ...print, bench, printer, left });
      } finally {
        await printer.stop();
        await bench.close();
      }
    }
    type Killed = ReturnType<typeof startPrint> & {
      readonly bench: CupsBench;
      readonly printer: DocumentPrinterDevice;
      readonly left: readonly unknown[];
    };
    const UNKNOWN = { ok: true, value: { outcome: 'unknown', code: 'E4107', printed: 0, sheets: 0 } };

    test('set up as the README says: nobody can say, the document is gone and is never sent again', async () => {
      await killedInMidJob({}, async ({ bench, printer, left, done, operationId }) => {
        assert.equal(left.length, 1, 'the document was to lie in the spool when CUPS was killed');
        assert.deepEqual(await done, UNKNOWN);
        assert.deepEqual(documentsIn(bench.cups.spool), [], 'documents of people in the spool folder');
        const found = await printer.findJob({ operationId }, { signal: never });
        assert.deepEqual(found, { ok: true, value: { state: 'notFound' } });
        await bench.simulator.call('loadPaper', 100);
        // The queue works on in its order: when this one is out, one of before would be out as well.
        assert.deepEqual(await startPrint(printer).done, {
          ok: true,
          value: { outcome: 'done', printed: PAGES, sheets: PAGES },
        });
        const jobs = (await bench.simulator.call('jobs')) as PrintedJob[];
        assert.equal(jobs.filter(({ name }) => name.includes(operationId)).length, 1, 'sent to the printer again');
      });
    });

    test('a CUPS as it comes sends the document again: the driver sees it, stops it and does not call it done', async () => {
      await killedInMidJob({ emptySpool: false }, async ({ bench, done, operationId }) => {
        assert.deepEqual(await done, UNKNOWN);
        const sent = ((await bench.simulator.call('jobs')) as PrintedJob[]).filter(({ name }) =>
          name.includes(operationId),
        );
        assert.deepEqual(
          sent.filter(({ state }) => state === 'completed'),
          [],
          'there was no paper for it',
        );
      });
    });
  });

  test('a queue that prints again after an error does not pass the self-test', { timeout: 120_000 }, async () => {
    const failures: unknown[] = [];
    for (const errorPolicy of ['abort-job', 'retry-job'] as const) {
      const bench = await openCups({ errorPolicy });
      const printer = driverAt(bench);
      try {
        const steps = await printer.selfTest({ signal: never });
        failures.push(steps.flatMap(({ name, passed, code }) => (passed ? [] : [[name, code]])));
      } finally {
        await printer.stop();
        await bench.close();
      }
    }
    assert.deepEqual(failures, [[], [['queue', 'E4114']]]);
  });
}
