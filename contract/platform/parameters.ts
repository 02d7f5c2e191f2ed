import { z } from 'zod';
import { Fen, Instant } from '../services/common.ts';

const words = (zh: number, en: number) => z.object({ zh: z.string().min(1).max(zh), en: z.string().min(1).max(en) });
/** What a depositor reads on a screen that says little else. */
const Announcement = words(80, 200);
/** What stands in a band above whatever is on the screen, or on a tile. */
const Line = words(40, 90);

/** The channel 50 (self-service terminal) as a whole: open, or stopped with the centre's words. */
export const Channel = z.discriminatedUnion('state', [
  z.object({ state: z.literal('open') }),
  z.object({
    state: z.literal('stopped'),
    /** Why, and until when if that is known. */
    words: Announcement,
    /** Where to go instead. */
    instead: Announcement,
  }),
]);
export type Channel = z.infer<typeof Channel>;

/** How much may wait on a terminal for its platform. Zero: none at all. */
export const Caps = z.object({
  /** Requests not acknowledged yet. */
  mostWaiting: z.number().int().min(0).max(100_000),
  /** One request that moves money, when it is taken offline. */
  mostAmountFen: Fen.min(0),
  /** All requests not acknowledged yet together. */
  mostWaitingAmountFen: Fen.min(0),
  /** Nothing more is taken offline once what a depositor left first has waited longer. */
  oldestHours: z.number().int().min(1).max(8_784),
  /** Requests of one person taken offline in one day (China time). */
  perPersonDay: z.number().int().min(0).max(1_000),
});
export type Caps = z.infer<typeof Caps>;

export const Notice = z.object({
  id: z.string().max(40),
  level: z.enum(['emergency', 'information']),
  words: Line,
  /** Not shown after it; null: until the centre takes it back. */
  until: Instant.nullable(),
});
export type Notice = z.infer<typeof Notice>;

const days = (least: number) => z.number().int().min(least).max(3_660);

/** What the centre decides about a terminal while it runs. It reaches the terminal only signed (downlink.ts). */
export const Parameters = z.object({
  /** Between two heartbeats; a stop of the channel is obeyed within one of them. */
  heartbeatSeconds: z.number().int().min(5).max(300),
  channel: Channel,
  /** Items stopped beside those the catalogue closes, each with its reason. */
  stoppedItems: z.array(z.object({ id: z.string().regex(/^[A-Z]\d{2}$/), words: Line })).max(50),
  notices: z.array(Notice).max(5),
  caps: Caps,
  /**
   * How long entries stay on the terminal after they were acknowledged, and the keys of their personal fields. Audit:
   * thirteen months at least.
   */
  retentionDays: z.object({ business: days(30), audit: days(400), telemetry: days(1), keys: days(1) }),
});
export type Parameters = z.infer<typeof Parameters>;

/** What holds until the first parameters come: service as the catalogue says, money never offline, a month of patience. */
export const SAFE_PARAMETERS: Parameters = {
  heartbeatSeconds: 15,
  channel: { state: 'open' },
  stoppedItems: [],
  notices: [],
  caps: { mostWaiting: 500, mostAmountFen: 0, mostWaitingAmountFen: 0, oldestHours: 31 * 24, perPersonDay: 10 },
  retentionDays: { business: 400, audit: 400, telemetry: 30, keys: 30 },
};
