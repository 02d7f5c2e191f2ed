import { type Result, ok } from '@kiosk/contract/kernel/result.ts';
import type { PlatformAnswer, PlatformRequest } from '@kiosk/contract/platform/api.ts';
import type { Depositor } from '../core/core-system.ts';
import type { HandOver } from './handover.ts';
import { TERMINAL_CHANNEL } from './settings.ts';

export interface HandOverParts {
  readonly handOver: HandOver;
  /** Whom an identity token of this terminal stands for. */
  readonly depositor: (terminalId: string, identityToken: string) => Promise<Result<Depositor>>;
  readonly baseUrl: () => string;
}

/** The terminals' side of leaving here and going on there. */
export function handOverHandlers({ handOver, depositor, baseUrl }: HandOverParts) {
  async function who(terminalId: string, identityToken: string | undefined): Promise<Result<string | undefined>> {
    if (identityToken === undefined) return ok(undefined);
    const found = await depositor(terminalId, identityToken);
    return found.ok ? ok(found.value.depositorId) : found;
  }
  return {
    async leave(
      { terminalId }: { readonly terminalId: string },
      { identityToken, to, ...begun }: PlatformRequest<'leave'>,
    ): Promise<Result<PlatformAnswer<'leave'>>> {
      const person = await who(terminalId, identityToken);
      if (!person.ok) return person;
      const left = await handOver.leave(to, { depositorId: person.value ?? null, channel: TERMINAL_CHANNEL }, begun);
      if (!left.ok) return left;
      const { code, expiresAt } = left.value;
      return ok({ code, expiresAt, ...(to === 'phone' ? { url: new URL(`/m/h/${code}`, baseUrl()).href } : {}) });
    },
    async takeUp(
      { terminalId }: { readonly terminalId: string },
      { identityToken, code }: PlatformRequest<'takeUp'>,
    ): Promise<Result<PlatformAnswer<'takeUp'>>> {
      const person = await who(terminalId, identityToken);
      if (!person.ok) return person;
      const by = { depositorId: person.value, channel: TERMINAL_CHANNEL, address: terminalId };
      return handOver.take('resume', code, by);
    },
  };
}
