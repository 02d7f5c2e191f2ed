import { HISTORY_SHOWN } from '@kiosk/contract/screen/view.ts';
import type { AnswerTo } from '../session/flow/messages.ts';
import type { StageOf, State } from '../session/flow/state.ts';
import { type Step, ask, step } from '../session/flow/step.ts';

type Technician = StageOf<'technician'>;

/** Opens the history of one device and asks the device-host for it. A device this machine does not have opens nothing. */
export function showHistory(state: State, stage: Technician, deviceId: string): Step {
  const known = state.host?.devices.some(({ id }) => id === deviceId) ?? false;
  if (!known || stage.history?.deviceId === deviceId) return step(state);
  return ask(state, (call) => ({
    stage: { ...stage, history: { deviceId, call, entries: [], error: null } },
    command: { do: 'deviceHistory', call, deviceId },
  }));
}

/** An answer for a history that was closed meanwhile is not wanted any more. */
export function historyAnswered(state: State, { call, result }: AnswerTo<'deviceHistory'>): Step {
  const { stage } = state;
  if (stage.at !== 'technician' || stage.history?.call !== call) return step(state);
  const { deviceId } = stage.history;
  const history = result.ok
    ? { deviceId, call: null, entries: result.value.changes.slice(0, HISTORY_SHOWN), error: null }
    : { deviceId, call: null, entries: [], error: result.error.code };
  return step({ ...state, stage: { ...stage, history } });
}

export function closeHistory(state: State, stage: Technician): Step {
  return step({ ...state, stage: { ...stage, history: null } });
}
