import { canAskPlatform, openItem } from '../open.ts';
import { failed } from '../failures.ts';
import type { AnswerTo } from '../messages.ts';
import { type ItemId, LIMITS, type Person, type StageOf, type State } from '../state.ts';
import { type Step, ask, go, record, step, then } from '../step.ts';

/** After the card: the second factor when the platform can be asked, else the menu with what works on the card alone. */
export function startIdentity(state: State): Step {
  return canAskPlatform(state) ? sendCode(state, null) : go(state, { at: 'menu' });
}

/** A code that is still good is asked for again without sending another. */
export function stepUp(state: State, item: ItemId | null): Step {
  const challenge = state.person?.challenge;
  const good = challenge && challenge.expiresAt > state.time.mono && challenge.attemptsLeft !== 0;
  return good ? go(state, { at: 'enterCode', then: item, call: null, error: null }) : sendCode(state, item);
}

export function sendCode(state: State, item: ItemId | null): Step {
  const { person } = state;
  if (!person) return step(state);
  const { name, idNumber, validTo } = person;
  return ask({ ...state, degraded: null }, (call) => ({
    stage: { at: 'sendingCode', call, then: item },
    command: { do: 'sendCode', call, claim: { name, idNumber, validTo } },
  }));
}

export function codeSent(state: State, { call, result }: AnswerTo<'sendCode'>): Step {
  const { stage, person, time } = state;
  if (stage.at !== 'sendingCode' || stage.call !== call || !person) return step(state);
  if (!result.ok) return codeNotSent(state, result.error.code, stage.then);
  const { challengeId, phoneMasked, resendAfterSeconds, validSeconds } = result.value;
  const challenge = {
    id: challengeId,
    number: (person.challenge?.number ?? 0) + 1,
    phoneMasked,
    resendAt: time.mono + resendAfterSeconds * 1000,
    expiresAt: time.mono + validSeconds * 1000,
    attemptsLeft: null,
  };
  return go(
    { ...state, person: { ...person, challenge, phoneMasked } },
    { at: 'enterCode', then: stage.then, call: null, error: null },
    record({ type: 'identity.codeSent', sessionId: state.sessionId }),
  );
}

/** Without the platform the person goes on with the card alone, and each closed item says why. */
function codeNotSent(state: State, code: string, item: ItemId | null): Step {
  const degrades = code.startsWith('E31') || code === 'E9002';
  if (!degrades) return failed(state, code, 'identify', { retry: { kind: 'sendCode', then: item } });
  const shown = code === 'E9002' ? 'E3102' : code;
  return go(
    { ...state, degraded: { code: shown, until: state.time.mono + LIMITS.degraded } },
    { at: 'menu' },
    record({ type: 'session.failure', sessionId: state.sessionId, code: shown, step: 'identify' }),
  );
}

export function submitCode(state: State, stage: StageOf<'enterCode'>, code: string): Step {
  const challenge = state.person?.challenge;
  if (!challenge || stage.call !== null) return step(state);
  if (state.time.mono >= challenge.expiresAt) return go(state, { ...stage, error: 'E1202' });
  return ask(state, (call) => ({
    stage: { ...stage, call, error: null },
    command: { do: 'checkCode', call, challengeId: challenge.id, code },
  }));
}

export function resendCode(state: State, stage: StageOf<'enterCode'>): Step {
  const challenge = state.person?.challenge;
  const allowed = !challenge || state.time.mono >= challenge.resendAt;
  return stage.call === null && allowed ? sendCode(state, stage.then) : step(state);
}

export function codeChecked(state: State, { call, result }: AnswerTo<'checkCode'>): Step {
  const { stage, person } = state;
  if (stage.at !== 'enterCode' || stage.call !== call || !person?.challenge) return step(state);
  const waiting: StageOf<'enterCode'> = { ...stage, call: null };
  if (!result.ok) return notChecked(state, waiting, result.error.code);
  const { sessionId } = state;
  if (!result.value.accepted) {
    const { attemptsLeft } = result.value;
    const challenge = { ...person.challenge, attemptsLeft };
    const noted = record({ type: 'identity.codeChecked', sessionId, accepted: false });
    const counted: State = { ...state, person: { ...person, challenge } };
    if (attemptsLeft > 0) return go(counted, { ...waiting, error: 'E1201' }, noted);
    return then(step(counted, noted), (s) => failed(s, 'E1203', 'identify'));
  }
  const identified: Person = { ...person, challenge: null, token: result.value.identityToken };
  const noted = record({ type: 'identity.codeChecked', sessionId, accepted: true });
  return then(go({ ...state, person: identified }, { at: 'menu' }, noted), (s) =>
    stage.then ? openItem(s, stage.then) : step(s),
  );
}

function notChecked(state: State, waiting: StageOf<'enterCode'>, code: string): Step {
  if (code === 'E1201') return go(state, { ...waiting, error: code });
  if (code === 'E1202') {
    const { person, time } = state;
    const challenge = person?.challenge ? { ...person.challenge, resendAt: time.mono, expiresAt: time.mono } : null;
    return go({ ...state, person: person && { ...person, challenge } }, { ...waiting, error: code });
  }
  return failed(state, code, 'identify', { retry: { kind: 'stage', stage: waiting } });
}

/** The platform does not know the token any more: the person keeps the card and proves the rest again. */
export function identityEnded(state: State, item: ItemId | null): Step {
  const person = state.person && { ...state.person, token: null, challenge: null };
  return failed({ ...state, person }, 'E1206', 'identify', { retry: { kind: 'sendCode', then: item } });
}
