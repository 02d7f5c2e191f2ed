import { maskName } from '@kiosk/domain/masking.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { objection } from '../card-objection.ts';
import type { AnswerTo } from '../messages.ts';
import type { State } from '../state.ts';
import { type Step, record, step, then } from '../step.ts';
import { askAt } from './ask.ts';
import { goOn, place, ways } from './go-on.ts';
import type { IdentifyStage, PlaceOf, Then } from './place.ts';
import { unknownPerson, withProof } from './proven.ts';

/** 代办: whoever stands here is known by the own ID card and acts for somebody else. */
export const beginAgent = (state: State, wanted: Then): Step => place(state, wanted, { kind: 'agent' });

export const askAgentCode = (state: State, { then: wanted }: IdentifyStage, error: string | null = null): Step =>
  place(state, wanted, { kind: 'agentCode', error, checking: false });

export function enterAgentCode(state: State, stage: IdentifyStage, code: string): Step {
  const token = state.person?.proof?.token;
  if (!token) return ways(state, stage.then, 'E1207');
  const where: PlaceOf<'agentCode'> = { kind: 'agentCode', error: null, checking: true };
  return askAt(state, stage.then, where, (call) => ({
    do: 'actFor',
    call,
    token,
    authority: { kind: 'eConsent', code },
  }));
}

/** With a paper the other one's ID card is laid; a person at the centre looks at the paper later. */
export const askPrincipalCard = (state: State, { then: wanted }: IdentifyStage, error: string | null = null): Step =>
  askAt(state, wanted, { kind: 'agentPaper', step: 'lay', error }, (call) => ({ do: 'layCard', call }));

type PaperStage = IdentifyStage & { readonly place: PlaceOf<'agentPaper'> };

export function principalCardLaid(state: State, stage: PaperStage, { result }: AnswerTo<'layCard'>): Step {
  const token = state.person?.proof?.token;
  if (!token) return ways(state, stage.then, 'E1207');
  if (!result.ok) {
    const { code } = result.error;
    const mended = code === 'E1102' || code === 'E1103';
    return mended ? askPrincipalCard(state, stage, code) : ways(state, stage.then, code);
  }
  const code = objection(result.value, shanghaiDate(state.time.now));
  if (code) return askPrincipalCard(state, stage, code);
  const { name, idNumber, validTo } = result.value;
  const heard = step(state, { do: 'sound', name: 'cardRead' });
  return then(heard, (s) =>
    askAt(s, stage.then, { kind: 'agentPaper', step: 'checking', error: null }, (call) => ({
      do: 'actFor',
      call,
      token,
      authority: { kind: 'paper', card: { name, idNumber, validTo } },
    })),
  );
}

/** From here on everything is about the other person; who acts stands beside it, masked. */
export function actingFor(state: State, stage: IdentifyStage, { result }: AnswerTo<'actFor'>): Step {
  if (!result.ok) {
    const { code } = result.error;
    if (stage.place.kind === 'agentCode' && code === 'E1214') return askAgentCode(state, stage, code);
    return ways(state, stage.then, code);
  }
  const { value } = result;
  const { person: before, sessionId } = state;
  if (!before?.proof || !value.agent) return ways(state, stage.then, 'E1214');
  const { name, idNumber } = value.person;
  const person = withProof({ ...unknownPerson(name, idNumber), cardKind: before.cardKind }, value, state.time.mono);
  const agentPerson = { name: before.name, idNumber: before.idNumber };
  return then(
    step(
      { ...state, person: { ...person, agentPerson } },
      record({ type: 'identity.acting', sessionId, authority: value.agent.authority, agent: maskName(before.name) }),
      { do: 'endIdentity', token: before.proof.token },
    ),
    (s) => goOn(s, stage.then),
  );
}
