import type { PlatformRoutes } from '@kiosk/contract/platform/api.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { z } from 'zod';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Identity } from '../../identity/identity.ts';
import type { Vault } from '../../vault.ts';
import type { ItemUse } from './facts.ts';

/**
 * Calls that are a use of their item: a paper that is issued, a request that is confirmed, a question that is answered. An operation
 * asked for again, and every further page of one visit, is the same use. Lists that several items begin with are none.
 */
const ACT: { readonly [R in keyof PlatformRoutes]?: 'operation' | 'visit' } = {
  account: 'visit',
  details: 'visit',
  history: 'visit',
  interest: 'visit',
  loanPlan: 'visit',
  loanHistory: 'visit',
  withdrawalCheck: 'visit',
  progress: 'visit',
  earlyRepaymentTrial: 'visit',
  issueStatement: 'operation',
  issueDocument: 'operation',
  confirmRequest: 'operation',
};
const Named = z.object({ identityToken: z.string().optional(), operationId: z.string().optional() });

export interface TerminalUses {
  /** undefined: the call is no use. */
  of(terminalId: string, route: keyof PlatformRoutes, request: unknown): Promise<ItemUse | undefined>;
}

/** Whose use it is, as a hash that is good for one day: no two days of a person can be laid beside each other. */
export function createTerminalUses(parts: {
  readonly clock: Clock;
  readonly identity: Pick<Identity, 'depositor'>;
  readonly vault: Vault;
}): TerminalUses {
  const { clock, identity, vault } = parts;
  return {
    async of(terminalId, route, request) {
      const kind = ACT[route];
      const { identityToken, operationId } = Named.safeParse(request).data ?? {};
      const act = kind === 'operation' ? operationId : identityToken;
      if (kind === undefined || act === undefined) return undefined;
      const day = shanghaiDate(clock.now());
      const person =
        identityToken === undefined ? undefined : await identity.depositor(terminalId, identityToken, 'L1');
      return {
        person: person?.ok ? useHash(vault, day, person.value.depositorId) : null,
        act: useHash(vault, day, `${terminalId} ${act}`),
      };
    },
  };
}

export const useHash = (vault: Vault, day: string, what: string): string => vault.hash(`item use ${day}`, what);
