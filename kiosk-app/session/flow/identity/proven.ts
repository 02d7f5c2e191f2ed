import type { PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import type { FactorKind } from '@kiosk/contract/platform/identity.ts';
import { FRESH_MS, isAtLeast, levelOf } from '@kiosk/domain/identity-level.ts';
import type { Person, State } from '../state.ts';
import { type Step, openSession, record, step, then } from '../step.ts';

type Accepted = Extract<PlatformAnswer<'prove'>, { accepted: true }>;

/** Nobody proved anything yet. */
export function unknownPerson(name: string, idNumber: string): Person {
  return {
    name,
    idNumber,
    validTo: null,
    cardKind: null,
    proof: null,
    local: [],
    token: null,
    noPhone: false,
    challenge: null,
    phoneMasked: null,
    overview: null,
  };
}

/** The platform accepted a factor: the person is known, at the level that all of them make. */
export function proven(state: State, told: Accepted, kind: FactorKind): Step {
  const { sessionId, time, person: before } = state;
  const noted = record({ type: 'identity.proven', sessionId, factor: kind, accepted: true });
  const known = before ?? unknownPerson(told.person.name, told.person.idNumber);
  const person = withProof(known, told, time.mono);
  if (before) return step({ ...state, person }, noted);
  // Whoever came without an ID card begins here.
  const call = state.nextCall;
  const begun = openSession({ ...state, person, nextCall: call + 1, naming: call });
  return then(begun, (s) => step(s, { do: 'pseudonym', call, idNumber: person.idNumber }, noted));
}

/** `token` is there for whoever asks for two factors; a proof of one has it not. */
export function withProof(person: Person, told: Omit<Accepted, 'accepted'>, mono: number): Person {
  const { identityToken, factors, agent = null, level } = told;
  const proof = { token: identityToken, factors, freshUntil: mono + FRESH_MS, agent, level };
  return {
    ...person,
    name: told.person.name,
    idNumber: told.person.idNumber,
    proof,
    token: isAtLeast(level, 'L2') ? identityToken : null,
    noPhone: told.person.phoneMasked === null,
    phoneMasked: told.person.phoneMasked,
  };
}

/** A code was right: the card, or what the token had before, and the phone. */
export function provenByCode(person: Person, identityToken: string, at: { now: number; mono: number }): Person {
  const former = person.proof?.factors ?? [{ kind: 'idCard' as const, at: at.now }];
  const factors = [...former.filter(({ kind }) => kind !== 'smsCode'), { kind: 'smsCode' as const, at: at.now }];
  const two = levelOf(factors.map(({ kind }) => kind)) === 'L2';
  const level = two ? ('L3' as const) : ('L1' as const);
  const proof = { token: identityToken, factors, freshUntil: at.mono + FRESH_MS, agent: null, level };
  return { ...person, challenge: null, proof, token: two ? identityToken : null };
}

/** A factor that was refused raises nothing; that it was tried is on record. */
export const refusedFactor = ({ sessionId }: State, factor: FactorKind) =>
  record({ type: 'identity.proven', sessionId, factor, accepted: false });
