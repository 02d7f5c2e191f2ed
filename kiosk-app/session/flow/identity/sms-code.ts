import { canAskPlatform } from '../open.ts';
import { failed } from '../failures.ts';
import type { AnswerTo } from '../messages.ts';
import { type ItemId, LIMITS, type Retry, type StageOf, type State } from '../state.ts';
import { type Step, ask, go, record, step, then } from '../step.ts';
import { hasOtherWay } from './factors.ts';
import { goOn, ways } from './go-on.ts';
import type { IdentifyStage, Then } from './place.ts';
import { provenByCode } from './proven.ts';
import { secondFactor } from './ways.ts';

/** After the card: the second factor when the platform can be asked, else the menu with what works on the card alone. */
export function startIdentity(state: State): Step {
  return canAskPlatform(state) ? sendCode(state, null) : go(state, { at: 'menu' });
}

/** A code that is still good is asked for again without sending another. */
export function stepUp(state: State, item: Then): Step {
  const challenge = state.person?.challenge;
  const good = challenge && challenge.expiresAt > state.time.mono && challenge.attemptsLeft !== 0;
  return good ? go(state, { at: 'enterCode', then: item, call: null, error: null }) : secondFactor(state, item);
}

export function sendCode(state: State, item: Then): Step {
  const { person } = state;
  if (!person) return step(state);
  const { name, idNumber, validTo } = person;
  return ask({ ...state, degraded: null }, (call) => ({
    stage: { at: 'sendingCode', call, then: item },
    command: { do: 'sendCode', call, claim: { name, idNumber, validTo }, ...tokenOf(person) },
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
function codeNotSent(state: State, code: string, item: Then): Step {
  if (code === 'E1204' && state.person) {
    const known: State = { ...state, person: { ...state.person, noPhone: true } };
    return notProven(known, code, item, null);
  }
  if (code === 'E1203' || code === 'E3106') return notProven(state, code, item, { kind: 'sendCode', then: item });
  const degrades = code.startsWith('E31') || code === 'E9002';
  if (!degrades) return failed(state, code, 'identify', { retry: { kind: 'sendCode', then: item } });
  const shown = code === 'E9002' ? 'E3102' : code;
  return go(
    { ...state, degraded: { code: shown, until: state.time.mono + LIMITS.degraded } },
    { at: 'menu' },
    record({ type: 'session.failure', sessionId: state.sessionId, code: shown, step: 'identify' }),
  );
}

/** Codes do not work for this person now: another way where the machine has one, else what happened and what works instead. */
function notProven(state: State, code: string, wanted: Then, retry: Retry | null): Step {
  if (!hasOtherWay(state, 'smsCode')) return failed(state, code, 'identify', { retry });
  const noted = record({ type: 'session.failure', sessionId: state.sessionId, code, step: 'identify' });
  return then(step(state, noted, { do: 'sound', name: 'failed' }), (s) => ways(s, wanted, code));
}

/** What is proven already is raised; else the card is one factor and the code the other. */
const tokenOf = (person: State['person']) => (person?.proof ? { token: person.proof.token } : {});

export function submitCode(state: State, stage: StageOf<'enterCode'>, code: string): Step {
  const challenge = state.person?.challenge;
  if (!challenge || stage.call !== null) return step(state);
  if (state.time.mono >= challenge.expiresAt) return go(state, { ...stage, error: 'E1202' });
  return ask(state, (call) => ({
    stage: { ...stage, call, error: null },
    command: { do: 'checkCode', call, challengeId: challenge.id, code, ...tokenOf(state.person) },
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
    return then(step(counted, noted), (s) => notProven(s, 'E1203', stage.then, null));
  }
  const identified = provenByCode(person, result.value.identityToken, state.time);
  const noted = record({ type: 'identity.codeChecked', sessionId, accepted: true });
  return then(step({ ...state, person: identified }, noted), (s) => goOn(s, stage.then));
}

function notChecked(state: State, waiting: StageOf<'enterCode'>, code: string): Step {
  if (code === 'E1201') return go(state, { ...waiting, error: code });
  if (code === 'E1202') {
    const { person, time } = state;
    const challenge = person?.challenge ? { ...person.challenge, resendAt: time.mono, expiresAt: time.mono } : null;
    return go({ ...state, person: person && { ...person, challenge } }, { ...waiting, error: code });
  }
  if (code === 'E1203') return notProven(state, code, waiting.then, null);
  return failed(state, code, 'identify', { retry: { kind: 'stage', stage: waiting } });
}

/** The platform does not know the token any more: the person keeps the card and proves the rest again. */
export function identityEnded(state: State, item: ItemId | null): Step {
  // A card that was read is asked for no second time; who came without one begins again.
  if (state.person?.cardKind === null) {
    const again: IdentifyStage = { at: 'identify', then: item, place: { kind: 'ways', problem: null }, call: null };
    return failed({ ...state, person: null }, 'E1206', 'identify', { retry: { kind: 'stage', stage: again } });
  }
  const person = state.person && { ...state.person, token: null, proof: null, challenge: null };
  return failed({ ...state, person }, 'E1206', 'identify', { retry: { kind: 'sendCode', then: item } });
}
