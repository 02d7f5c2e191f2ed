import { z } from 'zod';
import type { SecurityStore } from '../store/store.ts';

/** Beyond this a clock is told: signatures of what comes down hold ten minutes either way, codes of a person five. */
const TOLERATED_MS = 120_000;

const Told = z.object({ at: z.number() });

/** How far a terminal's clock is ahead, if that is worth a word. */
export function clockAhead(at: number | undefined, now: number): number | undefined {
  if (at === undefined || Math.abs(at - now) <= TOLERATED_MS) return undefined;
  return at - now;
}

/**
 * What the answer to a heartbeat says of the terminal's clock. An event is noted when it goes wrong, not with every heartbeat:
 * the one before is compared, with the moment at which it was received.
 */
export async function judgeClock(
  security: SecurityStore,
  terminal: { readonly terminalId: string; readonly heartbeat: unknown; readonly lastSeenAt: number | null },
  at: number | undefined,
  now: number,
): Promise<{ readonly code: string; readonly aheadMs: number } | undefined> {
  const aheadMs = clockAhead(at, now);
  if (aheadMs === undefined) return undefined;
  const before = Told.safeParse(terminal.heartbeat).data?.at;
  const wasWrong = terminal.lastSeenAt !== null && clockAhead(before, terminal.lastSeenAt) !== undefined;
  if (!wasWrong) {
    const detail = `clock is ${Math.round(aheadMs / 1000)} s ahead`;
    await security.record({ at: now, code: 'E3113', terminalId: terminal.terminalId, detail });
  }
  return { code: 'E3113', aheadMs };
}
