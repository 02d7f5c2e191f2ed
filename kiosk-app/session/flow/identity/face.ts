import { linkCode } from '../menu.ts';
import type { AnswerTo } from '../messages.ts';
import type { State } from '../state.ts';
import { type Step, go, record, step, then } from '../step.ts';
import { askAt } from './ask.ts';
import { goOn, place, ways } from './go-on.ts';
import type { IdentifyStage, PlaceOf, Then } from './place.ts';
import { proven, refusedFactor } from './proven.ts';

/** As the platform asks; what this machine holds a face to while the platform cannot be asked. */
const ALIKE = 0.8;
/** Tries in a session without the platform, which counts for itself. */
const TRIES = 3;

/** First the consent, on a screen of its own. Nothing is read and no camera looks before it. */
export const beginFace = (state: State, wanted: Then): Step => place(state, wanted, { kind: 'faceConsent' });

export function agreeToFace(state: State, { then: wanted }: IdentifyStage): Step {
  const noted = step(state, record({ type: 'identity.consented', sessionId: state.sessionId, to: 'face' }));
  return then(noted, (s) => look(s, wanted, { consentAt: s.time.now, attemptsLeft: null }));
}

function look(state: State, wanted: Then, known: { consentAt: number; attemptsLeft: number | null }): Step {
  const { person } = state;
  if (!person) return ways(state, wanted, 'E1215');
  const where: PlaceOf<'face'> = { kind: 'face', step: 'lay', ...known };
  return askAt(state, wanted, where, (call) => ({ do: 'matchFace', call, idNumber: person.idNumber }));
}

type Stage = IdentifyStage & { readonly place: PlaceOf<'face'> };

export function faceProgress(state: State, stage: Stage, how: { step: string }): Step {
  if (how.step !== 'look' && how.step !== 'compare') return step(state);
  return go(state, { ...stage, place: { ...stage.place, step: how.step } });
}

export function faceMatched(state: State, stage: Stage, { result }: AnswerTo<'matchFace'>): Step {
  if (!result.ok) return ways(state, stage.then, result.error.code);
  const { consentAt, attemptsLeft } = stage.place;
  if (linkCode(state) !== null) return matchedHere(state, stage, result.value.score, attemptsLeft ?? TRIES);
  return askAt(state, stage.then, { ...stage.place, step: 'checking' }, (call) => ({
    do: 'prove',
    call,
    token: state.person?.proof?.token ?? null,
    factor: 'face',
    card: null,
    consentAt,
  }));
}

/** Without the platform: good for what is taken as a request, and told to the centre with it. */
function matchedHere(state: State, stage: Stage, score: number, left: number): Step {
  const { person } = state;
  if (person && score >= ALIKE) {
    const local = [...new Set([...person.local, 'face' as const])];
    const noted = record({ type: 'identity.proven', sessionId: state.sessionId, factor: 'face', accepted: true });
    return then(step({ ...state, person: { ...person, local } }, noted), (s) => goOn(s, stage.then));
  }
  return notAlike(state, stage, left - 1);
}

function notAlike(state: State, stage: Stage, attemptsLeft: number): Step {
  const noted = step(state, refusedFactor(state, 'face'));
  if (attemptsLeft <= 0) return then(noted, (s) => ways(s, stage.then, 'E1210'));
  return then(noted, (s) => look(s, stage.then, { consentAt: stage.place.consentAt, attemptsLeft }));
}

export function faceProven(state: State, stage: Stage, { result }: AnswerTo<'prove'>): Step {
  if (!result.ok) {
    return then(step(state, refusedFactor(state, 'face')), (s) => ways(s, stage.then, result.error.code));
  }
  if (!result.value.accepted) return notAlike(state, stage, result.value.attemptsLeft);
  return then(proven(state, result.value, 'face'), (s) => goOn(s, stage.then));
}
