import { setImmediate } from 'node:timers/promises';
import { GENESIS, nextLink } from '@kiosk/contract/journal/chain.ts';
import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import { SUITES, type Suite } from '@kiosk/contract/journal/suite/suite.ts';
import type { EntryKey, JournalStore } from '../store/store.ts';

/** Keys walked between two turns of others: about 10 ms. */
const AT_ONCE = 2_000;

type Keys = Pick<JournalStore, 'keys'>;

/**
 * The first sequence between `from` and `to` at which the platform's own keys do not follow from one another: a row that
 * was altered or is missing here, whatever the terminal says. undefined: they all do.
 */
export async function ownBreak(
  journal: Keys,
  terminalId: string,
  stream: StreamName,
  from: number,
  to: number,
): Promise<number | undefined> {
  let previous = await linkOf(journal, terminalId, stream, from - 1);
  if (previous === undefined) return from;
  const follows = follower(terminalId, stream);
  for (let next = from; next <= to; next += AT_ONCE) {
    const until = Math.min(to, next + AT_ONCE - 1);
    const keys = await journal.keys(terminalId, stream, next, until);
    for (let seq = next; seq <= until; seq++) {
      const key = keys[seq - next];
      if (key?.seq !== seq || !follows(previous, key)) return seq;
      previous = key.link;
    }
    await setImmediate();
  }
  return undefined;
}

export async function linkOf(
  journal: Keys,
  terminalId: string,
  stream: StreamName,
  seq: number,
): Promise<string | undefined> {
  if (seq === 0) return GENESIS;
  return (await journal.keys(terminalId, stream, seq, seq))[0]?.link;
}

/** Keys do not say which algorithms a terminal uses; it always is the same. */
function follower(terminalId: string, stream: StreamName): (previous: string, key: EntryKey) => boolean {
  let suites: readonly Suite[] = Object.values(SUITES);
  return (previous, { seq, digest, link }) => {
    const suite = suites.find((one) => nextLink(one, previous, terminalId, stream, seq, digest) === link);
    if (suite && suites[0] !== suite) suites = [suite, ...suites.filter((one) => one !== suite)];
    return suite !== undefined;
  };
}
