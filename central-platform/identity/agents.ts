import { randomBytes } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { newId } from '@kiosk/contract/kernel/ids.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { PlatformAnswer, PlatformRequest } from '@kiosk/contract/platform/api.ts';
import type { ActingAgent, Authorisation } from '@kiosk/contract/platform/identity.ts';
import { maskIdNumber, maskName, maskPhone } from '@kiosk/domain/masking.ts';
import { makeResumeCode, parseResumeCode } from '@kiosk/domain/resume-code.ts';
import type { CoreSystem, Depositor } from '../core/core-system.ts';
import type { AuditStore } from '../store/audit-store.ts';
import type { KeptAuthorisation } from '../store/identity-store.ts';
import type { IdentityStore } from '../store/store.ts';
import type { Vault } from '../vault.ts';
import { numberOnCard, personOfCard } from './factors/id-card.ts';
import { type Tries } from './factors/tries.ts';
import { type Tokens, reaches } from './tokens.ts';

const DAY_MS = 86_400_000;

/** 代办: people who act for others, and the consents that let them. */
export interface Agents {
  /**
   * Whoever is identified with an ID card goes on for another person. Errors: E1104, E1105, E1205, E1206, E1214 no valid
   * authority, E1208 too many codes that were none.
   */
  actFor(terminalId: string, request: PlatformRequest<'actFor'>): Promise<Result<PlatformAnswer<'actFor'>>>;
  /** Errors: E1104 the agent's number, E1206, E1207. */
  authorise(terminalId: string, request: PlatformRequest<'authorise'>): Promise<Result<PlatformAnswer<'authorise'>>>;
  authorisations(terminalId: string, identityToken: string): Promise<Result<PlatformAnswer<'authorisations'>>>;
  withdrawAuthorisation(
    terminalId: string,
    request: PlatformRequest<'withdrawAuthorisation'>,
  ): Promise<Result<Authorisation>>;
}

export interface AgentParts {
  readonly clock: Clock;
  readonly core: CoreSystem;
  readonly store: IdentityStore;
  readonly vault: Vault;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly tokens: Tokens;
  readonly tries: Tries;
  readonly person: (depositorId: string) => Promise<Result<Depositor>>;
}

export function createAgents(parts: AgentParts): Agents {
  const { clock, store, vault, audit, tokens, tries, person } = parts;
  const agentHash = (number: string) => vault.hash('agent', number.toUpperCase());
  const codeHash = (code: string) => vault.hash('authorisation', code);

  const note = (terminalId: string, action: string, subject: string, detail: Record<string, unknown>) =>
    audit.append({ at: clock.now(), actor: `terminal ${terminalId}`, action, subject, detail });

  function told(kept: KeptAuthorisation): Authorisation {
    const { authorisationId, agentNameMasked, agentIdNumberMasked, items, givenAt, until, withdrawnAt } = kept;
    const state = withdrawnAt !== null ? 'withdrawn' : clock.now() >= until ? 'ended' : 'valid';
    return { authorisationId, agentNameMasked, agentIdNumberMasked, items: [...items], givenAt, until, state };
  }

  async function own(terminalId: string, identityToken: string): Promise<Result<Depositor>> {
    const token = await tokens.read(terminalId, identityToken);
    if (!token.ok) return token;
    // Somebody who acts for another does not hand that on.
    if (token.value.agent !== null) return fail('E1214', 'agent');
    const enough = reaches(tokens.stateOf(token.value), 'L2', []);
    return enough.ok ? person(token.value.depositorId) : enough;
  }

  /** What lets the agent act, and for whom. */
  async function authority(
    request: PlatformRequest<'actFor'>['authority'],
    agent: Depositor,
  ): Promise<Result<{ depositor: Depositor; items: readonly string[]; reference: string }>> {
    if (request.kind === 'paper') {
      const found = await personOfCard(parts, request.card);
      return found.ok ? ok({ depositor: found.value, items: [], reference: 'paper' }) : found;
    }
    const open = await tries.open('appCode', `agent ${agent.depositorId}`);
    if (!open.ok) return open;
    const code = parseResumeCode(request.code);
    const kept = code.ok ? await store.authorisationByCode(codeHash(code.value)) : undefined;
    if (!kept || kept.agentHash !== agentHash(agent.idNumber) || told(kept).state !== 'valid') {
      await tries.count('appCode', `agent ${agent.depositorId}`);
      return fail('E1214');
    }
    await tries.clear('appCode', `agent ${agent.depositorId}`);
    const depositor = await person(kept.depositorId);
    if (!depositor.ok) return depositor;
    return ok({ depositor: depositor.value, items: kept.items, reference: kept.authorisationId });
  }

  return {
    async actFor(terminalId, { identityToken, authority: wanted }) {
      const token = await tokens.read(terminalId, identityToken);
      if (!token.ok) return token;
      const { agent: behind, factors, expiresAt } = token.value;
      // The agent's own card is on record; a phone or a bank card alone is not.
      if (behind !== null || !factors.some(({ kind }) => kind === 'idCard')) return fail('E1214', 'ID card');
      const agent = await person(token.value.depositorId);
      if (!agent.ok) return agent;
      const found = await authority(wanted, agent.value);
      if (!found.ok) return found;
      const { depositor, items, reference } = found.value;
      if (depositor.depositorId === agent.value.depositorId) return fail('E1214', 'the same person');
      const acting: ActingAgent = {
        nameMasked: maskName(agent.value.name),
        idNumberMasked: maskIdNumber(agent.value.idNumber),
        authority: wanted.kind,
        items: [...items],
      };
      await note(terminalId, 'identity.agent', depositor.depositorId, {
        authority: wanted.kind,
        reference,
        agent: acting.nameMasked,
        agentNumber: acting.idNumberMasked,
        ...(wanted.kind === 'paper' ? { paper: wanted.paperNumber !== null } : {}),
      });
      const { depositorId } = depositor;
      const issued = await tokens.issue({ terminalId, depositorId, factors, agent: acting, expiresAt });
      const { name, idNumber, phone } = depositor;
      return ok({
        identityToken: issued.identityToken,
        ...issued.state,
        person: { name, idNumber, phoneMasked: phone === null ? null : maskPhone(phone) },
      });
    },

    async authorise(terminalId, { identityToken, agent, items, days }) {
      const giver = await own(terminalId, identityToken);
      if (!giver.ok) return giver;
      const number = numberOnCard(agent.idNumber);
      if (!number.ok) return number;
      if (number.value === giver.value.idNumber) return fail('E1214', 'the same person');
      const now = clock.now();
      const code = makeResumeCode((count) => randomBytes(count));
      const kept: KeptAuthorisation = {
        authorisationId: newId(now),
        depositorId: giver.value.depositorId,
        codeHash: codeHash(code),
        agentHash: agentHash(number.value),
        agentNameMasked: maskName(agent.name),
        agentIdNumberMasked: maskIdNumber(number.value),
        items,
        givenAt: now,
        until: now + days * DAY_MS,
        withdrawnAt: null,
      };
      await store.addAuthorisation(kept);
      await note(terminalId, 'identity.authorised', kept.authorisationId, { items, days });
      return ok({ ...told(kept), code });
    },

    async authorisations(terminalId, identityToken) {
      const giver = await own(terminalId, identityToken);
      if (!giver.ok) return giver;
      const kept = await store.authorisationsOf(giver.value.depositorId);
      return ok({ authorisations: kept.map(told) });
    },

    async withdrawAuthorisation(terminalId, { identityToken, authorisationId }) {
      const giver = await own(terminalId, identityToken);
      if (!giver.ok) return giver;
      const gone = await store.withdrawAuthorisation(authorisationId, giver.value.depositorId, clock.now());
      if (!gone) return fail('E1214');
      await note(terminalId, 'identity.withdrawn', authorisationId, {});
      return ok(told(gone));
    },
  };
}
