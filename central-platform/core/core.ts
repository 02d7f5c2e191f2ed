import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { JIANGZHOU, type CityParameters } from '@kiosk/domain/city.ts';
import type { CoreStore } from '../store/core-store.ts';
import type { Vault } from '../vault.ts';
import type { CoreSystem } from './core-system.ts';
import { guardCore } from './guard.ts';
import { syntheticCore } from './synthetic-core.ts';

/** A terminal waits eight seconds for an interactive answer; the core has to be done well before. */
const DEADLINE_MS = 5_000;

export interface CoreParts {
  readonly clock: Clock;
  readonly store: CoreStore;
  readonly vault: Vault;
  readonly city?: CityParameters;
}

/** The core of a demonstration: the synthetic city, held to its word like any other system. A city puts its own adapter here. */
export function demonstrationCore({ clock, store, vault, city = JIANGZHOU }: CoreParts): CoreSystem {
  return guardCore(syntheticCore(clock, { books: { store, vault }, city }), { clock, deadlineMs: DEADLINE_MS });
}
