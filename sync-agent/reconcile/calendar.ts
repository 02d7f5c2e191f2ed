import { addDays, daysBetween } from '@kiosk/domain/dates.ts';

/** Days missed beyond this are a clock that was wrong, or a machine from a store-room: they are not closed one by one. */
const MOST_MISSED = 31;

export interface Due {
  /** To be closed, in order; the first takes every entry since the close before. */
  readonly close: readonly string[];
  /** The day that runs afterwards. */
  readonly open: string;
}

/**
 * What is to be closed when the calendar says `today` (China time) and `open` is the day that runs. A clock that falls back
 * over midnight changes nothing; one that goes back further ends the day it had, under the name it had. Windows go by
 * position, so that a wrong name loses no entry and counts none twice.
 */
export function due(open: string, today: string): Due | undefined {
  const ahead = daysBetween(open, today);
  if (ahead === 0 || ahead === -1) return undefined;
  const count = ahead > 0 && ahead <= MOST_MISSED ? ahead : 1;
  return { close: Array.from({ length: count }, (_, i) => addDays(open, i)), open: today };
}
