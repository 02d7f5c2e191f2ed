import { accountNeeded } from './account.ts';
import { stoppedChannel } from './channel.ts';
import { stepUp } from './identity/sms-code.ts';
import { closedBecause, findItem, linkCode } from './menu.ts';
import { openRequest } from './request.ts';
import { openFlow } from './items/run.ts';
import type { ItemId, State } from './state.ts';
import { type Step, openSession, step, then } from './step.ts';

export function canAskPlatform(state: State): boolean {
  return linkCode(state) === null;
}

/** Opens a service item, with the second factor first when it needs one. A closed item does not open, nor any on a stopped channel. */
export function openItem(state: State, id: string): Step {
  const item = findItem(state, id);
  if (stoppedChannel(state) || !item || closedBecause(state, item)) return step(state);
  if (item.level !== 'L0' && !state.person) return step(state);
  return then(openSession(state), (opened) => {
    const needsToken = item.level === 'L2' || item.level === 'L3';
    if (needsToken && !opened.person?.token) return stepUp(opened, item.id);
    return start(opened, item.id);
  });
}

function start(state: State, item: ItemId): Step {
  switch (item) {
    case 'Q01':
    case 'Q02':
    case 'P01':
      return accountNeeded(state, item);
    case 'S01':
    case 'B08':
      return openRequest(state, item);
    default:
      return openFlow(state, item);
  }
}
