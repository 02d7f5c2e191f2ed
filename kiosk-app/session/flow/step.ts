import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import type { Command } from './messages.ts';
import { LIMITS, type Stage, type State } from './state.ts';

/** What an event led to. */
export interface Step {
  readonly state: State;
  readonly commands: readonly Command[];
}

export function step(state: State, ...commands: Command[]): Step {
  return { state, commands };
}

export function go(state: State, stage: Stage, ...commands: Command[]): Step {
  return { state: { ...state, stage }, commands };
}

/** Goes on from a step: its commands first, then those of `next`. */
export function then(first: Step, next: (state: State) => Step): Step {
  const second = next(first.state);
  return { state: second.state, commands: [...first.commands, ...second.commands] };
}

/** Takes the number of a new question, so that an answer that comes too late is not mistaken for this one's. */
export function ask(state: State, make: (call: number) => { stage: Stage; command: Command }): Step {
  const call = state.nextCall;
  const { stage, command } = make(call);
  return step({ ...state, nextCall: call + 1, stage }, command);
}

export function record(data: EntryData): Command {
  return { do: 'record', data };
}

/** Unique for ever, because the session's id is. */
export function takeOperationId(state: State): readonly [string, State] {
  const id = `${state.sessionId}-${state.nextOperation}`;
  return [id, { ...state, nextOperation: state.nextOperation + 1 }];
}

/** Journals that a person began, once. */
export function openSession(state: State, mode: 'depositor' | 'technician' = 'depositor'): Step {
  if (state.opened) return step(state);
  return step(
    { ...state, opened: true, capAt: state.time.mono + LIMITS.cap },
    record({ type: 'session.opened', sessionId: state.sessionId, mode }),
  );
}
