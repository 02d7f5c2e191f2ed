import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { newId } from '@kiosk/contract/kernel/ids.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { PrintCompletion } from '@kiosk/contract/services/device-host.ts';
import type { DocumentJob, DocumentPrinterDevice, Driver, PrintProgress } from '../drivers/driver.ts';
import { blankPdf } from './blank-pdf.ts';
import { Watched } from './watched.ts';

export type DocumentPrinterSuiteFault =
  | {
      readonly kind:
        | 'paperEmpty'
        | 'jam'
        | 'coverOpen'
        | 'outputFull'
        | 'tonerLow'
        | 'tonerEmpty'
        | 'abortJob'
        | 'silent'
        | 'garbage'
        | 'httpError'
        | 'refuse'
        | 'dropDocument'
        | 'dropAnswer';
    }
  | { readonly kind: 'jamAtPage'; readonly page: number };

export interface JobAtPrinter {
  readonly name: string;
  readonly state: string;
  readonly printed: number;
}

/** What a person, or a simulator in a person's place, does at an A4 printer. */
export interface DocumentPrinterHands {
  fault(fault: DocumentPrinterSuiteFault): Promise<void>;
  clearFaults(): Promise<void>;
  loadPaper(sheets: number): Promise<void>;
  unplug(): Promise<void>;
  plug(): Promise<void>;
  /** Power off and on. */
  forgetJobs(): Promise<void>;
  /** Every job since the printer was switched on, oldest first. */
  jobs(): Promise<readonly JobAtPrinter[]>;
}

export interface DocumentPrinterBench {
  readonly driver: Driver<'documentPrinter'>;
  readonly port: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Absent on real hardware when nobody stands by; what needs hands is then skipped. */
  readonly hands: DocumentPrinterHands | undefined;
  close(): Promise<void>;
}

const REFUSALS = {
  paperEmpty: 'E4102',
  jam: 'E4103',
  coverOpen: 'E4104',
  tonerEmpty: 'E4105',
  outputFull: 'E4108',
  refuse: 'E4106',
  silent: 'E4101',
  garbage: 'E4101',
  httpError: 'E4101',
} as const;

const PAGES = 3;

/** What every A4 printer must do, whatever its driver. Runs on simulators and on real hardware. */
export function documentPrinterSuite(name: string, open: () => Promise<DocumentPrinterBench>, hasHands: boolean): void {
  const skip = hasHands ? false : 'needs somebody to take paper away and pull cables';

  describe(name, { timeout: 600_000 }, () => {
    let bench: DocumentPrinterBench;
    let printer: DocumentPrinterDevice;
    let watched: Watched<'documentPrinter'>;
    let jobsBefore: number;
    const never = new AbortController().signal;

    const hands = () => {
      assert.ok(bench.hands, 'this test needs hands and should have been skipped');
      return bench.hands;
    };
    const newJobs = async () => (await hands().jobs()).slice(jobsBefore);
    const someJob = (pages = PAGES): DocumentJob => ({
      operationId: newId(),
      pdf: blankPdf(pages),
      pages,
      jobName: 'test page',
    });

    /** A print under way, with what it told so far. */
    function startPrint(job: DocumentJob, signal: AbortSignal = never) {
      const progress: PrintProgress[] = [];
      const refs: string[] = [];
      const told = new EventEmitter();
      const done: Promise<Result<PrintCompletion>> = printer.print(job, {
        signal,
        onProgress: (step) => void (progress.push(step), told.emit('progress')),
        onJob: (ref) => refs.push(ref),
      });
      const reaches = async (wanted: (step: PrintProgress) => boolean) => {
        while (!progress.some(wanted)) await once(told, 'progress');
      };
      return { progress, refs, done, reaches };
    }

    before(async () => void (bench = await open()));
    after(() => bench?.close());

    beforeEach(async () => {
      await bench.hands?.clearFaults();
      await bench.hands?.loadPaper(250);
      await bench.hands?.plug();
      jobsBefore = (await bench.hands?.jobs())?.length ?? 0;
      watched = new Watched(bench);
      printer = watched.device;
      printer.start();
      await watched.until('ready');
    });

    afterEach(() => printer.stop());

    test('the self-test of a healthy printer passes every step: it knows PDF and A4', async () => {
      const steps = await printer.selfTest({ signal: never });
      assert.deepEqual(
        steps.filter((step) => !step.passed),
        [],
      );
      assert.ok(printer.status().identity, 'the printer does not say what it is');
    });

    test('a document comes out whole, and the job can be found afterwards by its name or by its operation', async () => {
      const job = someJob();
      const { refs, done } = startPrint(job);
      assert.deepEqual(await done, { ok: true, value: { outcome: 'done', printed: PAGES, sheets: PAGES } });
      assert.equal(watched.counted['sheets'], PAGES);
      assert.equal(refs.length, 1, 'the printer named the job once');
      for (const jobRef of [refs[0], undefined, '999999']) {
        const found = await printer.findJob({ operationId: job.operationId, jobRef }, { signal: never });
        assert.ok(found.ok);
        assert.equal(found.value.state === 'ended' && found.value.completion.outcome, 'done', `asked with ${jobRef}`);
      }
      if (!bench.hands) return;
      const [atPrinter, ...more] = await newJobs();
      assert.deepEqual(more, []);
      assert.equal(atPrinter?.state, 'completed');
    });

    test('a job that the printer never had is not found', async () => {
      const found = await printer.findJob({ operationId: 'never-printed-0001' }, { signal: never });
      assert.deepEqual(found, { ok: true, value: { state: 'notFound' } });
    });

    test('a print cancelled before its first byte prints nothing', async () => {
      const result = await startPrint(someJob(), AbortSignal.abort('E9001')).done;
      assert.equal(!result.ok && result.error.code, 'E9001');
      if (bench.hands) assert.deepEqual(await newJobs(), []);
    });

    for (const [kind, code] of Object.entries(REFUSALS) as [keyof typeof REFUSALS, string][]) {
      test(`a printer with ${kind} refuses before anything moves`, { skip }, async () => {
        await hands().fault({ kind });
        const result = await startPrint(someJob()).done;
        assert.equal(!result.ok && result.error.code, code);
        assert.deepEqual(await newJobs(), []);
        await hands().clearFaults();
        const after = await startPrint(someJob()).done;
        assert.equal(after.ok && after.value.outcome, 'done', 'prints again when the fault is gone');
      });
    }

    test('toner and paper that run low are warnings, and pages still come', { skip }, async () => {
      await hands().fault({ kind: 'tonerLow' });
      await hands().loadPaper(10);
      while (printer.status().warnings.length < 2) await once(watched.news, 'status');
      assert.deepEqual(printer.status().warnings, ['E4109', 'E4110']);
      const result = await startPrint(someJob()).done;
      assert.equal(result.ok && result.value.outcome, 'done');
    });

    test('paper runs out in the middle, somebody loads it, the rest comes out', { skip }, async () => {
      await hands().loadPaper(1);
      const { done, reaches, progress } = startPrint(someJob());
      await reaches((step) => step.stoppedBy === 'E4102' && step.printed === 1);
      assert.equal(printer.status().code, 'E4102');
      await hands().loadPaper(100);
      assert.deepEqual(await done, { ok: true, value: { outcome: 'done', printed: PAGES, sheets: PAGES } });
      assert.ok(
        progress.some((step) => step.stoppedBy === undefined && step.printed >= 1),
        'told when it went on',
      );
    });

    test('paper runs out in the middle and nobody comes: failed, with the pages that are out', { skip }, async () => {
      await hands().loadPaper(1);
      const deadline = new AbortController();
      const { done, reaches } = startPrint(someJob(), deadline.signal);
      await reaches((step) => step.stoppedBy === 'E4102');
      deadline.abort('E9002');
      assert.deepEqual(await done, { ok: true, value: { outcome: 'failed', code: 'E4102', printed: 1, sheets: 1 } });
      assert.equal(watched.counted['sheets'], 1);
      await hands().loadPaper(100);
      assert.deepEqual(
        (await newJobs()).map(({ state, printed }) => ({ state, printed })),
        [{ state: 'canceled', printed: 1 }],
      );
    });

    test('a jam in the middle is told, and the job goes on when it is cleared', { skip }, async () => {
      await hands().fault({ kind: 'jamAtPage', page: 2 });
      const { done, reaches } = startPrint(someJob());
      await reaches((step) => step.stoppedBy === 'E4103' && step.printed === 1);
      await hands().clearFaults();
      assert.deepEqual(await done, { ok: true, value: { outcome: 'done', printed: PAGES, sheets: PAGES } });
    });

    test(
      'a person cancels in the middle: what is out is watched.counted, the rest does not come',
      { skip },
      async () => {
        const cancel = new AbortController();
        const { done, reaches } = startPrint(someJob(200), cancel.signal);
        await reaches((step) => step.printed >= 1);
        cancel.abort('E9001');
        const result = await done;
        assert.ok(result.ok);
        assert.deepEqual([result.value.outcome, result.value.code], ['failed', 'E4111']);
        const [job] = await newJobs();
        assert.equal(job?.state, 'canceled');
        assert.equal(result.value.printed, job.printed);
      },
    );

    test('a job that the printer gives up is failed', { skip }, async () => {
      await hands().fault({ kind: 'abortJob' });
      const result = await startPrint(someJob()).done;
      assert.deepEqual(result, { ok: true, value: { outcome: 'failed', code: 'E4106', printed: 0, sheets: 0 } });
    });

    test('the line breaks in the middle of a job and comes back: the job is found again', { skip }, async () => {
      const { done, reaches } = startPrint(someJob(20));
      await reaches((step) => step.printed >= 1);
      await hands().unplug();
      await hands().plug();
      assert.deepEqual(await done, { ok: true, value: { outcome: 'done', printed: 20, sheets: 20 } });
      assert.equal((await newJobs()).length, 1, 'the document was sent again');
    });

    test('the line breaks in the middle of a job and stays away: nobody can say', { skip }, async () => {
      const job = someJob(20);
      const { done, reaches, refs } = startPrint(job);
      await reaches((step) => step.printed >= 1);
      await hands().unplug();
      const result = await done;
      assert.equal(result.ok && result.value.outcome, 'unknown');
      assert.equal(result.ok && result.value.code, 'E4107');
      const unreachable = await printer.findJob({ operationId: job.operationId }, { signal: never });
      assert.equal(!unreachable.ok && unreachable.error.code, 'E4101');
      await hands().plug();
      const found = await printer.findJob({ operationId: job.operationId, jobRef: refs[0] }, { signal: never });
      assert.ok(found.ok && found.value.state !== 'notFound', 'the printer still knows the job');
    });

    test('the printer loses its power in the middle and its memory with it: nobody can say', { skip }, async () => {
      const { done, reaches } = startPrint(someJob(200));
      await reaches((step) => step.printed >= 1);
      await hands().forgetJobs();
      const result = await done;
      assert.equal(result.ok && result.value.code, 'E4107');
      assert.equal(result.ok && result.value.outcome, 'unknown');
    });

    test('the line breaks while the document is sent: never a half document, never twice', { skip }, async () => {
      await hands().fault({ kind: 'dropDocument' });
      const result = await startPrint(someJob()).done;
      const printed = (await newJobs()).reduce((sum, job) => sum + job.printed, 0);
      assert.equal(printed, 0);
      if (result.ok) assert.notEqual(result.value.outcome, 'done');
      const next = await startPrint(someJob()).done;
      assert.equal(next.ok && next.value.outcome, 'done', 'an empty job blocks the printer');
    });

    test('the answer to the document is lost: the job is found and not sent again', { skip }, async () => {
      await hands().fault({ kind: 'dropAnswer' });
      const result = await startPrint(someJob()).done;
      assert.deepEqual(result, { ok: true, value: { outcome: 'done', printed: PAGES, sheets: PAGES } });
      assert.equal((await newJobs()).length, 1, 'the document was sent again');
    });

    test('a cable pulled out while nothing is printed, and put back', { skip }, async () => {
      await hands().unplug();
      await watched.until('offline');
      assert.equal(printer.status().code, 'E4101');
      await hands().plug();
      await watched.until('ready');
      assert.equal(watched.counted['resets'], 1);
    });
  });
}
