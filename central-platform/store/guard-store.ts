/** How often something may be tried: `most` times in a window; the first try too many locks for `lockMs`. */
export interface GuardRule {
  readonly most: number;
  readonly windowMs: number;
  readonly lockMs: number;
}

/** Counters of tries, shared by every process. Keys are keyed hashes: the table tells nobody whose they are. */
export interface GuardStore {
  /** Counts one try and says how many there were in this window and when it ends. One statement. */
  count(key: string, rule: GuardRule, at: number): Promise<{ readonly tries: number; readonly endsAt: number }>;
  /** Without counting; undefined: no window is open. */
  look(key: string, at: number): Promise<{ readonly tries: number; readonly endsAt: number } | undefined>;
  clear(key: string): Promise<void>;
  /** Forgets windows that ended before. */
  sweep(before: number): Promise<void>;
}
