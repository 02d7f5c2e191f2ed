import { Channel } from '@kiosk/contract/platform/parameters.ts';
import { DateText, Words } from '@kiosk/contract/services/common.ts';
import { z } from 'zod';
import { Hours } from '../management/contract/common.ts';

export const ChannelCode = z.string().regex(/^\d{2}$/);

/** What of a channel can be changed while it stands; its state is changed apart. */
export const ChannelFields = z.strictObject({
  /** Sub-channel of: what is stopped or out of its dates there is so here. */
  parent: ChannelCode.nullable(),
  name: Words,
  appId: z.string().regex(/^[a-z0-9-]{2,40}$/),
  /** First and last day, both inside; null: open. */
  validFrom: DateText.nullable(),
  validTo: DateText.nullable(),
  enabled: z.boolean(),
  /** When it answers on a day; none: all day. */
  hours: z.array(Hours).max(4),
  /** Calls in a day (China time) over all callers; null: as many as come. */
  flowCap: z.number().int().min(0).nullable(),
  /** Items it offers where no rule of the item says otherwise. */
  items: z.union([z.literal('all'), z.array(z.string().regex(/^[A-Z]\d{2}$/)).max(100)]),
  /** Terminals that belong to this sub-channel. */
  terminals: z.array(z.string().regex(/^\d{6}$/)).max(10_000),
  /** What somebody reads who is sent elsewhere from here; null: the centre's own sentence. */
  diversion: Words.nullable(),
  /** People are sent here from elsewhere. */
  diversionTarget: z.boolean(),
  /** This platform answers its calls; otherwise it is only listed and counted. */
  served: z.boolean(),
});

const { shape } = ChannelFields;

/**
 * A channel, as data. Codes and sub-channels are one centre's own list and stand nowhere else: another city writes another file.
 * Key and token are not here: the store keeps keyed hashes of them.
 */
export const ChannelSettings = z.strictObject({
  code: ChannelCode,
  ...shape,
  parent: shape.parent.default(null),
  validFrom: shape.validFrom.default(null),
  validTo: shape.validTo.default(null),
  enabled: shape.enabled.default(true),
  hours: shape.hours.default([]),
  flowCap: shape.flowCap.default(null),
  items: shape.items.default([]),
  terminals: shape.terminals.default([]),
  diversion: shape.diversion.default(null),
  diversionTarget: shape.diversionTarget.default(false),
  served: shape.served.default(true),
  /** Of the self-service terminal it stands in the signed parameters, not here: one state, seen from two sides. */
  state: Channel.default({ state: 'open' }),
});
export type ChannelSettings = z.infer<typeof ChannelSettings>;

/** The self-service terminal, whose state goes down to the machines signed. */
export const TERMINAL_CHANNEL = '50';
/** The platform's own web hall and its phone pages. */
export const WEB_CHANNEL = '40';
