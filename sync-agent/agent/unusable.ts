import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Failure, Result } from '@kiosk/contract/kernel/result.ts';
import { lookAgain, mayPass, probeDisk } from '../journal/reopening.ts';
import type { OpenedJournal } from './files.ts';

export interface UnusableParts {
  readonly clock: Clock;
  /** Where the journal lies. */
  readonly file: string;
  readonly open: () => Result<OpenedJournal>;
  readonly onUsable: () => void;
}

/**
 * Watches a journal that could not be opened at the start, where the cause can go by itself. Nothing was built on it: when
 * it can be opened, the program begins anew. Returns how to stop.
 */
export function watchUnusable(failure: Failure, { clock, file, open, onUsable }: UnusableParts): () => void {
  if (!mayPass(failure)) return () => {};
  return lookAgain(clock, () => {
    if (!probeDisk(file).ok) return false;
    const again = open();
    if (!again.ok) return !mayPass(again.error);
    again.value.journal.close();
    onUsable();
    return true;
  });
}
