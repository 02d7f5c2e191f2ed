import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Scanned } from '../../codec/scanner.ts';
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

export interface ScannerSetup {
  /** The scanner answers a command, so that its silence shows; otherwise only the port is asked whether it is there. */
  readonly answersHeartbeat: boolean;
  /** The scanner looks for a code only while it is told to. */
  readonly triggered: boolean;
  readonly times: LinkTimes & { readonly answer: number; readonly heartbeat: number };
}

export interface ScannerState {
  readonly setup: ScannerSetup;
  readonly link: LinkState;
  readonly health: DeviceHealth;
  readonly wanted: number | undefined;
  /** A heartbeat is unanswered until then. */
  readonly deadline: number | undefined;
  readonly tries: number;
  readonly lastHeard: number;
}

export type ScannerEvent =
  | LinkEvent
  | { readonly type: 'stop' | 'tick' }
  | { readonly type: 'scanned'; readonly scanned: Scanned }
  | { readonly type: 'wanted'; readonly id: number }
  | { readonly type: 'givenUp'; readonly id: number; readonly code: string };

export type ScannerCommand =
  | LinkCommand
  | { readonly type: 'send'; readonly what: 'heartbeat' | 'start' | 'stop' }
  | { readonly type: 'settle'; readonly id: number; readonly result: Result<string> }
  | { readonly type: 'health'; readonly health: DeviceHealth }
  | { readonly type: 'emit'; readonly event: DeviceEvent }
  | { readonly type: 'log'; readonly level: 'info' | 'warn'; readonly message: string; readonly detail: string };

export interface Step {
  readonly state: ScannerState;
  readonly commands: readonly ScannerCommand[];
}

/** A heartbeat is sent this often before the scanner counts as silent. */
export const TRIES = 2;

export const initialState = (setup: ScannerSetup): ScannerState => ({
  setup,
  link: NO_LINK,
  health: { state: 'starting', warnings: [] },
  wanted: undefined,
  deadline: undefined,
  tries: 0,
  lastHeard: 0,
});

/** The whole behaviour of the scanner: (state, event) → (state, commands). `now` is monotonic, in ms. */
export function reduce(state: ScannerState, event: ScannerEvent, now: number): Step {
  switch (event.type) {
    case 'stop': {
      const { commands } = settle(state, fail('E1501', 'scanner is being stopped'));
      return { state: initialState(state.setup), commands: [...commands, { type: 'close' }] };
    }
    case 'tick':
      return onTick(state, now);
    case 'scanned':
      return isConnected(state.link) ? onScanned(state, event.scanned, now) : stay(state);
    case 'wanted': {
      const { health, link } = state;
      if (link.at.name === 'stopped' || health.state === 'offline') {
        const result = fail(health.code ?? 'E1501', 'scanner is not ready');
        return stay(state, { type: 'settle', id: event.id, result });
      }
      if (state.wanted !== undefined) throw new Error('a code is being waited for already');
      return stay({ ...state, wanted: event.id }, ...trigger(state, 'start'));
    }
    case 'givenUp':
      return state.wanted === event.id ? settle(state, fail(event.code)) : stay(state);
    default:
      return onLink(state, onLinkEvent(state.link, event, now, state.setup.times), now);
  }
}

export function wakeAt({ link, deadline, lastHeard, setup }: ScannerState): number | undefined {
  if (deadline !== undefined) return deadline;
  if (link.at.name === 'resting') return link.at.until;
  return isConnected(link) ? lastHeard + setup.times.heartbeat : undefined;
}

const stay = (state: ScannerState, ...commands: readonly ScannerCommand[]): Step => ({ state, commands });

function trigger({ setup, link }: ScannerState, what: 'start' | 'stop'): readonly ScannerCommand[] {
  return setup.triggered && isConnected(link) ? [{ type: 'send', what }] : [];
}

function settle(state: ScannerState, result: Result<string>): Step {
  if (state.wanted === undefined) return stay(state);
  const answer = { type: 'settle', id: state.wanted, result } as const;
  return stay({ ...state, wanted: undefined }, answer, ...trigger(state, 'stop'));
}

function setHealth(state: ScannerState, health: DeviceHealth): Step {
  const same = state.health.state === health.state && state.health.code === health.code;
  return same ? stay({ ...state, health }) : stay({ ...state, health }, { type: 'health', health });
}

function then(step: Step, next: (state: ScannerState) => Step): Step {
  const after = next(step.state);
  return { state: after.state, commands: [...step.commands, ...after.commands] };
}

/** What is scanned while nobody waits belongs to nobody, and is forgotten. */
function onScanned(state: ScannerState, scanned: Scanned, now: number): Step {
  const heard: ScannerState = { ...state, lastHeard: now };
  if (scanned.is === 'answer') return answered({ ...heard, deadline: undefined, tries: 0 });
  if (state.wanted === undefined) return stay(heard);
  if (scanned.is === 'refused') return settle(heard, fail('E1502', scanned.because));
  const counted = { type: 'emit', event: { type: 'counted', counter: 'codes', by: 1 } } as const;
  return then(settle(heard, ok(scanned.text)), (s) => stay(s, counted));
}

function onTick(state: ScannerState, now: number): Step {
  const { link, setup, deadline } = state;
  if (!isConnected(link)) return onLink(state, onLinkTick(link, now), now);
  if (deadline !== undefined) {
    if (now < deadline) return stay(state);
    if (state.tries < TRIES) return askAgain(state, now);
    return onLink({ ...state, deadline: undefined }, doubt(link, 'no answer to the heartbeat', true), now);
  }
  if (now < state.lastHeard + setup.times.heartbeat) return stay(state);
  if (setup.answersHeartbeat) return askAgain({ ...state, tries: 0 }, now);
  return stay({ ...state, lastHeard: now }, { type: 'checkPresence' });
}

function askAgain(state: ScannerState, now: number): Step {
  const deadline = now + state.setup.times.answer;
  return stay({ ...state, deadline, tries: state.tries + 1 }, { type: 'send', what: 'heartbeat' });
}

/** Connected, and as far as it can be known the scanner is there. */
function answered(state: ScannerState): Step {
  if (state.link.at.name !== 'initialising') return stay(state);
  const reset = { type: 'emit', event: { type: 'counted', counter: 'resets', by: 1 } } as const;
  const { worked } = state.link;
  const on: ScannerState = { ...state, link: working() };
  const step = then(setHealth(on, { state: 'ready', warnings: [] }), (s) => stay(s, ...(worked ? [reset] : [])));
  return state.wanted === undefined ? step : then(step, (s) => stay(s, ...trigger(s, 'start')));
}

function onLink(state: ScannerState, { link, commands, news }: LinkStep, now: number): Step {
  const step = stay({ ...state, link }, ...commands);
  switch (news?.is) {
    case undefined:
      return step;
    case 'connected': {
      const on: ScannerState = { ...step.state, lastHeard: now, deadline: undefined, tries: 0 };
      return then({ ...step, state: on }, (s) => (s.setup.answersHeartbeat ? askAgain(s, now) : answered(s)));
    }
    case 'doubted': {
      const log = { type: 'log', level: 'warn', message: 'connection in doubt', detail: news.detail } as const;
      return then({ ...step, state: { ...step.state, deadline: undefined } }, (s) => stay(s, log));
    }
    case 'reopening':
      return then(step, (s) => setHealth(s, { state: 'starting', warnings: [] }));
    case 'offline': {
      const log = { type: 'log', level: 'warn', message: 'scanner is offline', detail: news.detail } as const;
      const first = state.health.state !== 'offline';
      const off = then(step, (s) => settle(s, fail('E1501', news.detail)));
      const told = then(off, (s) => setHealth(s, { state: 'offline', code: 'E1501', warnings: [] }));
      return first ? then(told, (s) => stay(s, log)) : told;
    }
  }
}
