import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { PrintCompletion } from '@kiosk/contract/services/device-host.ts';
import type { Log } from '../log.ts';
import type { Board } from './board.ts';
import type { LedgerEntry } from './ledger.ts';

/** Between two questions about a job, and how long they are asked before a person has to decide, in ms. */
const ASK_MS = 2_000;
const REACH_MS = 60_000;
const FOLLOW_MS = 600_000;

const UNKNOWN_CODES = { printSlip: 'E4207', printDocument: 'E4107', retainCard: 'E1307' } as const;

/** Nobody can say whether it came out: it goes to a person and is never printed again. */
export function unknownCompletion(command: LedgerEntry['command'], printed = 0): PrintCompletion {
  return { outcome: 'unknown', code: UNKNOWN_CODES[command], printed };
}

/**
 * What became of an operation that was started before this program was. A document printer can be asked for its job;
 * a slip printer remembers nothing, and neither does a card reader. undefined when the signal aborted first: the next
 * start asks again.
 */
export async function reconcile(
  entry: LedgerEntry,
  signal: AbortSignal,
  { board, clock, log }: { readonly board: Board; readonly clock: Clock; readonly log: Log },
): Promise<PrintCompletion | undefined> {
  const { operationId, jobRef } = entry;
  const unknown = unknownCompletion(entry.command);
  const completion = entry.command === 'printDocument' ? await ask() : unknown;
  if (completion) {
    const { outcome, code } = completion;
    log('warn', 'operation of a former run settled', { operationId, outcome, code });
  }
  return completion;

  async function ask(): Promise<PrintCompletion | undefined> {
    const begun = clock.monotonic();
    let follow = false;
    let printed = 0;
    while (clock.monotonic() - begun < (follow ? FOLLOW_MS : REACH_MS)) {
      if (signal.aborted) return undefined;
      const printer = board.first('documentPrinter');
      if (!printer.ok || printer.value.id !== entry.deviceId) return unknown;
      const found = await printer.value.use((device) => device.findJob({ operationId, jobRef }, { signal }));
      if (found.ok && found.value.state === 'ended') return found.value.completion;
      if (found.ok && found.value.state === 'notFound') return unknown;
      if (found.ok && found.value.state === 'underway') {
        follow = true;
        printed = found.value.printed;
      }
      await pause(clock, ASK_MS, signal);
    }
    return unknownCompletion(entry.command, printed);
  }
}

function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const stopTimer = clock.after(ms, resolve);
    signal.addEventListener(
      'abort',
      () => {
        stopTimer();
        resolve();
      },
      { once: true },
    );
  });
}
