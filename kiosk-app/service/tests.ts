import type { AnswerTo } from '../session/flow/messages.ts';
import type { StageOf, State } from '../session/flow/state.ts';
import { type Step, step, then } from '../session/flow/step.ts';
import { signInAgain } from './sign-in.ts';

/** In place of a device's id: test every device. */
export const ALL_DEVICES = 'all';

type Technician = StageOf<'technician'>;

/** Starts the self-test of one device, or of every device that is not being tested. */
export function selfTest(state: State, stage: Technician, deviceId: string): Step {
  const known = state.host?.devices.map(({ id }) => id) ?? [];
  const wanted = deviceId === ALL_DEVICES ? known : known.filter((id) => id === deviceId);
  return wanted
    .filter((id) => stage.testing[id] === undefined)
    .reduce<Step>((before, id) => then(before, (s) => startTest(s, id)), step(state));
}

function startTest(state: State, deviceId: string): Step {
  return update(state, (stage) => {
    const call = state.nextCall;
    const testing = { ...stage.testing, [deviceId]: call };
    const selfTests = stage.selfTests.filter((test) => test.deviceId !== deviceId);
    const next: State = { ...state, nextCall: call + 1, stage: { ...stage, testing, selfTests } };
    return step(next, { do: 'selfTest', call, deviceId });
  });
}

/** Keeps the result, and has it journaled. A test that could not be made is a test that did not pass. */
export function selfTested(state: State, { call, result }: AnswerTo<'selfTest'>): Step {
  return update(state, (stage) => {
    const deviceId = deviceOfCall(stage, call);
    if (deviceId === undefined) return step(state);
    const test = result.ok
      ? result.value
      : { deviceId, passed: false, milliseconds: 0, steps: [{ name: result.error.code, passed: false }] };
    const next = state.nextCall;
    return step(
      { ...state, nextCall: next + 1, stage: { ...stage, selfTests: [...stage.selfTests, test] } },
      { do: 'recordSelfTest', call: next, token: stage.token, deviceId, passed: test.passed },
    );
  });
}

export function finishTest(state: State, call: number): Step {
  return update(state, (stage) => {
    const testing = Object.fromEntries(Object.entries(stage.testing).filter(([, running]) => running !== call));
    return step({ ...state, stage: { ...stage, testing } });
  });
}

export function testRecorded(state: State, { result }: AnswerTo<'recordSelfTest'>): Step {
  return update(state, () => (!result.ok && result.error.code === 'E7103' ? signInAgain(state) : step(state)));
}

export function testLink(state: State, stage: Technician): Step {
  if (stage.linkCall !== null) return step(state);
  const call = state.nextCall;
  return step(
    { ...state, nextCall: call + 1, stage: { ...stage, linkCall: call, linkTest: null } },
    { do: 'testLink', call, token: stage.token },
  );
}

export function linkTested(state: State, { call, result }: AnswerTo<'testLink'>): Step {
  return update(state, (stage) => {
    if (stage.linkCall !== call) return step(state);
    if (!result.ok && result.error.code === 'E7103') return signInAgain(state);
    const linkTest = result.ok ? result.value.steps : [{ name: result.error.code, passed: false, milliseconds: 0 }];
    return step({ ...state, stage: { ...stage, linkCall: null, linkTest } });
  });
}

function update(state: State, change: (stage: Technician) => Step): Step {
  return state.stage.at === 'technician' ? change(state.stage) : step(state);
}

function deviceOfCall(stage: Technician, call: number): string | undefined {
  return Object.entries(stage.testing).find(([, running]) => running === call)?.[0];
}
