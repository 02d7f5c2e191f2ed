import { type Mode, STANDARD_MODE, isStandard } from '@kiosk/contract/screen/mode.ts';
import { endSession } from './closing.ts';
import { worksOn } from './identity/answers.ts';
import { LIMITS, type StageName, type State } from './state.ts';
import { type Step, step } from './step.ts';

/** Nobody has begun, or everybody has gone. */
const EMPTY: readonly StageName[] = ['reserve', 'attract', 'goodbye', 'over'];
/** The machine works, the person waits: that is not idleness. Printing is never cut. */
const BUSY: readonly StageName[] = [
  'reading',
  'sendingCode',
  'loadingAccount',
  'loadingDetails',
  'issuing',
  'asking',
  'printing',
  'submitting',
];

export interface Limits {
  /** ms without a touch before the question. */
  readonly idle: number;
  /** ms to answer it. */
  readonly answer: number;
}

/** Who needs large text or plainer words is given twice the time. */
export function limitsOf(state: State): Limits {
  const factor = state.mode.text === 'large' || state.mode.pace === 'elderly' ? 2 : 1;
  const idle = state.stage.at === 'technician' ? LIMITS.technicianIdle : LIMITS.idle;
  return { idle: idle * factor, answer: LIMITS.answer * factor };
}

export function isBusy(state: State): boolean {
  const { stage } = state;
  if (BUSY.includes(stage.at)) return true;
  if (stage.at === 'identify') return worksOn(stage);
  return (stage.at === 'enterCode' || stage.at === 'technicianSignIn') && stage.call !== null;
}

/** Any touch tells that somebody is there; only `moreTime` moves the cap. */
export function touched(state: State): State {
  const asked = state.asked?.why === 'cap' ? state.asked : null;
  return { ...state, lastTouch: state.time.mono, asked };
}

export function moreTime(state: State): Step {
  const { asked, time } = state;
  if (asked?.why !== 'cap') return step(touched(state));
  if (state.capExtensions >= LIMITS.capExtensions) return step(state);
  return step({
    ...state,
    asked: null,
    lastTouch: time.mono,
    capAt: time.mono + LIMITS.capExtension,
    capExtensions: state.capExtensions + 1,
  });
}

/** A mode with the parts that were chosen; a part that is not named stays. */
export function modeWith(mode: Mode, chosen: { readonly [Part in keyof Mode]?: Mode[Part] | undefined }): Mode {
  const named = Object.entries(chosen).filter(([, value]) => value !== undefined);
  return { ...mode, ...(Object.fromEntries(named) as Partial<Mode>) };
}

/** Asks, waits, ends. Called after every event, so also when only time has passed. */
export function watchIdle(state: State): Step {
  const { mono } = state.time;
  if (EMPTY.includes(state.stage.at)) {
    return step(state.asked || state.stage.at === 'attract' ? forgetPreferences({ ...state, asked: null }) : state);
  }
  if (isBusy(state)) return step({ ...touched(state), lastTouch: mono });
  const { idle, answer } = limitsOf(state);
  if (state.asked) {
    return mono - state.asked.since >= answer ? endSession(state, state.asked.why) : step(state);
  }
  const why = mono - state.lastTouch >= idle ? 'idle' : mono >= state.capAt - answer ? 'cap' : null;
  if (!why) return step(state);
  return step({ ...state, asked: { why, since: mono } }, { do: 'sound', name: 'attention' });
}

/** Language and mode of somebody who walked away before beginning are not kept for the next. */
function forgetPreferences(state: State): State {
  const chosen = state.language !== 'zh' || !isStandard(state.mode);
  const left = state.time.mono - state.lastTouch >= limitsOf(state).idle;
  return chosen && left && state.stage.at === 'attract' ? { ...state, language: 'zh', mode: STANDARD_MODE } : state;
}
