import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { PlatformAnswer, PlatformRequest, PlatformRoutes } from '@kiosk/contract/platform/api.ts';
import type {
  BankCardTerms,
  CodeCheck,
  CodeSent,
  FactorKind,
  FactorProof,
  IdentityLevel,
  IdentityState,
  PersonClaim,
  Proven,
} from '@kiosk/contract/platform/identity.ts';
import { mayFollow } from '@kiosk/domain/identity-level.ts';
import { maskPhone } from '@kiosk/domain/masking.ts';
import type { ECard } from '../channels/e-card.ts';
import type { People } from '../channels/people.ts';
import { TERMINAL_CHANNEL } from '../channels/settings.ts';
import type { Messenger } from '../channels/sms/messenger.ts';
import type { CoreSystem, Depositor } from '../core/core-system.ts';
import type { BankDesk } from '../neighbours/bank.ts';
import type { AuditStore } from '../store/audit-store.ts';
import type { IdentityStore } from '../store/store.ts';
import type { Vault } from '../vault.ts';
import { type Agents, createAgents } from './agents.ts';
import { appCodeFactor } from './factors/app-code.ts';
import { bankCardFactor } from './factors/bank-card.ts';
import { faceFactor } from './factors/face.ts';
import { type Before, type Factor, type Judged, accepted } from './factors/factor.ts';
import { idCardFactor, personOfCard } from './factors/id-card.ts';
import { smsCodes } from './factors/sms-code.ts';
import { createTries } from './factors/tries.ts';
import { createTokens, reaches } from './tokens.ts';

export interface Identity extends Agents {
  /**
   * The person on the card has an account here; a code goes to the phone on record. Errors: E1104 check digit, E1105 card
   * expired, E1203 locked (detail: seconds), E1204 no phone, E1205 no account under this name and number, E3106 another
   * terminal sent one less than a minute ago (detail: seconds).
   */
  sendCode(terminalId: string, claim: PersonClaim): Promise<Result<CodeSent>>;
  /**
   * The code makes it two factors: of the token that is given, or a new one with the card that asked for the code. Errors: E1202
   * expired, used or of another terminal, E1203 the third wrong try, or still locked, E1206, E1209.
   */
  checkCode(terminalId: string, challengeId: string, code: string, identityToken?: string): Promise<Result<CodeCheck>>;
  /** One factor more, or the first. Errors: those of the factor; E1206, E1209, E1215. */
  prove(terminalId: string, proof: FactorProof, identityToken?: string): Promise<Result<Proven>>;
  /** As sendCode, for whoever a token stands for. */
  requestCode(terminalId: string, identityToken: string): Promise<Result<CodeSent>>;
  bankCardTerms(cardNumber: string): Promise<Result<BankCardTerms>>;
  state(terminalId: string, identityToken: string): Promise<Result<IdentityState>>;
  /**
   * Whom a token stands for, if it has the level: L2 unless told otherwise. `item` is what an agent's authority must cover.
   * Errors: E1206 unknown, expired, ended, or of another terminal, E1207 not enough, E1214.
   */
  depositor(
    terminalId: string,
    identityToken: string,
    level?: IdentityLevel,
    item?: string | null,
  ): Promise<Result<Depositor>>;
  /** The same without the person; of several items one that is covered is enough. */
  allows(
    terminalId: string,
    identityToken: string,
    level: IdentityLevel,
    items: readonly string[],
  ): Promise<Result<void>>;
  end(identityToken: string): Promise<void>;
}

export interface IdentityParts {
  readonly clock: Clock;
  readonly core: CoreSystem;
  readonly store: IdentityStore;
  readonly vault: Vault;
  readonly messenger: Pick<Messenger, 'send'>;
  /** Who is identified here is a user of every channel from then on. */
  readonly people: Pick<People, 'identified'>;
  readonly bank: BankDesk;
  readonly card: Pick<ECard, 'read'>;
  readonly audit: Pick<AuditStore, 'append'>;
  /** How alike face and picture have to be, 0 to 1. */
  readonly faceThreshold?: number;
}

export function createIdentity(parts: IdentityParts): Identity {
  const { clock, core, bank, people } = parts;
  const tokens = createTokens(parts);
  const tries = createTries(parts);
  const codes = smsCodes(parts);

  const smsCode: Factor<'smsCode'> = {
    kind: 'smsCode',
    async judge({ challengeId, code }, { terminalId, person }) {
      const judged = await codes.judge(terminalId, challengeId, code);
      if (!judged.ok || !judged.value.accepted) return judged as Result<Judged>;
      if (!person || judged.value.challenge.depositorId !== person.depositorId) return fail('E1209');
      return ok(accepted(person));
    },
  };
  const factors: { readonly [K in FactorKind]: Factor<K> } = {
    idCard: idCardFactor(parts),
    smsCode,
    bankCard: bankCardFactor({ ...parts, tries }),
    appCode: appCodeFactor({ ...parts, tries }),
    face: faceFactor({
      ...parts,
      tries,
      ...(parts.faceThreshold === undefined ? {} : { threshold: parts.faceThreshold }),
    }),
  };

  async function person(depositorId: string): Promise<Result<Depositor>> {
    const found = await core.get(depositorId);
    if (!found.ok) return found;
    return found.value ? ok(found.value) : fail('E1205');
  }

  async function before(terminalId: string, identityToken: string | undefined): Promise<Result<Before>> {
    if (identityToken === undefined) return ok({ terminalId, person: undefined, factors: [] });
    const token = await tokens.read(terminalId, identityToken);
    if (!token.ok) return token;
    // Whoever acts for somebody proves nothing more of that other person.
    if (token.value.agent !== null) return fail('E1215', 'agent');
    const known = await person(token.value.depositorId);
    return known.ok ? ok({ terminalId, person: known.value, factors: token.value.factors }) : known;
  }

  return {
    ...createAgents({ ...parts, tokens, tries, person }),
    async sendCode(terminalId, claim) {
      const found = await personOfCard(parts, claim);
      return found.ok ? codes.send(terminalId, found.value) : found;
    },
    async requestCode(terminalId, identityToken) {
      const known = await before(terminalId, identityToken);
      if (!known.ok) return known;
      return known.value.person ? codes.send(terminalId, known.value.person) : fail('E1206');
    },

    async checkCode(terminalId, challengeId, code, identityToken) {
      const known = await before(terminalId, identityToken);
      if (!known.ok) return known;
      const judged = await codes.judge(terminalId, challengeId, code);
      if (!judged.ok) return judged;
      if (!judged.value.accepted) return ok(judged.value);
      const { challenge } = judged.value;
      const found = await person(challenge.depositorId);
      if (!found.ok) return found;
      const holder = known.value.person;
      if (holder && holder.depositorId !== challenge.depositorId) return fail('E1209');
      await people.identified(found.value, TERMINAL_CHANNEL);
      const now = clock.now();
      if (identityToken !== undefined) {
        const raised = await tokens.raise(terminalId, identityToken, { kind: 'smsCode', at: now });
        return raised.ok ? ok({ accepted: true, identityToken, expiresAt: raised.value.expiresAt }) : raised;
      }
      const { depositorId } = challenge;
      const issued = await tokens.issue({
        terminalId,
        depositorId,
        factors: [
          { kind: 'idCard', at: challenge.createdAt },
          { kind: 'smsCode', at: now },
        ],
      });
      return ok({ accepted: true, identityToken: issued.identityToken, expiresAt: issued.state.expiresAt });
    },

    async prove(terminalId, proof, identityToken) {
      const known = await before(terminalId, identityToken);
      if (!known.ok) return known;
      const proven = known.value.factors.map(({ kind }) => kind);
      if (!mayFollow(proof.kind, proven)) return fail('E1215');
      const factor = factors[proof.kind] as Factor;
      const judged = await factor.judge(proof, known.value);
      if (!judged.ok) return judged;
      if (!judged.value.accepted) return ok(judged.value);
      const { depositorId, name, idNumber, phone } = judged.value.person;
      const at = { kind: proof.kind, at: clock.now() };
      const now =
        identityToken === undefined
          ? ok(await tokens.issue({ terminalId, depositorId, factors: [at] }))
          : await raisedBy(identityToken, at);
      if (!now.ok) return now;
      if (now.value.state.level !== 'L1') await people.identified(judged.value.person, TERMINAL_CHANNEL);
      return ok({
        accepted: true,
        identityToken: now.value.identityToken,
        ...now.value.state,
        person: { name, idNumber, phoneMasked: phone === null ? null : maskPhone(phone) },
      });

      async function raisedBy(token: string, factorAt: typeof at) {
        const raised = await tokens.raise(terminalId, token, factorAt);
        return raised.ok ? ok({ identityToken: token, state: raised.value }) : raised;
      }
    },

    bankCardTerms: (cardNumber) => bank.terms(cardNumber),
    async state(terminalId, identityToken) {
      const token = await tokens.read(terminalId, identityToken);
      return token.ok ? ok(tokens.stateOf(token.value)) : token;
    },
    async depositor(terminalId, identityToken, level = 'L2', item = null) {
      const token = await tokens.read(terminalId, identityToken);
      if (!token.ok) return token;
      const enough = reaches(tokens.stateOf(token.value), level, item === null ? [] : [item]);
      return enough.ok ? person(token.value.depositorId) : enough;
    },
    async allows(terminalId, identityToken, level, items) {
      const token = await tokens.read(terminalId, identityToken);
      return token.ok ? reaches(tokens.stateOf(token.value), level, items) : token;
    },
    end: (identityToken) => tokens.end(identityToken),
  };
}

/** The identity routes, without HTTP. */
export function identityHandlers(identity: Identity) {
  type At = { readonly terminalId: string };
  type Request<R extends keyof PlatformRoutes> = PlatformRequest<R>;
  type Answers<R extends keyof PlatformRoutes> = Promise<Result<PlatformAnswer<R>>>;
  return {
    sendCode: ({ terminalId }: At, claim: Request<'sendCode'>): Answers<'sendCode'> =>
      identity.sendCode(terminalId, claim),
    checkCode: ({ terminalId }: At, { challengeId, code, identityToken }: Request<'checkCode'>): Answers<'checkCode'> =>
      identity.checkCode(terminalId, challengeId, code, identityToken),
    prove: ({ terminalId }: At, { proof, identityToken }: Request<'prove'>): Answers<'prove'> =>
      identity.prove(terminalId, proof, identityToken),
    requestCode: ({ terminalId }: At, { identityToken }: Request<'requestCode'>): Answers<'requestCode'> =>
      identity.requestCode(terminalId, identityToken),
    bankCardTerms: (_at: At, { cardNumber }: Request<'bankCardTerms'>): Answers<'bankCardTerms'> =>
      identity.bankCardTerms(cardNumber),
    identityState: ({ terminalId }: At, { identityToken }: Request<'identityState'>): Answers<'identityState'> =>
      identity.state(terminalId, identityToken),
    actFor: ({ terminalId }: At, request: Request<'actFor'>): Answers<'actFor'> => identity.actFor(terminalId, request),
    authorise: ({ terminalId }: At, request: Request<'authorise'>): Answers<'authorise'> =>
      identity.authorise(terminalId, request),
    authorisations: ({ terminalId }: At, { identityToken }: Request<'authorisations'>): Answers<'authorisations'> =>
      identity.authorisations(terminalId, identityToken),
    withdrawAuthorisation: (
      { terminalId }: At,
      request: Request<'withdrawAuthorisation'>,
    ): Answers<'withdrawAuthorisation'> => identity.withdrawAuthorisation(terminalId, request),
    async endIdentity(_at: At, { identityToken }: Request<'endIdentity'>): Answers<'endIdentity'> {
      await identity.end(identityToken);
      return ok({});
    },
  };
}
