import type { CalendarDate } from '@kiosk/domain/dates.ts';
import type { Diversion } from '@kiosk/contract/platform/api.ts';
import type { Words } from '@kiosk/contract/services/common.ts';

/** A call as the gates see it: who calls, by which channel, for what. Nothing of the person it is about. */
export interface Asked {
  /** Of a terminal its number; of another channel what it was registered with. */
  readonly applicationId: string;
  /** Two digits: 10 app, 20 WeChat, 30 portal, 40 web hall, 50 self-service terminal, 60 hotline, 70 SMS, 80 microblog. */
  readonly channel: string;
  readonly centreId: string;
  /** The caller proved its key: a terminal by its certificate, another channel by whatever it signs with. */
  readonly keyProven: boolean;
  /** A terminal's certificate stands for a token. */
  readonly token: 'good' | 'missing' | 'expired' | 'wrong';
  /** Q01, P01 …; null: before one is chosen, as when a person says who they are. */
  readonly item: string | null;
  /** The name of the route, e.g. `issueStatement`. */
  readonly interfaceName: string;
  /** What the call would move, in fen; null: no money. */
  readonly amountFen: number | null;
  /** One use of the item, where the call is one; asked only when the item has a limit of uses. */
  readonly use?: ((item: string) => Promise<ItemUse | undefined>) | undefined;
  /** Other open items the call may be for, where it does not say: a limit of uses shuts it only when it shuts all of them. */
  readonly orFor?: readonly string[] | undefined;
}

/** Keyed hashes, good for a day. */
export interface ItemUse {
  /** null: nobody said who it is. */
  readonly person: string | null;
  /** The operation or the visit: asked again it is the same use. */
  readonly act: string;
}

export interface ApplicationFacts {
  readonly channel: string;
  readonly centreId: string;
  readonly state: 'enabled' | 'stopped';
  /** The centre's words for a stop. */
  readonly stoppedWords?: Words | undefined;
  /** First and last day, both inside; null: open. */
  readonly validFrom: CalendarDate | null;
  readonly validTo: CalendarDate | null;
  /** When the channel answers, as `ItemFacts.hours`; null or absent: all day. */
  readonly hours?: { readonly from: number; readonly to: number } | null;
}

export interface ItemFacts {
  readonly channels: readonly string[];
  readonly state: 'started' | 'paused';
  /** Why it is paused. */
  readonly pausedWords?: Words | undefined;
  /** Not served on a day of the centre's holidays. */
  readonly closedOnHolidays?: boolean;
  /** Uses in a day, of one person and of everybody; null: no limit. */
  readonly uses?: { readonly perPersonDay: number | null; readonly perDay: number | null } | null;
  /** Present: the item moves money. Limits in fen, null: none. */
  readonly money: { readonly singleFen: number | null; readonly dailyFen: number | null } | null;
  /** Days of the month, 1 to 31, both inside; `from` after `to` runs over the end of the month. */
  readonly days: { readonly from: number; readonly to: number } | null;
  /** Minutes since midnight, China time; `to` not inside; `from` after `to` runs over midnight. */
  readonly hours: { readonly from: number; readonly to: number } | null;
  /** Names of the routes registered for it. */
  readonly interfaces: readonly string[];
}

/**
 * What the gates need to know. The channels' room answers it; the gates ask in their order and no further than the first
 * that is shut.
 */
export interface GateFacts {
  application(applicationId: string): Promise<ApplicationFacts | undefined>;
  item(item: string): Promise<ItemFacts | undefined>;
  holiday(date: CalendarDate): Promise<boolean>;
  /** Counts this call for its channel, unless the channel is at its cap. */
  countCall(channel: string, at: number): Promise<{ readonly overCapForSeconds: number | null }>;
  /** Moved today by this channel for this item, in fen. */
  movedToday(channel: string, item: string, date: CalendarDate): Promise<number>;
  /** Counts what will be moved, in one step with the check of the limit; false: it would pass it. */
  countMoney(channel: string, item: string, date: CalendarDate, amountFen: number, dailyFen: number): Promise<boolean>;
  /** Counts one use, unless it is counted already or a limit is reached, which is named. */
  countUse?(
    item: string,
    date: CalendarDate,
    use: ItemUse,
    limits: NonNullable<ItemFacts['uses']>,
  ): Promise<'counted' | 'known' | 'person' | 'day'>;
  /** What came to nothing is not counted. */
  releaseUse?(item: string, date: CalendarDate, use: ItemUse): Promise<void>;
  /** Where to send somebody who is not served here now. */
  diversion(channel: string, item: string | null): Promise<Diversion>;
}
