import { accountNeeded } from './account.ts';
import { stoppedChannel } from './channel.ts';
import { mayBegin } from './identity/level.ts';
import { stepUp } from './identity/sms-code.ts';
import { closedBecause, findItem, linkCode } from './menu.ts';
import type { Kept } from './items/item-flow.ts';
import { openFlow } from './items/run.ts';
import type { ItemId, State } from './state.ts';
import { type Step, openSession, step, then } from './step.ts';

/** Calling staff is about the item before. */
const HELP: ItemId = 'S03';

export function canAskPlatform(state: State): boolean {
  return linkCode(state) === null;
}

/** Opens a service item, with the second factor first when it needs one; `kept`: what was left of it elsewhere. A closed item does not open, nor any on a stopped channel. */
export function openItem(state: State, id: string, kept?: Kept): Step {
  const item = findItem(state, id);
  if (stoppedChannel(state) || !item || closedBecause(state, item)) return step(state);
  if (item.level !== 'L0' && !state.person) return step(state);
  return then(openSession(state), (opened) => {
    if (!mayBegin(opened, item)) return stepUp(opened, item.id);
    const named = item.id === HELP ? opened : { ...opened, lastItem: item.id };
    return start(named, item.id, kept);
  });
}

function start(state: State, item: ItemId, kept?: Kept): Step {
  switch (item) {
    case 'Q01':
    case 'Q02':
    case 'P01':
      return accountNeeded(state, item);
    default:
      return openFlow(state, item, kept);
  }
}
