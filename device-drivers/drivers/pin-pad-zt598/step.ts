import { type Result, fail } from '@kiosk/contract/kernel/result.ts';
import { keyboardOff } from '../../codec/zt598-commands.ts';
import type { DeviceHealth } from '../driver.ts';
import { type LinkStep, rest } from '../line/link.ts';
import type { Job, PadCommand, PadState, PadStep, Settled } from './state.ts';

/** One step of the reducer: the state after it, and what is to be done in the world, in order. */
export interface Step {
  readonly state: PadState;
  readonly commands: readonly PadCommand[];
}

export function stay(state: PadState, ...commands: readonly PadCommand[]): Step {
  return { state, commands };
}

/** Carries on from a step; what it wants done comes after what was wanted before. */
export function then(step: Step, next: (state: PadState) => Step): Step {
  const after = next(step.state);
  return { state: after.state, commands: [...step.commands, ...after.commands] };
}

export function setHealth(state: PadState, health: DeviceHealth): Step {
  const same = state.health.state === health.state && state.health.code === health.code;
  return same ? stay({ ...state, health }) : stay({ ...state, health }, { type: 'health', health });
}

/** Answers who asked for this job. Heartbeats and the rest of ended jobs belong to nobody. */
export function settle(job: Job, result: Result<Settled>): readonly PadCommand[] {
  const { is } = job.kind;
  return is === 'ask' || is === 'pin' || is === 'keys' ? [{ type: 'settle', id: job.id, result }] : [];
}

/** The running job is answered; a keyboard that it may have switched on is switched off before the next one. */
export function endJob(state: PadState, job: Job, result: Result<Settled>): Step {
  const keyboard = job.kind.is === 'pin' || job.kind.is === 'keys';
  const off: PadStep = { is: 'send', request: keyboardOff };
  const closing: Job = { id: job.id, kind: { is: 'closing' }, steps: [off], last: '' };
  const inFlight = state.inFlight && { ...state.inFlight, orphan: true };
  return stay({ ...state, inFlight, job: keyboard ? closing : undefined }, ...settle(job, result));
}

/** Whoever waits for the pad learns that it cannot be had. */
export function failEverything(state: PadState, code: string, detail: string): Step {
  const jobs = state.job ? [state.job, ...state.waiting] : state.waiting;
  const answers = jobs.flatMap((job) => settle(job, fail(code, detail)));
  return stay({ ...state, job: undefined, waiting: [], inFlight: undefined }, ...answers);
}

/** The connection is let go for a while; `health` says why. */
export function giveUp(
  state: PadState,
  health: 'offline' | 'fault',
  code: string,
  detail: string,
  link: LinkStep,
): Step {
  const { identity, warnings } = state.health;
  const news = state.health.state !== health || state.health.code !== code;
  const log = { type: 'log', level: 'warn', message: 'PIN pad is out of service', detail } as const;
  return [
    (s: PadState) => failEverything(s, code, detail),
    (s: PadState) => setHealth(s, { state: health, code, identity, warnings }),
    // Every failed attempt leads here; only the first one is news.
    (s: PadState) => (news ? stay(s, log) : stay(s)),
  ].reduce(then, stay({ ...state, link: link.link }, ...link.commands));
}

/** The pad was opened or moved: its keys are gone. Asked again from time to time, until somebody put it in order. */
export function tampered(state: PadState, detail: string, now: number): Step {
  const first = state.health.code !== 'E1403';
  const resting = rest(state.link, detail, now, state.setup.times);
  const link: LinkStep = { ...resting, commands: [{ type: 'close' }] };
  const step = giveUp({ ...state, keysMissing: true }, 'fault', 'E1403', detail, link);
  if (!first) return step;
  return then(step, (s) => stay(s, { type: 'emit', event: { type: 'cabinetChanged' } }));
}
