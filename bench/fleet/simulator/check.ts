import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { Store } from '@kiosk/central-platform/store/store.ts';
import type { Fleet } from './fleet.ts';

/** What the store has of a fleet's journals, compared with the journals themselves. All zero is the only good answer. */
export interface Differences {
  /** Entries of the journals that the store does not have. */
  readonly lost: number;
  /** Rows of the store beyond one for each entry. */
  readonly surplus: number;
  /** Streams whose rows are not 1, 2, 3 … or whose head is not the journal's own: another order, or other bytes. */
  readonly outOfOrder: number;
  /** Entries acknowledged to a terminal, which the store does not have. The gravest. */
  readonly acknowledgedLost: number;
}

const PAGE = 500;

/** Reads every key and every body of the fleet. */
export async function compareWithStore(fleet: Fleet, store: Pick<Store, 'journal'>): Promise<Differences> {
  const sum = { lost: 0, surplus: 0, outOfOrder: 0, acknowledgedLost: 0 };
  for (const machine of fleet.machines) {
    for (const [stream, journal] of machine.journals) {
      const { terminalId } = machine;
      const { durableUpTo, head } = await store.journal.standing(terminalId, stream);
      const acknowledged = journal.acknowledgedSeq;
      const sound = await rowsOf(store, terminalId, stream);
      sum.lost += Math.max(0, journal.headSeq - sound.keys);
      sum.acknowledgedLost += Math.max(0, acknowledged - Math.min(durableUpTo, sound.keys, sound.bodies));
      sum.surplus += Math.max(0, sound.keys - durableUpTo) + Math.max(0, sound.bodies - durableUpTo);
      const known = durableUpTo >= acknowledged && durableUpTo <= journal.headSeq;
      if (!sound.inOrder || !known || journal.linkAt(durableUpTo) !== head) sum.outOfOrder++;
    }
  }
  return sum;
}

async function rowsOf(
  { journal }: Pick<Store, 'journal'>,
  terminalId: string,
  stream: StreamName,
): Promise<{ keys: number; bodies: number; inOrder: boolean }> {
  let [keys, bodies, inOrder] = [0, 0, true];
  for (;;) {
    const page = await journal.keys(terminalId, stream, keys + 1, keys + PAGE);
    inOrder &&= page.every(({ seq }, i) => seq === keys + 1 + i);
    keys += page.length;
    if (page.length < PAGE) break;
  }
  for (;;) {
    const page = await journal.exact(terminalId, stream, bodies, PAGE);
    bodies += page.length;
    if (page.length < PAGE) break;
  }
  return { keys, bodies, inOrder };
}
