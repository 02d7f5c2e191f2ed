/**
 * How long ago something was, in a machine whose clock may be set to anything: time counts only as far as two witnesses
 * agree. One is the platform, which says its time in every heartbeat. The other is, while the program runs, the clock
 * that cannot be set, and across a restart the wall clock. Whoever jumps ahead is outvoted by the other; a jump back
 * counts as nothing. A terminal that hears nobody grows no older, and so destroys nothing.
 */
export interface ProvenTime {
  /** ms proven to have passed since the journal was made (or since this was first asked). Never goes back. */
  readonly elapsedMs: number;
  /** What the platform's clock and ours said when the platform was last heard, UTC ms; null: never heard. */
  readonly heard: { readonly platformAt: number; readonly wallAt: number } | null;
}

export interface Hearing {
  /** `serverTime` of a heartbeat, UTC ms. */
  readonly platformAt: number;
  /** Our wall clock, UTC ms. */
  readonly wallAt: number;
  /** ms by the clock that cannot be set since the last hearing; undefined: that was in a former run. */
  readonly steadyMs: number | undefined;
}

/**
 * Across a restart both witnesses may have been set by the same wrong time server, so that one restart counts for no more
 * than the longest holiday a hall is closed for.
 */
export const MOST_ACROSS_RESTART_MS = 10 * 24 * 3_600_000;

export const NEVER_HEARD: ProvenTime = { elapsedMs: 0, heard: null };

export function hear(before: ProvenTime, { platformAt, wallAt, steadyMs }: Hearing): ProvenTime {
  const heard = { platformAt, wallAt };
  if (before.heard === null) return { elapsedMs: before.elapsedMs, heard };
  const byPlatform = platformAt - before.heard.platformAt;
  const byOurs = steadyMs ?? Math.min(wallAt - before.heard.wallAt, MOST_ACROSS_RESTART_MS);
  return { elapsedMs: before.elapsedMs + Math.max(0, Math.floor(Math.min(byPlatform, byOurs))), heard };
}
