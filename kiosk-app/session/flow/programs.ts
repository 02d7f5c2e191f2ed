import { failed } from './failures.ts';
import type { StageName, State } from './state.ts';
import { type Step, go, step } from './step.ts';

/** Screens that cannot go on without the agent. Where a question is open, its own answer says what happened. */
const NEED_AGENT: readonly StageName[] = ['menu', 'enterCode', 'account', 'item', 'period', 'details', 'confirm'];

/**
 * A program of this machine that goes away stops the session where it is, and the session goes on there when it is
 * back. A lost device-host only closes what needs a device: its items say so.
 */
export function watchPrograms(state: State): Step {
  const { stage, agent } = state;
  if (!agent) {
    if (!NEED_AGENT.includes(stage.at) || (stage.at === 'enterCode' && stage.call !== null)) return step(state);
    const place = stage.at === 'account' ? { ...stage, revealUntil: null } : stage;
    return failed(state, 'E9003', 'session', { retry: { kind: 'stage', stage: place }, lost: true });
  }
  if (stage.at === 'failure' && stage.lost && stage.retry?.kind === 'stage') return go(state, stage.retry.stage);
  return step(state);
}
