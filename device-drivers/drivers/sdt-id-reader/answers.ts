import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import { cardText, parseIdCard } from '../../codec/id-card.ts';
import { type CommandName, SW, type SdtAnswer, describeStatus, isStatus, samNumber } from '../../codec/sdt.ts';
import { SELECT_TRIES, TIMES, type Purpose, type ReaderState } from './state.ts';
import { type Step, rest, send, setHealth, settleRead, stay, then, waitForLifting } from './step.ts';

/**
 * Answers carry no sign of the command they belong to. After a command was repeated, the answer to its first sending
 * may still come and would be taken for that of the next command. The reader answers in order and the answers of
 * neighbouring commands differ in shape, so one that cannot belong to the command in flight is an old one.
 */
export function fits(command: CommandName, answer: SdtAnswer): boolean {
  const found = isStatus(answer, SW.cardFound);
  const success = isStatus(answer, SW.success);
  const length = answer.data.length;
  switch (command) {
    case 'findCard':
      return !success;
    case 'selectCard':
      return !found && !isStatus(answer, SW.findFailed) && (!success || length === 8);
    case 'readTextPhoto':
      return !found && !isStatus(answer, SW.findFailed) && (!success || length > 256);
    case 'readNewAddress':
      return !found && (!success || length === 70);
    case 'samStatus':
      return !found && (!success || length === 0);
    case 'samId':
      return !found && (!success || length === 16);
    default:
      return true;
  }
}

/** What an answer means for what its command was sent for. */
export function onAnswer(state: ReaderState, purpose: Purpose, answer: SdtAnswer, now: number): Step {
  if (purpose.is !== 'ask' && (answer.sw3 === SW.samSelfTestFailed || answer.sw3 === SW.samNotAuthorised)) {
    return samFault(state, answer, now);
  }
  switch (purpose.is) {
    case 'initStatus':
      if (!isStatus(answer, SW.success)) return samFault(state, answer, now);
      return send(state, 'samId', { is: 'initId' }, now);
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
      return onRead(state, purpose.id, answer, now);
    case 'probeAddress': {
      const there = isStatus(answer, SW.success) || isStatus(answer, SW.noSuchItem);
      return there ? stay({ ...state, nextPoll: now + TIMES.poll }) : lifted(state, now);
    }
    case 'probeFind':
      return isStatus(answer, SW.findFailed) ? lifted(state, now) : stay({ ...state, nextPoll: now + TIMES.poll });
  }
}

function samFault(state: ReaderState, answer: SdtAnswer, now: number): Step {
  const detail = describeStatus(answer);
  const log = { type: 'log', level: 'warn', message: 'security module refuses to work', detail } as const;
  return then(stay(state, { type: 'close' }, log), (s) => rest(s, { health: 'fault', code: 'E1107', detail }, now));
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
  const id = state.wanted;
  if (id === undefined) return stay(state);
  if (!isStatus(answer, SW.cardFound)) return stay({ ...state, selectTries: 0, nextPoll: now + TIMES.poll });
  const step = send(state, 'selectCard', { is: 'select', id }, now);
  // Said once, not again when the same card has to be selected a second time.
  if (state.selectTries > 0) return step;
  return then(step, (s) => stay(s, { type: 'progress', id, step: 'found' }));
}

function onSelect(state: ReaderState, id: number, answer: SdtAnswer, now: number): Step {
  if (isStatus(answer, SW.success)) {
    const step = send(state, 'readTextPhoto', { is: 'read', id }, now);
    return then(step, (s) => (s.wanted === id ? stay(s, { type: 'progress', id, step: 'reading' }) : stay(s)));
  }
  const selectTries = state.selectTries + 1;
  // A hand that still moves the card makes the selection fail: look for it again, for a while.
  if (selectTries < SELECT_TRIES) return stay({ ...state, selectTries, nextPoll: now + TIMES.poll });
  return unreadable(state, id, `select, ${describeStatus(answer)}`, now);
}

function onRead(state: ReaderState, id: number, answer: SdtAnswer, now: number): Step {
  if (isStatus(answer, SW.success)) return onCard(state, id, answer.data, now);
  const detail = `read, ${describeStatus(answer)}`;
  if (answer.sw3 === SW.readFailed) return settleRead({ ...state, nextPoll: now }, id, fail('E1102', detail));
  return unreadable(state, id, detail, now);
}

/** The picture behind the text is not looked at; no part of the answer outlives this call but the parsed text. */
function onCard(state: ReaderState, id: number, data: Uint8Array, now: number): Step {
  const text = cardText(data, 2);
  const card = text.ok ? parseIdCard(text.value) : text;
  const delivered = card.ok && state.wanted === id;
  const waiting = waitForLifting(state, { probe: 'probeAddress', delivered }, now);
  if (!card.ok) {
    const { field, expected } = card.error;
    return then(waiting, (s) => settleRead(s, id, fail('E1103', `${field}: expected ${expected}`)));
  }
  const step = then(waiting, (s) => settleRead(s, id, ok(card.value)));
  const counted = { type: 'emit', event: { type: 'counted', counter: 'cardsRead', by: 1 } } as const;
  return delivered ? then(step, (s) => stay(s, counted)) : step;
}

function unreadable(state: ReaderState, id: number, detail: string, now: number): Step {
  const waiting = waitForLifting(state, { probe: 'probeFind', delivered: false }, now);
  const settled = then(waiting, (s) => settleRead(s, id, fail('E1103', detail)));
  return then(settled, (s) => stay(s, { type: 'log', level: 'warn', message: 'card not readable', detail }));
}

function lifted(state: ReaderState, now: number): Step {
  const free: ReaderState = { ...state, presentation: undefined, nextPoll: now };
  return state.presentation?.delivered ? stay(free, { type: 'emit', event: { type: 'cardLifted' } }) : stay(free);
}
