import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { PrintCompletion } from '@kiosk/contract/services/device-host.ts';
import {
  type DocumentJobStatus,
  type DocumentPrinterStatus,
  faultOf,
  hasEnded,
  lacksDocument,
} from '../../codec/ipp-status.ts';
import type { PrintProgress } from '../driver.ts';
import { type IppClient, isNotFound } from './client.ts';
import { type Counting, NOTHING_OUT, type Out, allOf, isBlind, outOf } from './count.ts';

export interface WatchTimes {
  /** Pause between two questions about a running job; printers choke when asked more than once a second. */
  readonly pollMs: number;
  readonly answerMs: number;
  /** How long a printer may stay away in the middle of a job before its outcome is unknown. */
  readonly lostMs: number;
  /** How long a cancelled job may take to end. */
  readonly cancelMs: number;
}

export interface Watching {
  readonly counting: Counting;
  /** The line broke while the document was sent: a job that still waits for it is given up at once. */
  readonly documentMayLack: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PrintProgress) => void;
  readonly onPrinter: (status: DocumentPrinterStatus) => void;
}

/** With the sheets of paper known to be out; of a printed document some bear two pages. */
export type JobOutcome = PrintCompletion & { readonly sheets: number };

/** Follows a job until the printer says that it ended, or until nobody can say. */
export async function watchJob(
  client: IppClient,
  jobId: number,
  times: WatchTimes,
  clock: Clock,
  { counting, documentMayLack, signal, onProgress, onPrinter }: Watching,
): Promise<JobOutcome> {
  let progress: PrintProgress = { printed: 0 };
  let out: Out = NOTHING_OUT;
  /** When the job was first said to have begun. */
  let begunAt: number | undefined;
  let heardAt = clock.monotonic();
  let cancelledAt: number | undefined;
  /** What held the job up when it was given up: the true reason of the failure. */
  let heldUpBy: string | undefined;

  async function cancel(because: string | undefined): Promise<void> {
    cancelledAt = clock.monotonic();
    heldUpBy = because;
    await client.cancel(jobId, times.answerMs);
  }

  const unknown = (): JobOutcome => ({
    ...{ outcome: 'unknown', code: 'E4107' },
    ...{ printed: out.printed, sheets: out.sheets },
  });

  for (;;) {
    if (signal.aborted && cancelledAt === undefined) {
      await cancel(progress.stoppedBy ?? (signal.reason === 'E9002' ? 'E9002' : undefined));
    }
    const job = await client.job(jobId, times.answerMs);
    if (job.ok) {
      heardAt = clock.monotonic();
      begunAt ??= job.value.begunAt;
      if (counting.spooler && job.value.begunAt !== begunAt) {
        // The queue lost hold of it, by a restart for one, and gives the printer the whole document a second time.
        await client.cancel(jobId, times.answerMs);
        return unknown();
      }
      if (hasEnded(job.value.state)) return outcomeOf(job.value, counting, heldUpBy);
      out = outOf(job.value, counting);
      const { printed } = out;
      if (documentMayLack && lacksDocument(job.value) && cancelledAt === undefined) {
        await cancel('E4101');
        continue;
      }
      const printer = await client.printer(times.answerMs);
      if (printer.ok) onPrinter(printer.value);
      const stoppedBy = (printer.ok ? printer.value.code : undefined) ?? faultOf(job.value.reasons);
      const changed = printed !== progress.printed || stoppedBy !== progress.stoppedBy;
      progress = { printed, ...(stoppedBy ? { stoppedBy } : {}) };
      if (changed) onProgress(progress);
    } else if (isNotFound(job.error)) {
      // Restarted, or it keeps no history: what became of the paper only a person can see.
      return unknown();
    }
    const now = clock.monotonic();
    const givenUp = cancelledAt !== undefined && now - cancelledAt > times.cancelMs;
    if (givenUp || now - heardAt > times.lostMs) return unknown();
    await pause(clock, times.pollMs, cancelledAt === undefined ? signal : undefined);
  }
}

/** How a job ended; `heldUpBy`: the fault that it waited for when it was cancelled. */
export function outcomeOf(job: DocumentJobStatus, counting: Counting, heldUpBy?: string): JobOutcome {
  // Many printers count nothing: completed is then all that is known, and it means every page.
  const out = job.state === 'completed' ? allOf(job, counting) : outOf(job, counting);
  const { printed, sheets } = out;
  const whole = printed === counting.pages && printed > 0;
  if (job.state === 'completed' || whole) return { outcome: 'done', printed, sheets };
  if (isBlind(job, counting)) return { outcome: 'unknown', code: 'E4107', printed, sheets };
  const cause = faultOf(job.reasons);
  const code = heldUpBy ?? (job.state === 'canceled' ? 'E4111' : (cause ?? 'E4106'));
  return { outcome: 'failed', code, printed, sheets };
}

/** Waits, or less when the signal aborts. */
export function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      stopTimer();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const stopTimer = clock.after(ms, done);
    signal?.addEventListener('abort', done);
  });
}
