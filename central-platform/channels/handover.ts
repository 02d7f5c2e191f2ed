import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { Begun } from '@kiosk/contract/platform/handover.ts';
import type { Passes } from './passes.ts';

/** As JSON; a form is a page, not a file. */
const MOST_CHARACTERS = 16_000;

export interface Handed extends Begun {
  /** Channel it was left on. */
  readonly from: string;
}

/** Leaving on one channel and going on at another. Both codes work once, and for an identified person only for that person. */
export interface HandOver {
  /** `phone`: a token for a QR, minutes. `resume`: a short code to quote, two days. Errors: E9005 too large. */
  leave(
    to: 'phone' | 'resume',
    of: { readonly depositorId: string | null; readonly channel: string },
    begun: Begun,
  ): Promise<Result<{ readonly code: string; readonly expiresAt: number }>>;
  /** Whether this person must be identified first; tells nothing else. Errors: E2602, E2607. */
  look(
    to: 'phone',
    code: string,
    address: string,
  ): Promise<Result<{ readonly item: string; readonly personal: boolean }>>;
  /** Errors: E2602, E2607. */
  take(
    to: 'phone' | 'resume',
    code: string,
    by: { readonly depositorId: string | undefined; readonly channel: string; readonly address: string },
  ): Promise<Result<Handed>>;
}

export function createHandOver(passes: Passes): HandOver {
  const purpose = { phone: 'handOver', resume: 'resume' } as const;
  return {
    async leave(to, { depositorId, channel }, begun) {
      const content = Begun.safeParse(begun);
      if (!content.success || JSON.stringify(begun).length > MOST_CHARACTERS) return fail('E9005', 'form: too large');
      return ok(await passes.issue(purpose[to], { depositorId, channel, content: content.data }));
    },
    async look(to, code, address) {
      const found = await passes.look(purpose[to], code, { address });
      if (!found.ok) return found;
      return ok({ item: Begun.parse(found.value.content).item, personal: found.value.depositorId !== null });
    },
    async take(to, code, { depositorId, channel, address }) {
      const by = { depositorId, channel, address };
      const found = await passes.look(purpose[to], code, by);
      if (!found.ok) return found;
      // What an identified person left is for that person, identified again.
      if (found.value.depositorId !== null && depositorId === undefined) return fail('E2602');
      const taken = await passes.take(purpose[to], code, by);
      if (!taken.ok) return taken;
      return ok({ ...Begun.parse(taken.value.content), from: taken.value.channel });
    },
  };
}
