import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, ok } from '@kiosk/contract/kernel/result.ts';
import type { PlatformRoutes } from '@kiosk/contract/platform/api.ts';
import type { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import type { IdentityLevel } from '@kiosk/contract/platform/identity.ts';
import { isAtLeast } from '@kiosk/domain/identity-level.ts';
import { itemsOf } from '../gateway/gates/routes.ts';
import type { PlatformHandlers } from '../gateway/handlers.ts';
import type { Identity } from './identity.ts';

export interface LevelParts {
  readonly identity: Pick<Identity, 'allows'>;
  /** As it is published now: the level of an item is data. */
  readonly catalogue: () => Promise<Catalogue>;
  readonly clock: Clock;
}

/** A level that staff changed holds after this, ms; reading the catalogue for each call would cost more than the call. */
const KEPT_MS = 5_000;

/**
 * The same handlers, behind the level that the catalogue asks for the item of the call. A call whose item is not known yet is left
 * to its handler, which asks for two factors unless it says otherwise.
 */
export function askingLevels(handlers: PlatformHandlers, { identity, catalogue, clock }: LevelParts): PlatformHandlers {
  let known: { readonly at: number; readonly levels: Promise<ReadonlyMap<string, IdentityLevel>> } | undefined;
  async function published(): Promise<ReadonlyMap<string, IdentityLevel>> {
    if (!known || clock.monotonic() - known.at >= KEPT_MS) {
      const levels = catalogue().then(({ items }) => new Map(items.map(({ id, level }) => [id, level] as const)));
      known = { at: clock.monotonic(), levels };
      // What failed once is asked again.
      levels.catch(() => (known = undefined));
    }
    return known.levels;
  }
  async function may(route: keyof PlatformRoutes, terminalId: string, request: unknown): Promise<Result<void>> {
    const token = tokenIn(request);
    const items = itemsOf(route, request);
    if (token === undefined || items === undefined || items.length === 0) return ok();
    const levels = await published();
    const asked = items.flatMap((item) => levels.get(item) ?? []);
    if (asked.length === 0) return ok();
    const least = asked.reduce((low, level) => (isAtLeast(level, low) ? low : level));
    // That it is fresh and confirmed is asked of the act itself, not of looking at what it would do.
    return identity.allows(terminalId, token, least === 'L3' ? 'L2' : least, items);
  }
  const asking = (route: keyof PlatformRoutes) => {
    const handler = handlers[route] as (terminal: { terminalId: string }, request: unknown) => Promise<Result<unknown>>;
    return async (terminal: { terminalId: string }, request: unknown) => {
      const allowed = await may(route, terminal.terminalId, request);
      return allowed.ok ? handler(terminal, request) : allowed;
    };
  };
  const routes = Object.keys(handlers) as (keyof PlatformRoutes)[];
  return Object.fromEntries(routes.map((route) => [route, asking(route)])) as unknown as PlatformHandlers;
}

function tokenIn(request: unknown): string | undefined {
  const { identityToken } = (request ?? {}) as { readonly identityToken?: unknown };
  return typeof identityToken === 'string' ? identityToken : undefined;
}
