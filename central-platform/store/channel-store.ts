/** A channel as it is kept: what is public of it as JSON (channels/settings.ts), its secrets as keyed hashes. */
export interface ChannelRow {
  /** Two digits: 50 is the self-service terminal. */
  readonly code: string;
  readonly appId: string;
  readonly keyHash: string | null;
  readonly tokenHash: string | null;
  /** JSON. */
  readonly settings: string;
  /** Counts up with every change. */
  readonly version: number;
  readonly changedAt: number;
}

export interface ChannelStore {
  list(): Promise<readonly ChannelRow[]>;
  get(code: string): Promise<ChannelRow | undefined>;
  byAppId(appId: string): Promise<ChannelRow | undefined>;
  /** Only when nobody knows this code yet; what stands is never overwritten by a start. */
  seed(row: ChannelRow): Promise<void>;
  /** Only if it still has the version before (`row.version - 1`); false: somebody was faster. */
  replace(row: ChannelRow): Promise<boolean>;
  remove(code: string): Promise<boolean>;
  /**
   * Adds to what a channel has used today, unless that would pass `most`, in one statement, so that processes cannot share the last
   * place. The new sum, or undefined: it was not added. `what`: `calls`, or `money <item>` in fen.
   */
  use(code: string, day: string, what: string, by: number, most: number): Promise<number | undefined>;
  /** Sums of a day, by channel and what. */
  used(day: string): Promise<readonly { readonly code: string; readonly what: string; readonly amount: number }[]>;
  /** As `use`, of an item and whoever or whatever is counted there: a keyed hash, or `all`. False: it was not added. */
  useItem(day: string, item: string, what: string, by: number, most: number): Promise<boolean>;
  /** Counts of days before this one. */
  forgetItemUse(before: string): Promise<void>;
  holidays(): Promise<readonly { readonly date: string; readonly zh: string; readonly en: string }[]>;
  setHoliday(date: string, words: { readonly zh: string; readonly en: string } | null): Promise<void>;
}
