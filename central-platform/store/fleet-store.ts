import type { Terminal } from './store.ts';

/** In the order in which somebody should look: what stands still first. */
export const HEALTHS = ['silent', 'fault', 'stopped', 'warning', 'never', 'ready', 'revoked'] as const;
export type Health = (typeof HEALTHS)[number];

/** What a terminal's state depends on besides itself. */
export interface FleetNow {
  /** Whoever was heard last before it is silent. UTC ms. */
  readonly silentSince: number;
  /** The terminals' channel is stopped. */
  readonly stopped: boolean;
}

export interface FleetRow {
  readonly terminal: Terminal;
  readonly health: Health;
  readonly branchId: string | null;
  readonly hall: string | null;
  readonly position: { readonly x: number; readonly y: number } | null;
}

export interface FleetQuestion extends FleetNow {
  readonly health?: Health | undefined;
  readonly branchId?: string | undefined;
  /** Part of a number, a hall or a version; or one of the branches whose names hold it. */
  readonly words?: { readonly text: string; readonly branchIds: readonly string[] } | undefined;
  /** The last row of the page before. */
  readonly after?: { readonly health: Health; readonly terminalId: string } | undefined;
  readonly limit: number;
}

/** Terminals that stand in one place and in one state. */
export interface FleetSpot {
  readonly branchId: string | null;
  readonly position: { readonly x: number; readonly y: number } | null;
  readonly health: Health;
  readonly admitted: boolean;
  readonly amount: number;
  /** The first of them. */
  readonly terminalId: string;
}

export type Released = 'catalogue' | 'parameters' | 'command';

/** The fleet as somebody looks at it: counted, sorted and cut into pages where it lies. */
export interface FleetStore {
  counts(now: FleetNow): Promise<Readonly<Record<Health, number>>>;
  /** The worst first, then by number. */
  page(question: FleetQuestion): Promise<readonly FleetRow[]>;
  one(terminalId: string, now: FleetNow): Promise<FleetRow | undefined>;
  spots(now: FleetNow): Promise<readonly FleetSpot[]>;
  /** Program versions as terminals report them, and how many run each. */
  programs(): Promise<readonly { readonly version: string; readonly terminals: number }[]>;
  /** How many admitted terminals have applied which version of what. */
  applied(kind: Released): Promise<readonly { readonly version: number; readonly terminals: number }[]>;
  /** Of single terminals. */
  appliedBy(
    terminalIds: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly admitted: boolean } & Readonly<Record<Released, number | null>>>>;
  /** Admitted ones, and those heard of since an instant. */
  activeSince(since: number): Promise<{ readonly registered: number; readonly active: number }>;
}
