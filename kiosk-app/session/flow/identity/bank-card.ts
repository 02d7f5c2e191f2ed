import { failed } from '../failures.ts';
import type { AnswerTo } from '../messages.ts';
import type { State } from '../state.ts';
import { type Step, go, step, then } from '../step.ts';
import { askAt } from './ask.ts';
import { goOn, ways } from './go-on.ts';
import type { IdentifyStage, PlaceOf, Then } from './place.ts';
import { proven, refusedFactor } from './proven.ts';

const INSERT: PlaceOf<'bankCard'> = {
  kind: 'bankCard',
  step: 'insert',
  typed: 0,
  bankName: null,
  error: null,
  attemptsLeft: null,
  problem: null,
};

/** Bank card and PIN: read, asked whether it can be checked here, PIN on the pad, checked by the bank, taken back. */
export function beginBankCard(state: State, wanted: Then): Step {
  return askAt(state, wanted, INSERT, (call) => ({ do: 'readBankCard', call }));
}

type Stage = IdentifyStage & { readonly place: PlaceOf<'bankCard'> };

export function bankCardRead(state: State, stage: Stage, { result }: AnswerTo<'readBankCard'>): Step {
  if (!result.ok) return over(state, stage, result.error.code);
  const place = { ...stage.place, step: 'terms' as const };
  const token = state.person?.proof?.token ?? null;
  return askAt({ ...state, cardIn: true }, stage.then, place, (call) => ({ do: 'bankCardTerms', call, token }));
}

export function bankCardTermed(state: State, stage: Stage, { result }: AnswerTo<'bankCardTerms'>): Step {
  if (!result.ok) return over(state, stage, result.error.code);
  return askPin(state, stage, { ...stage.place, bankName: result.value.bankName });
}

const askPin = (state: State, stage: Stage, place: PlaceOf<'bankCard'>): Step =>
  askAt(state, stage.then, { ...place, step: 'pin', typed: 0 }, (call) => ({ do: 'enterPin', call }));

export function pinEntered(state: State, stage: Stage, { result }: AnswerTo<'enterPin'>): Step {
  if (!result.ok) return over(state, stage, result.error.code);
  const token = state.person?.proof?.token ?? null;
  const place = { ...stage.place, step: 'checking' as const };
  return askAt(state, stage.then, place, (call) => ({
    do: 'prove',
    call,
    token,
    factor: 'bankCard',
    card: null,
    consentAt: null,
  }));
}

export function bankCardProven(state: State, stage: Stage, { result }: AnswerTo<'prove'>): Step {
  if (!result.ok) return then(step(state, refusedFactor(state, 'bankCard')), (s) => over(s, stage, result.error.code));
  if (!result.value.accepted) {
    const { attemptsLeft } = result.value;
    const noted = step(state, refusedFactor(state, 'bankCard'));
    if (attemptsLeft === 0) return then(noted, (s) => over(s, stage, 'E1208'));
    return then(noted, (s) => askPin(s, stage, { ...stage.place, error: 'E3502', attemptsLeft }));
  }
  return then(proven(state, result.value, 'bankCard'), (s) => over(s, stage, null));
}

/** Whatever became of it, the card comes back first; what became of it is told once it was taken. */
function over(state: State, { then: wanted, place }: Stage, problem: string | null): Step {
  if (!state.cardIn) return problem === null ? goOn(state, wanted) : ways(state, wanted, problem);
  const take = { ...place, step: 'take' as const, typed: 0, error: null, attemptsLeft: null, problem };
  return askAt(state, wanted, take, (call) => ({ do: 'ejectCard', call }));
}

/** The reader keeps its own policy about a card that nobody takes. */
const NOT_TAKEN = ['E1304', 'E9001', 'E9002'];

export function cardReturned(state: State, stage: Stage, { result }: AnswerTo<'ejectCard'>): Step {
  const { problem } = stage.place;
  const out: State = { ...state, cardIn: false };
  // Stuck, or nobody can say where it is: that is what the person has to hear now.
  if (!result.ok && !NOT_TAKEN.includes(result.error.code)) return failed(out, result.error.code, 'identify');
  return problem === null ? goOn(out, stage.then) : ways(out, stage.then, problem);
}

/** Wherever the journey goes, the card that is inside comes back. */
export function returnCard(state: State): Step {
  const { stage } = state;
  if (!state.cardIn || (stage.at === 'identify' && stage.place.kind === 'bankCard')) return step(state);
  return step({ ...state, cardIn: false }, { do: 'returnCard' });
}

export function bankCardProgress(state: State, stage: Stage, how: { step: string; typed?: number }): Step {
  const { place } = stage;
  if (how.step === 'inserted' && place.step === 'insert') {
    return go({ ...state, cardIn: true }, { ...stage, place: { ...place, step: 'reading' } });
  }
  if (how.step === 'typed' && place.step === 'pin') {
    const typed = how.typed ?? 0;
    return go(state, { ...stage, place: { ...place, typed, error: typed > 0 ? null : place.error } });
  }
  return step(state);
}
