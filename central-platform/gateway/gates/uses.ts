import type { PlatformRoutes } from '@kiosk/contract/platform/api.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { z } from 'zod';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Identity } from '../../identity/identity.ts';
import type { Vault } from '../../vault.ts';
import type { GateFacts, ItemUse } from './facts.ts';

/**
 * Calls that are a use, of which item, and what is one of them: a paper that is issued, a request that is confirmed, a question that is
 * answered. An operation asked for again, and every further page of one visit, is the same use. A question that another item begins
 * with (a paper, a request) is no use of that one: it has its own.
 */
const ACT: { readonly [R in keyof PlatformRoutes]?: { readonly by: 'operation' | 'visit'; readonly items: RegExp } } = {
  account: { by: 'visit', items: /^Q/ },
  details: { by: 'visit', items: /^Q/ },
  history: { by: 'visit', items: /^Q/ },
  interest: { by: 'visit', items: /^Q/ },
  loanPlan: { by: 'visit', items: /^Q/ },
  loanHistory: { by: 'visit', items: /^Q/ },
  withdrawalCheck: { by: 'visit', items: /^Q/ },
  progress: { by: 'visit', items: /^Q/ },
  issueStatement: { by: 'operation', items: /./ },
  issueDocument: { by: 'operation', items: /./ },
  confirmRequest: { by: 'operation', items: /./ },
};
const Named = z.object({ identityToken: z.string().optional(), operationId: z.string().optional() });

export interface TerminalUses {
  /** undefined: the call is no use of this item. */
  of(terminalId: string, route: keyof PlatformRoutes, request: unknown, item: string): Promise<ItemUse | undefined>;
}

/** Whose use it is, as a hash that is good for one day: no two days of a person can be laid beside each other. */
export function createTerminalUses(parts: {
  readonly clock: Clock;
  readonly identity: Pick<Identity, 'depositor'>;
  readonly vault: Vault;
}): TerminalUses {
  const { clock, identity, vault } = parts;
  return {
    async of(terminalId, route, request, item) {
      const kind = ACT[route]?.items.test(item) ? ACT[route].by : undefined;
      const { identityToken, operationId } = Named.safeParse(request).data ?? {};
      const act = kind === 'operation' ? operationId : identityToken;
      if (kind === undefined || act === undefined) return undefined;
      const day = shanghaiDate(clock.now());
      const person =
        identityToken === undefined ? undefined : await identity.depositor(terminalId, identityToken, 'L1');
      return {
        person: person?.ok ? useHash(vault, day, person.value.depositorId) : null,
        act: useHash(vault, day, actOf(terminalId, act)),
      };
    },
  };
}

export const useHash = (vault: Vault, day: string, what: string): string => vault.hash(`item use ${day}`, what);
const actOf = (terminalId: string, operationId: string): string => `${terminalId} ${operationId}`;

/** A request that passed no gate when it was left: offline, or taken with less than it needs. */
export interface CaseUses {
  /** Counts it on the day it is taken up; person, day: that limit is reached, and it is not counted. */
  count(left: {
    readonly item: string;
    readonly terminalId: string;
    readonly operationId: string;
    /** null: nobody said who it is. */
    readonly depositorId: string | null;
  }): Promise<'counted' | 'person' | 'day'>;
}

export function createCaseUses(parts: {
  readonly clock: Clock;
  readonly vault: Vault;
  /** Known when the channels are up. */
  readonly facts: () => Pick<GateFacts, 'item' | 'countUse'>;
}): CaseUses {
  const { clock, vault, facts } = parts;
  return {
    async count({ item, terminalId, operationId, depositorId }) {
      const limits = (await facts().item(item))?.uses;
      if (!limits) return 'counted';
      const day = shanghaiDate(clock.now());
      const person = depositorId === null ? null : useHash(vault, day, depositorId);
      const use = { person, act: useHash(vault, day, actOf(terminalId, operationId)) };
      const told = await facts().countUse?.(item, day, use, limits);
      return told === 'person' || told === 'day' ? told : 'counted';
    },
  };
}
