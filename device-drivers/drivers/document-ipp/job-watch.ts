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
  readonly pages: number;
  /** The line broke while the document was sent: a job that still waits for it is given up at once. */
  readonly documentMayLack: boolean;
  /** A print queue between counts pages before they are out: DocumentPrinterCapabilities. */
  readonly spooler: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PrintProgress) => void;
  readonly onPrinter: (status: DocumentPrinterStatus) => void;
}

/** Follows a job until the printer says that it ended, or until nobody can say. */
export async function watchJob(
  client: IppClient,
  jobId: number,
  times: WatchTimes,
  clock: Clock,
  { pages, documentMayLack, spooler, signal, onProgress, onPrinter }: Watching,
): Promise<PrintCompletion> {
  let progress: PrintProgress = { printed: 0 };
  let heardAt = clock.monotonic();
  let cancelledAt: number | undefined;
  /** What held the job up when it was given up: the true reason of the failure. */
  let heldUpBy: string | undefined;

  async function cancel(because: string | undefined): Promise<void> {
    cancelledAt = clock.monotonic();
    heldUpBy = because;
    await client.cancel(jobId, times.answerMs);
  }

  for (;;) {
    if (signal.aborted && cancelledAt === undefined) {
      await cancel(progress.stoppedBy ?? (signal.reason === 'E9002' ? 'E9002' : undefined));
    }
    const job = await client.job(jobId, times.answerMs);
    if (job.ok) {
      heardAt = clock.monotonic();
      const printed = spooler ? 0 : Math.min(job.value.printed, pages);
      if (hasEnded(job.value.state)) return completionOf(job.value, { pages, spooler, heldUpBy });
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
      return { outcome: 'unknown', code: 'E4107', printed: progress.printed };
    }
    const now = clock.monotonic();
    const givenUp = cancelledAt !== undefined && now - cancelledAt > times.cancelMs;
    if (givenUp || now - heardAt > times.lostMs) {
      return { outcome: 'unknown', code: 'E4107', printed: progress.printed };
    }
    await pause(clock, times.pollMs, cancelledAt === undefined ? signal : undefined);
  }
}

interface JobCircumstances {
  readonly pages: number;
  readonly spooler: boolean;
  /** The fault that it waited for when it was cancelled. */
  readonly heldUpBy?: string | undefined;
}

/** How a job ended. */
export function completionOf(job: DocumentJobStatus, { pages, spooler, heldUpBy }: JobCircumstances): PrintCompletion {
  // Many printers count nothing: completed is then all that is known, and it means every page.
  if (job.state === 'completed') return { outcome: 'done', printed: pages };
  // The queue had begun to hand it on. How much of it the printer drew in, the queue does not tell.
  if (spooler && job.begun) return { outcome: 'unknown', code: 'E4107', printed: 0 };
  const printed = spooler ? 0 : Math.min(job.printed, pages);
  if (printed === pages && pages > 0) return { outcome: 'done', printed };
  const cause = faultOf(job.reasons);
  const code = heldUpBy ?? (job.state === 'canceled' ? 'E4111' : (cause ?? 'E4106'));
  return { outcome: 'failed', code, printed };
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
