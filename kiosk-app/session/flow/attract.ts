import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { objection } from './card-objection.ts';
import { stoppedChannel } from './channel.ts';
import { failed } from './failures.ts';
import { startIdentity } from './identity/sms-code.ts';
import { deviceCode, linkCode } from './menu.ts';
import type { AnswerTo, Event } from './messages.ts';
import { type IdCard, LIMITS, type State } from './state.ts';
import { type Step, go, openSession, record, step, then } from './step.ts';

/** Why nobody can be served here at all; null: somebody can. */
export function outOfServiceCode(state: State): string | null {
  const { agent, host } = state;
  if (!agent || !host) return 'E9003';
  if (!agent.accepting) return agent.journal.code ?? 'E6102';
  if (!agent.catalogue) return agent.link.code ?? 'E3101';
  return null;
}

/** Codes of what does not work at the moment although the kiosk is in service. */
export function notices(state: State): string[] {
  const codes = [
    deviceCode(state, 'idCardReader'),
    linkCode(state),
    deviceCode(state, 'documentPrinter'),
    deviceCode(state, 'slipPrinter'),
  ];
  return codes.filter((code) => code !== null);
}

/** The reader waits for a card on the first screen, and again after a card that can simply be laid once more. */
function wantsCard(state: State): boolean {
  const { stage } = state;
  if (stoppedChannel(state)) return false;
  if (stage.at === 'attract') return outOfServiceCode(state) === null;
  return stage.at === 'failure' && stage.retry?.kind === 'card' && state.agent !== undefined;
}

/** Arms the reader whenever it should wait for a card and does not. */
export function armReader(state: State): Step {
  const due = state.reading === null && state.time.mono >= state.armAt;
  if (!due || !wantsCard(state) || deviceCode(state, 'idCardReader') !== null) return step(state);
  const call = state.nextCall;
  return step({ ...state, nextCall: call + 1, reading: call }, { do: 'readCard', call });
}

/** Takes back the wait for a card once the journey went on without one. */
export function disarmReader(state: State): Step {
  if (state.reading === null || state.stage.at === 'reading' || wantsCard(state)) return step(state);
  return step({ ...state, reading: null }, { do: 'cancel', call: state.reading });
}

export function cardProgress(state: State, event: Extract<Event, { type: 'cardProgress' }>): Step {
  if (event.call !== state.reading) return step(state);
  if (!wantsCard(state) && state.stage.at !== 'reading') return step(state);
  return go(state, { at: 'reading', step: event.step });
}

export function cardAnswered(state: State, { call, result }: AnswerTo<'readCard'>): Step {
  if (call !== state.reading) return step(state);
  const waiting = wantsCard(state) || state.stage.at === 'reading';
  const idle: State = { ...state, reading: null, armAt: state.time.mono };
  if (!waiting) return step(idle);
  if (result.ok) return cardRead(idle, result.value);
  const { code } = result.error;
  if (code === 'E1102' || code === 'E1103') return refused(idle, code);
  // Not the card's fault: back to the start, and the reader is tried again a little later.
  const later: State = { ...idle, armAt: state.time.mono + LIMITS.rearm };
  if (state.stage.at !== 'reading') return step(later);
  return code === 'E9001' || code === 'E9002' ? go(later, { at: 'attract' }) : failed(later, code, 'readCard');
}

/** A card lies there and was read. Its kind, number and date decide whether it is taken. */
function cardRead(state: State, card: IdCard): Step {
  const heard = step(state, { do: 'sound', name: 'cardRead' });
  const code = objection(card, shanghaiDate(state.time.now));
  if (code) return then(heard, (s) => refused(s, code));
  const call = state.nextCall;
  const { name, idNumber, validTo, kind } = card;
  const known: State = {
    ...state,
    nextCall: call + 1,
    naming: call,
    person: {
      name,
      idNumber,
      validTo,
      cardKind: kind,
      proof: null,
      local: ['idCard'],
      token: null,
      noPhone: false,
      challenge: null,
      phoneMasked: null,
      overview: null,
    },
  };
  const begun = then(heard, () => openSession(known));
  return then(
    then(begun, (s) => step(s, { do: 'pseudonym', call, idNumber })),
    startIdentity,
  );
}

function refused(state: State, code: string): Step {
  return then(
    then(openSession(state), (s) => step(s, record({ type: 'identity.cardRefused', sessionId: s.sessionId, code }))),
    (s) => failed(s, code, 'readCard', { retry: code === 'E1102' || code === 'E1103' ? { kind: 'card' } : null }),
  );
}

/** The person's keyed hash came back: only now can the audit say whose card it was. */
export function named(state: State, { call, result }: AnswerTo<'pseudonym'>): Step {
  if (call !== state.naming) return step(state);
  const known: State = { ...state, naming: null };
  // Whoever came without an ID card laid none.
  if (!result.ok || !state.person || state.person.cardKind === null) return step(known);
  const { person } = result.value;
  return step(
    known,
    record({ type: 'identity.cardRead', sessionId: state.sessionId, person, cardKind: state.person.cardKind }),
  );
}
