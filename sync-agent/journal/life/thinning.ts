import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { EntryWriter, Placed } from '../chain/entries.ts';
import { heads } from '../chain/heads.ts';
import type { Store } from '../file/store.ts';

/** A count is written down this often: a power cut loses no more of it, and the entry before says that it had begun. */
const COUNT_EVERY = 1_000;
/** How far the platform is, is looked up after so many timings: it is asked for more often than it changes. */
const LOOK_EVERY = 64;

/**
 * Records a step timing, or, when more telemetry waits for the platform than a disk should hold, counts it: it never gets
 * a sequence number, so the chain has no gap to explain, and `telemetry.thinned` entries say how many there were. What
 * devices did is always recorded. Inside `store.write`.
 */
export function thinning(
  store: Store,
  writer: EntryWriter,
  clock: Clock,
  most: number,
): (timing: Extract<EntryData, { type: 'step.timed' }>) => Placed {
  const { last } = heads(store);
  const acknowledged = store.db
    .prepare<[], number>(`SELECT acknowledged_seq FROM stream WHERE name = 'telemetry'`)
    .pluck();
  let counted = 0;
  let since = 0;
  let begun = false;
  let roomUpTo = 0;

  /** Below `most` for certain; a platform that went back meanwhile is noticed some timings later. */
  function hasRoom(seq: number): boolean {
    if (seq >= roomUpTo) roomUpTo = Math.min(acknowledged.get()! + most, seq + LOOK_EVERY);
    return seq < roomUpTo;
  }

  function writeDown(): Placed {
    const before = { counted, since, begun };
    store.onUndone(() => ({ counted, since, begun } = before));
    const placed = writer.append({ type: 'telemetry.thinned', entries: counted, since });
    counted = 0;
    return placed;
  }

  return (timing) => {
    const { seq, link } = last('telemetry');
    if (hasRoom(seq)) {
      if (counted > 0) writeDown();
      begun = false;
      return writer.append(timing);
    }
    if (counted === 0) since = clock.now();
    counted++;
    if (!begun || counted >= COUNT_EVERY) {
      const placed = writeDown();
      begun = true;
      return placed;
    }
    return { stream: 'telemetry', seq, head: link.toString('hex') };
  };
}
