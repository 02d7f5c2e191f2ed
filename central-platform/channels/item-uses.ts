import { addDays } from '@kiosk/domain/dates.ts';
import type { GateFacts } from '../gateway/gates/facts.ts';
import type { ChannelStore } from '../store/channel-store.ts';

const NO_LIMIT = Number.MAX_SAFE_INTEGER;
const ALL = 'all';
const ofPerson = (person: string): string => `person ${person}`;
const ofAct = (act: string): string => `act ${act}`;

/**
 * Counts how often an item is used in a day. Each step is one statement with its limit in it, so that two processes cannot share the
 * last place; what was taken before a step that is refused is given back.
 */
export function createItemUses(store: Pick<ChannelStore, 'useItem' | 'forgetItemUse'>): {
  readonly count: NonNullable<GateFacts['countUse']>;
  readonly release: NonNullable<GateFacts['releaseUse']>;
} {
  let cleared = '';

  const count: NonNullable<GateFacts['countUse']> = async (item, date, { person, act }, { perPersonDay, perDay }) => {
    if (cleared !== date) {
      cleared = date;
      await store.forgetItemUse(addDays(date, -1));
    }
    if (!(await store.useItem(date, item, ofAct(act), 1, 1))) return 'known';
    if (person !== null && !(await store.useItem(date, item, ofPerson(person), 1, perPersonDay ?? NO_LIMIT))) {
      await store.useItem(date, item, ofAct(act), -1, NO_LIMIT);
      return 'person';
    }
    if (await store.useItem(date, item, ALL, 1, perDay ?? NO_LIMIT)) return 'counted';
    await store.useItem(date, item, ofAct(act), -1, NO_LIMIT);
    if (person !== null) await store.useItem(date, item, ofPerson(person), -1, NO_LIMIT);
    return 'day';
  };

  const release: NonNullable<GateFacts['releaseUse']> = async (item, date, { person, act }) => {
    for (const what of [ofAct(act), ...(person === null ? [] : [ofPerson(person)]), ALL]) {
      await store.useItem(date, item, what, -1, NO_LIMIT);
    }
  };
  return { count, release };
}
