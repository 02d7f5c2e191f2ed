import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Depositor } from '../core/core-system.ts';
import type { Passes } from './passes.ts';
import type { Caller } from './sign-in.ts';

/** The electronic provident fund card. A national code service takes the same place; whoever reads it learns the person's handle. */
export interface ECard {
  show(person: Depositor, channel: string): Promise<{ readonly code: string; readonly expiresAt: number }>;
  /** Once. Errors: E2602, E2607. */
  read(code: string, by: Caller): Promise<Result<string>>;
}

/** The plain default: twenty digits that hold for a minute; a new one ends the one before. */
export function localCard(passes: Passes): ECard {
  return {
    async show({ depositorId }, channel) {
      await passes.end('card', depositorId);
      return passes.issue('card', { depositorId, channel, content: {} });
    },
    async read(code, { address, channel }) {
      const taken = await passes.take('card', code, { address, channel });
      if (!taken.ok) return taken;
      return taken.value.depositorId === null ? fail('E2602') : ok(taken.value.depositorId);
    },
  };
}
