import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Light, Slot } from '@kiosk/contract/services/devices.ts';
import type { DeviceEvent, DeviceHealth } from '../driver.ts';
import {
  type LinkCommand,
  type LinkEvent,
  type LinkState,
  type LinkStep,
  type LinkTimes,
  NO_LINK,
  doubt,
  isConnected,
  onLinkEvent,
  onLinkTick,
  working,
} from '../line/link.ts';
import { type InputState, NO_INPUTS, debounce } from './inputs.ts';
import { type InputName, type Output, type RegisterMap, SOUNDER, outputsOf } from './map.ts';

export interface BoardSetup {
  readonly map: RegisterMap;
  readonly times: LinkTimes & {
    /** Between two readings of the inputs, in ms: the board cannot call by itself. */
    readonly poll: number;
    /** Between two comparisons of the lights with what they should show, in ms: a board that lost its power forgets. */
    readonly verify: number;
  };
}

/** Half of a blink where the driver blinks, in ms; three flashes a second and more can harm. */
const BLINK = { slow: 800, fast: 250 } as const;
/** An exchange is tried this often before the board counts as silent. */
const TRIES = 2;

export type Exchange =
  { readonly is: 'readInputs' | 'verify' } | { readonly is: 'write'; readonly output: Output; readonly value: number };

interface Running {
  readonly exchange: Exchange;
  readonly tries: number;
}

export interface BoardState {
  readonly setup: BoardSetup;
  readonly link: LinkState;
  readonly health: DeviceHealth;
  readonly inputs: InputState;
  /** What the lights shall show; off, where nothing was wished. */
  readonly lights: Readonly<Partial<Record<string, Light>>>;
  /** The sounder sounds until then; undefined: it is silent. */
  readonly soundUntil: number | undefined;
  /** What every output was last seen or made to show. */
  readonly shown: Readonly<Record<string, number>>;
  readonly running: Running | undefined;
  /** The inputs were read since it was connected. */
  readonly greeted: boolean;
  readonly nextPoll: number;
  readonly nextVerify: number;
  /** Who waits for an output to be written. */
  readonly calls: readonly { readonly id: number; readonly output: string }[];
}

/** What became of the exchange that was running. */
type Outcome =
  | { readonly type: 'inputsRead'; readonly readings: ReadonlyMap<InputName, boolean> }
  | { readonly type: 'verified'; readonly values: Readonly<Record<string, number>> }
  | { readonly type: 'written'; readonly output: Output; readonly value: number }
  /** refused: the board answered with an exception. */
  | { readonly type: 'exchangeFailed'; readonly refused: boolean; readonly detail: string };

export type BoardEvent =
  | LinkEvent
  | Outcome
  | { readonly type: 'stop' | 'tick' }
  | { readonly type: 'lightWanted'; readonly id: number; readonly slot: Slot; readonly light: Light }
  | { readonly type: 'soundWanted'; readonly id: number; readonly pattern: 'attention' | 'off' };

export type BoardCommand =
  | LinkCommand
  | { readonly type: 'exchange'; readonly exchange: Exchange }
  | { readonly type: 'settle'; readonly id: number; readonly result: Result<void> }
  | { readonly type: 'health'; readonly health: DeviceHealth }
  | { readonly type: 'emit'; readonly event: DeviceEvent }
  | { readonly type: 'log'; readonly level: 'info' | 'warn'; readonly message: string; readonly detail: string };

export interface Step {
  readonly state: BoardState;
  readonly commands: readonly BoardCommand[];
}

export const initialState = (setup: BoardSetup): BoardState => ({
  setup,
  link: NO_LINK,
  health: { state: 'starting', warnings: [] },
  inputs: NO_INPUTS,
  lights: {},
  soundUntil: undefined,
  shown: {},
  running: undefined,
  greeted: false,
  nextPoll: 0,
  nextVerify: 0,
  calls: [],
});

/** The whole behaviour of the board: (state, event) → (state, commands). `now` is monotonic, in ms. */
export function reduce(state: BoardState, event: BoardEvent, now: number): Step {
  return then(onEvent(state, event, now), (s) => next(s, now));
}

export function wakeAt(state: BoardState): number | undefined {
  const { link, running, nextPoll, nextVerify, soundUntil } = state;
  if (link.at.name === 'resting') return link.at.until;
  if (!isConnected(link) || running) return undefined;
  // Where the driver blinks, it does so at the pace of its polls.
  return Math.min(nextPoll, nextVerify, soundUntil ?? Infinity);
}

function valueOf(state: BoardState, output: Output, now: number): number {
  const { lights, sounder } = state.setup.map;
  if (sounder && output.name === SOUNDER) return state.soundUntil === undefined ? sounder.off : sounder.attention;
  const light = state.lights[output.name] ?? 'off';
  if (lights.table === 'holding') return lights.values[light];
  if (light === 'slow' || light === 'fast') return Math.floor(now / BLINK[light]) % 2 === 0 ? 1 : 0;
  return Number(light === 'on');
}

const stay = (state: BoardState, ...commands: readonly BoardCommand[]): Step => ({ state, commands });

function then(step: Step, more: (state: BoardState) => Step): Step {
  const after = more(step.state);
  return { state: after.state, commands: [...step.commands, ...after.commands] };
}

function onEvent(state: BoardState, event: BoardEvent, now: number): Step {
  switch (event.type) {
    case 'stop': {
      const step = failCalls(state, 'I/O board is being stopped');
      return then(step, () => stay(initialState(state.setup), { type: 'close' }));
    }
    case 'tick': {
      const silent = state.soundUntil !== undefined && now >= state.soundUntil;
      const quiet = silent ? { ...state, soundUntil: undefined } : state;
      return onLink(quiet, onLinkTick(quiet.link, now), now);
    }
    case 'inputsRead':
    case 'verified':
    case 'written':
    case 'exchangeFailed':
      // What was running when its connection was given up belongs to nobody.
      return state.running ? onOutcome(state, state.running, event, now) : stay(state);
    case 'lightWanted':
      return show({ ...state, lights: { ...state.lights, [event.slot]: event.light } }, event.id, event.slot, now);
    case 'soundWanted': {
      const { sounder } = state.setup.map;
      const soundUntil = sounder && event.pattern === 'attention' ? now + sounder.soundMs : undefined;
      return show({ ...state, soundUntil }, event.id, SOUNDER, now);
    }
    default:
      return onLink(state, onLinkEvent(state.link, event, now, state.setup.times), now);
  }
}

function onOutcome(state: BoardState, running: Running, event: Outcome, now: number): Step {
  const idle: BoardState = { ...state, running: undefined };
  switch (event.type) {
    case 'inputsRead':
      return inputsRead(idle, event.readings, now);
    case 'verified':
      return stay({ ...idle, shown: event.values });
    case 'written':
      return written(idle, event.output, event.value, now);
    case 'exchangeFailed':
      return exchangeFailed(idle, running, event, now);
  }
}

/** One exchange at a time. A person waits for a light, so lights go before inputs. */
function next(state: BoardState, now: number): Step {
  if (!isConnected(state.link) || state.running) return stay(state);
  const run = (exchange: Exchange): Step =>
    stay({ ...state, running: { exchange, tries: 1 } }, { type: 'exchange', exchange });
  // Until the inputs were read once it is not known whether the board is there at all.
  if (!state.greeted) return run({ is: 'readInputs' });
  const wrong = outputsOf(state.setup.map).find((output) => state.shown[output.name] !== valueOf(state, output, now));
  if (wrong) return run({ is: 'write', output: wrong, value: valueOf(state, wrong, now) });
  if (state.link.at.name === 'initialising') return ready(state, now);
  const { times } = state.setup;
  if (now >= state.nextVerify) {
    const exchange: Exchange = { is: 'verify' };
    const on: BoardState = { ...state, nextVerify: now + times.verify, running: { exchange, tries: 1 } };
    return stay(on, { type: 'exchange', exchange });
  }
  return now >= state.nextPoll ? run({ is: 'readInputs' }) : stay(state);
}

function inputsRead(state: BoardState, readings: ReadonlyMap<InputName, boolean>, now: number): Step {
  const { times, map } = state.setup;
  const inputs = debounce(state.inputs, readings, map.inputs, now);
  const read: BoardState = { ...state, inputs, greeted: true, nextPoll: now + times.poll };
  const step = state.link.at.name === 'working' ? setWarnings(read) : stay(read);
  return inputs.believed === state.inputs.believed ? step : then(step, cabinetChanged);
}

const cabinetChanged = (state: BoardState): Step => stay(state, { type: 'emit', event: { type: 'cabinetChanged' } });

/** It answers, and everything shows what it should. */
function ready(state: BoardState, now: number): Step {
  const { worked } = state.link;
  const { verify } = state.setup.times;
  const step = setWarnings({ ...state, link: working(), nextVerify: now + verify });
  const reset = { type: 'emit', event: { type: 'counted', counter: 'resets', by: 1 } } as const;
  return worked ? then(step, (s) => stay(s, reset)) : step;
}

/** An open cabinet is a warning of the board and an alarm of the machine. */
function setWarnings(state: BoardState): Step {
  const { doorOpen, tampered } = state.inputs.believed;
  return setHealth(state, { state: 'ready', warnings: doorOpen || tampered ? ['E1602'] : [] });
}

function setHealth(state: BoardState, health: DeviceHealth): Step {
  const before = state.health;
  const same = before.state === health.state && before.code === health.code;
  const warned = before.warnings.join() === health.warnings.join();
  return same && warned ? stay(state) : stay({ ...state, health }, { type: 'health', health });
}

function written(state: BoardState, output: Output, value: number, now: number): Step {
  const { name } = output;
  const shown = { ...state.shown, [name]: value };
  // Another wish came while this one was on the line: who wished is answered when that is written.
  if (valueOf(state, output, now) !== value) return stay({ ...state, shown });
  const settled = state.calls.filter((call) => call.output === name);
  const calls = state.calls.filter((call) => call.output !== name);
  return stay({ ...state, calls, shown }, ...settled.map(({ id }) => ({ type: 'settle', id, result: ok() }) as const));
}

function exchangeFailed(
  state: BoardState,
  { exchange, tries }: Running,
  { refused, detail }: Extract<Outcome, { type: 'exchangeFailed' }>,
  now: number,
): Step {
  if (tries < TRIES) {
    return stay({ ...state, running: { exchange, tries: tries + 1 } }, { type: 'exchange', exchange });
  }
  // A board that refuses is there: its register map is wrong, and somebody must come.
  return onLink(state, doubt(state.link, detail, true), now, refused ? 'fault' : undefined);
}

/** Somebody wants a light or the sounder to be as it is now wished; answered when it was written. */
function show(state: BoardState, id: number, output: string, now: number): Step {
  const target = outputsOf(state.setup.map).find(({ name }) => name === output);
  if (!target) return stay(state, { type: 'settle', id, result: ok() });
  const { health, link } = state;
  // The wish is kept: when the board is back, the lights show what they should.
  if (link.at.name === 'stopped' || health.state === 'offline' || health.state === 'fault') {
    return stay(state, { type: 'settle', id, result: fail('E1601', 'I/O board is not ready') });
  }
  const shows = link.at.name === 'working' && state.shown[output] === valueOf(state, target, now);
  if (shows && !state.running) return stay(state, { type: 'settle', id, result: ok() });
  return stay({ ...state, shown: without(state.shown, output), calls: [...state.calls, { id, output }] });
}

function without(shown: BoardState['shown'], name: string): BoardState['shown'] {
  return Object.fromEntries(Object.entries(shown).filter(([output]) => output !== name));
}

function failCalls(state: BoardState, detail: string): Step {
  const answers = state.calls.map(({ id }) => ({ type: 'settle', id, result: fail('E1601', detail) }) as const);
  return stay({ ...state, calls: [], running: undefined }, ...answers);
}

function onLink(state: BoardState, { link, commands, news }: LinkStep, now: number, bad?: 'fault'): Step {
  const step = stay({ ...state, link }, ...commands);
  switch (news?.is) {
    case undefined:
      return step;
    case 'connected':
      // What the lights show now is not known, so all of them are written.
      return then(step, (s) => stay({ ...s, running: undefined, greeted: false, shown: {}, nextPoll: now }));
    case 'doubted': {
      const log = { type: 'log', level: 'warn', message: 'connection in doubt', detail: news.detail } as const;
      const off = then(step, (s) => failCalls(s, news.detail));
      const told = then(off, (s) => stay(s, log));
      return bad ? then(told, (s) => setHealth(s, { state: 'fault', code: 'E1601', warnings: [] })) : told;
    }
    case 'reopening':
      return then(step, (s) => setHealth(s, { state: 'starting', warnings: [] }));
    case 'offline': {
      const first = state.health.state !== 'offline' && state.health.state !== 'fault';
      const log = { type: 'log', level: 'warn', message: 'I/O board is offline', detail: news.detail } as const;
      const knew = Object.keys(state.inputs.believed).length > 0;
      // What a board that is not there saw last is not what is now.
      const off = then(step, (s) => failCalls({ ...s, inputs: NO_INPUTS, shown: {} }, news.detail));
      const told = then(off, (s) =>
        s.health.state === 'fault' ? stay(s) : setHealth(s, { state: 'offline', code: 'E1601', warnings: [] }),
      );
      const logged = first ? then(told, (s) => stay(s, log)) : told;
      return knew ? then(logged, cabinetChanged) : logged;
    }
  }
}
