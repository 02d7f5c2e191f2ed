import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { objection } from '../card-objection.ts';
import type { AnswerTo } from '../messages.ts';
import type { State } from '../state.ts';
import { type Step, go, step, then } from '../step.ts';
import { askAt } from './ask.ts';
import { goOn, ways } from './go-on.ts';
import type { IdentifyStage, PlaceOf, Then } from './place.ts';
import { proven, refusedFactor } from './proven.ts';

/** The ID card behind another factor: of whoever came with a bank card or a phone. */
export function beginIdCard(state: State, wanted: Then, error: string | null = null): Step {
  return askAt(state, wanted, { kind: 'idCard', step: 'lay', error }, (call) => ({ do: 'layCard', call }));
}

type Stage = IdentifyStage & { readonly place: PlaceOf<'idCard'> };

export function cardLaid(state: State, stage: Stage, { result }: AnswerTo<'layCard'>): Step {
  if (!result.ok) {
    const { code } = result.error;
    return code === 'E1102' || code === 'E1103' ? beginIdCard(state, stage.then, code) : ways(state, stage.then, code);
  }
  const card = result.value;
  const code = objection(card, shanghaiDate(state.time.now));
  if (code) return ways(state, stage.then, code);
  const heard = step(state, { do: 'sound', name: 'cardRead' });
  const { name, idNumber, validTo } = card;
  return then(heard, (s) =>
    askAt(s, stage.then, { ...stage.place, step: 'checking', error: null }, (call) => ({
      do: 'prove',
      call,
      token: s.person?.proof?.token ?? null,
      factor: 'idCard',
      card: { name, idNumber, validTo },
      consentAt: null,
    })),
  );
}

export function cardLying(state: State, stage: Stage): Step {
  return go(state, { ...stage, place: { ...stage.place, step: 'reading' } });
}

export function idCardProven(state: State, stage: Stage, { result }: AnswerTo<'prove'>): Step {
  if (result.ok && result.value.accepted) {
    return then(proven(state, result.value, 'idCard'), (s) => goOn(s, stage.then));
  }
  const code = result.ok ? 'E1208' : result.error.code;
  return then(step(state, refusedFactor(state, 'idCard')), (s) => ways(s, stage.then, code));
}
