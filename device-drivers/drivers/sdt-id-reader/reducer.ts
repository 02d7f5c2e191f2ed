import { fail } from '@kiosk/contract/kernel/result.ts';
import { SW, type SdtAnswer } from '../../codec/sdt.ts';
import { fits, onAnswer } from './answers.ts';
import { open, tryNextSpeed } from './speed.ts';
import { TRIES, initialState, type InFlight, type ReaderEvent, type ReaderState } from './state.ts';
import { type Step, failEverything, rest, send, setHealth, settleRead, stay, then } from './step.ts';

/**
 * The whole behaviour of the reader: (state, event) → (state, commands). `now` is monotonic, in ms. The caller sends a
 * `tick` at wakeAt(state), carries out the commands in order and knows nothing of the protocol.
 */
export function reduce(state: ReaderState, event: ReaderEvent, now: number): Step {
  return then(onEvent(state, event, now), (s) => next(s, now));
}

/** When the reducer wants to be called although nothing happened. undefined: not by itself. */
export function wakeAt(state: ReaderState): number | undefined {
  if (state.inFlight) return state.inFlight.deadline;
  if (state.link.name === 'resting') return state.link.until;
  if (state.link.name !== 'working') return undefined;
  const heartbeat = state.lastHeard + state.settings.times.heartbeat;
  return isPolling(state) ? Math.min(state.nextPoll, heartbeat) : heartbeat;
}

const isPolling = (state: ReaderState) => state.presentation !== undefined || state.wanted !== undefined;

function onEvent(state: ReaderState, event: ReaderEvent, now: number): Step {
  switch (event.type) {
    case 'start':
      return state.link.name === 'stopped' ? open(state) : stay(state);
    case 'stop': {
      const step = failEverything(state, 'E1101', 'reader is being stopped');
      return then(step, (s) => stay(initialState(s.settings), { type: 'close' }));
    }
    case 'opened':
      if (state.link.name !== 'opening') return stay(state);
      return send({ ...state, link: { name: 'initialising' } }, 'samStatus', { is: 'initStatus' }, now);
    case 'openFailed':
      if (state.link.name !== 'opening') return stay(state);
      return offline(state, event.detail, now);
    case 'writeFailed':
    case 'lost':
      return isConnected(state) ? doubt(state, event.detail, false) : stay(state);
    case 'appeared':
      return state.link.name === 'resting' ? open(state) : stay(state);
    case 'presence':
      return onPresence(state, event.present, now);
    case 'answer':
      return received(state, event.answer, now);
    case 'readWanted':
      return readWanted(state, event, now);
    case 'readGivenUp':
      return settleRead(state, event.id, fail(event.code));
    case 'ask':
      if (!isConnected(state)) {
        const result = fail(state.health.code ?? 'E1101', 'not connected');
        return stay(state, { type: 'settleAsk', id: event.id, result });
      }
      return stay({ ...state, asks: [...state.asks, { id: event.id, command: event.command }] });
    case 'askGivenUp':
      if (!state.asks.some(({ id }) => id === event.id)) return stay(state);
      return stay(
        { ...state, asks: state.asks.filter(({ id }) => id !== event.id) },
        { type: 'settleAsk', id: event.id, result: fail(event.code) },
      );
    case 'tick':
      if (state.inFlight && now >= state.inFlight.deadline) return missed(state, state.inFlight, now);
      if (state.link.name === 'resting' && now >= state.link.until) return open(state);
      return stay(state);
  }
}

/** One command at a time: the line is half duplex. */
function next(state: ReaderState, now: number): Step {
  if (state.link.name !== 'working' || state.inFlight) return stay(state);
  const [ask, ...asks] = state.asks;
  if (ask) return send({ ...state, asks }, ask.command, { is: 'ask', id: ask.id }, now);
  if (isPolling(state) && now >= state.nextPoll) {
    const probe = state.presentation?.probe;
    if (probe === 'probeAddress') return send(state, 'readNewAddress', { is: probe }, now);
    return send(state, 'findCard', { is: probe ?? 'find' }, now);
  }
  if (now >= state.lastHeard + state.settings.times.heartbeat)
    return send(state, 'samStatus', { is: 'heartbeat' }, now);
  return stay(state);
}

const isConnected = ({ link }: ReaderState) => link.name === 'initialising' || link.name === 'working';

function received(state: ReaderState, answer: SdtAnswer, now: number): Step {
  const { inFlight } = state;
  if (!inFlight || !fits(inFlight.command, answer)) return stay(state);
  // The module heard noise instead of the command: the same as no answer, only sooner.
  if (answer.sw3 === SW.badChecksum || answer.sw3 === SW.badLength) return missed(state, inFlight, now);
  return onAnswer({ ...state, inFlight: undefined, lastHeard: now }, inFlight, answer, now);
}

/** No usable answer. Every command may be repeated: it only looks or reads, and a repeated read gives the same card. */
function missed(state: ReaderState, { command, purpose, tries }: InFlight, now: number): Step {
  if (tries < TRIES) return send(state, command, purpose, now, tries + 1);
  const atNextSpeed = purpose.is === 'initStatus' ? tryNextSpeed(state) : undefined;
  if (atNextSpeed) return atNextSpeed;
  const speed = purpose.is === 'initStatus' ? state.settings.speed : state.speed;
  return doubt({ ...state, speed }, `no answer to ${command}`, true);
}

/** The connection is let go and a second source asked; only then it is said what is wrong. */
function doubt(state: ReaderState, why: string, silent: boolean): Step {
  const log = { type: 'log', level: 'warn', message: 'connection in doubt', detail: why } as const;
  const running = state.inFlight?.purpose;
  const doubting: ReaderState = { ...state, link: { name: 'doubting', why, silent }, inFlight: undefined };
  const step = stay(doubting, log, { type: 'close' }, { type: 'checkPresence' });
  if (running?.is === 'ask') {
    const result = fail('E1101', why);
    return then(step, (s) => stay(s, { type: 'settleAsk', id: running.id, result }));
  }
  // Half-way through a card nobody can carry on; a mere wait for a card survives a short loss of the line.
  if (running?.is !== 'select' && running?.is !== 'read' && running?.is !== 'address') return step;
  return then(step, (s) => settleRead(s, running.id, fail('E1101', why)));
}

function onPresence(state: ReaderState, present: boolean | undefined, now: number): Step {
  if (state.link.name !== 'doubting') return stay(state);
  const { why, silent } = state.link;
  if (present === false) return offline(state, `${why}; the port is gone`, now);
  if (silent) return offline(state, present ? `${why}; the port is there` : why, now);
  return then(setHealth(state, { ...state.health, state: 'starting', code: undefined }), open);
}

function offline(state: ReaderState, detail: string, now: number): Step {
  const { state: before } = state.health;
  const log = { type: 'log', level: 'warn', message: 'reader is offline', detail } as const;
  const step = rest(state, { health: 'offline', code: 'E1101', detail }, now);
  // Every failed attempt leads here; only the first one is news.
  return before === 'offline' ? step : then(step, (s) => stay(s, log));
}

function readWanted(
  state: ReaderState,
  { id, extras = [] }: Extract<ReaderEvent, { type: 'readWanted' }>,
  now: number,
): Step {
  if (state.wanted !== undefined) throw new Error('a card is being waited for already');
  const { health, link } = state;
  const refused = link.name === 'stopped' || health.state === 'offline' || health.state === 'fault';
  if (refused) {
    return stay(state, { type: 'settleRead', id, result: fail(health.code ?? 'E1101', 'reader is not ready') });
  }
  return stay({ ...state, wanted: { id, extras: new Set(extras) }, selectTries: 0, nextPoll: now });
}
