import { ok } from '@kiosk/contract/kernel/result.ts';
import { type CommandName, SW, type SdtAnswer, describeStatus, isStatus, samNumber } from '../../codec/sdt.ts';
import { onAddress, onRead, unreadable } from './reading.ts';
import { open } from './speed.ts';
import { SELECT_TRIES, type InFlight, type ReaderState } from './state.ts';
import { type Step, rest, send, setHealth, stay, then } from './step.ts';

/**
 * Answers carry no sign of the command they belong to. After a command was repeated, the answer to its first sending
 * may still come and would be taken for that of the next command. The reader answers in order and the answers of
 * neighbouring commands differ in shape, so one that cannot belong to the command in flight is an old one.
 */
export function fits(command: CommandName, answer: SdtAnswer): boolean {
  const found = isStatus(answer, SW.cardFound);
  const success = isStatus(answer, SW.success);
  const selecting = answer.sw3 === SW.selectFailed;
  const length = answer.data.length;
  switch (command) {
    case 'findCard':
      return !success;
    case 'selectCard':
      return !found && !isStatus(answer, SW.findFailed) && (!success || length === 8);
    case 'readTextPhoto':
    case 'readTextPhotoFingerprint':
      return !found && !selecting && !isStatus(answer, SW.findFailed) && (!success || length > 256);
    case 'readNewAddress':
      return !found && !selecting && (!success || length === 70);
    case 'samStatus':
    case 'resetSam':
    case 'setSpeed':
    case 'setMaxRfFrame':
      return !found && (!success || length === 0);
    case 'samId':
      return !found && (!success || length === 16);
  }
}

/** What an answer means for what its command was sent for. */
export function onAnswer(state: ReaderState, { command, purpose }: InFlight, answer: SdtAnswer, now: number): Step {
  const refuses = answer.sw3 === SW.samSelfTestFailed || answer.sw3 === SW.samNotAuthorised;
  if (refuses && purpose.is !== 'ask' && purpose.is !== 'initStatus') return samFault(state, answer, now);
  switch (purpose.is) {
    case 'initStatus':
      if (isStatus(answer, SW.success)) return spoken(state, now);
      if (state.wasReset) return samFault(state, answer, now);
      return send({ ...state, wasReset: true }, 'resetSam', { is: 'initReset' }, now);
    case 'initReset':
      return send(state, 'samStatus', { is: 'initStatus' }, now);
    case 'switchSpeed':
      // Whatever it said, it speaks at one of the speeds, and the search finds out at which.
      return then(stay(state, { type: 'close' }), (s) =>
        open({ ...s, speed: isStatus(answer, SW.success) ? s.settings.speed : s.speed }),
      );
    case 'initId':
      return working(state, isStatus(answer, SW.success) ? samNumber(answer.data) : undefined, now);
    case 'heartbeat':
      return stay(state);
    case 'ask':
      return stay(state, { type: 'settleAsk', id: purpose.id, result: ok(answer) });
    case 'find':
      return onFind(state, answer, now);
    case 'select':
      return onSelect(state, purpose.id, answer, now);
    case 'read':
      return onRead(state, purpose.id, command, answer, now);
    case 'address':
      return onAddress(state, purpose, answer, now);
    case 'probeAddress': {
      const there = isStatus(answer, SW.success) || isStatus(answer, SW.noSuchItem);
      return there ? stay({ ...state, nextPoll: now + state.settings.times.poll }) : lifted(state, now);
    }
    case 'probeFind':
      return isStatus(answer, SW.findFailed)
        ? lifted(state, now)
        : stay({ ...state, nextPoll: now + state.settings.times.poll });
  }
}

function samFault(state: ReaderState, answer: SdtAnswer, now: number): Step {
  const detail = describeStatus(answer);
  const log = { type: 'log', level: 'warn', message: 'security module refuses to work', detail } as const;
  return then(stay(state, { type: 'close' }, log), (s) => rest(s, { health: 'fault', code: 'E1107', detail }, now));
}

/** It speaks at this speed; at another one than it should, it is told to change. */
function spoken(state: ReaderState, now: number): Step {
  const { speed, switchSpeed } = state.settings;
  const found: ReaderState = { ...state, untried: [] };
  if (state.speed === speed || !switchSpeed || state.switched) return send(found, 'samId', { is: 'initId' }, now);
  const detail = `${state.speed} baud instead of ${speed}`;
  const log = { type: 'log', level: 'info', message: 'module speaks at another speed', detail } as const;
  return then(stay({ ...found, switched: true }, log), (s) => send(s, 'setSpeed', { is: 'switchSpeed' }, now));
}

function working(state: ReaderState, identity: string | undefined, now: number): Step {
  const step = setHealth(
    { ...state, link: { name: 'working' }, failures: 0, worked: true, nextPoll: now },
    { state: 'ready', warnings: [], identity },
  );
  const reset = { type: 'emit', event: { type: 'counted', counter: 'resets', by: 1 } } as const;
  return state.worked ? then(step, (s) => stay(s, reset)) : step;
}

function onFind(state: ReaderState, answer: SdtAnswer, now: number): Step {
  const id = state.wanted?.id;
  if (id === undefined) return stay(state);
  if (!isStatus(answer, SW.cardFound))
    return stay({ ...state, selectTries: 0, nextPoll: now + state.settings.times.poll });
  const step = send(state, 'selectCard', { is: 'select', id }, now);
  // Said once, not again when the same card has to be selected a second time.
  if (state.selectTries > 0) return step;
  return then(step, (s) => stay(s, { type: 'progress', id, step: 'found' }));
}

function onSelect(state: ReaderState, id: number, answer: SdtAnswer, now: number): Step {
  if (isStatus(answer, SW.success)) {
    const prints = state.wanted?.id === id && state.wanted.extras.has('fingerprints') && !state.noFingerprints;
    const step = send(state, prints ? 'readTextPhotoFingerprint' : 'readTextPhoto', { is: 'read', id }, now);
    return then(step, (s) => (s.wanted?.id === id ? stay(s, { type: 'progress', id, step: 'reading' }) : stay(s)));
  }
  const selectTries = state.selectTries + 1;
  // A hand that still moves the card makes the selection fail: look for it again, for a while.
  if (selectTries < SELECT_TRIES) return stay({ ...state, selectTries, nextPoll: now + state.settings.times.poll });
  return unreadable(state, id, `select, ${describeStatus(answer)}`, now);
}

function lifted(state: ReaderState, now: number): Step {
  const free: ReaderState = { ...state, presentation: undefined, nextPoll: now };
  return state.presentation?.delivered ? stay(free, { type: 'emit', event: { type: 'cardLifted' } }) : stay(free);
}
