import { z } from 'zod';
import { DateText, Hours, Instant, Position, Text, Words } from './common.ts';
import { SlotTemplate } from './changes.ts';
import { get, Nothing, post, QueryCount } from './route.ts';

export const BranchLine = z.object({
  branchId: z.string(),
  name: Words,
  address: z.string().nullable(),
  hours: z.array(Hours),
  counters: z.number().int().nullable(),
  position: Position.nullable(),
  /** People waiting, and who said so when; null: nobody has. Older than 30 minutes is shown as old. */
  waiting: z.number().int().nullable(),
  waitingAt: Instant.nullable(),
  terminals: z.number().int(),
  terminalsReady: z.number().int(),
});
export type BranchLine = z.infer<typeof BranchLine>;

export const SlotDay = z.object({
  date: DateText,
  topicId: z.string(),
  topic: Words,
  half: z.enum(['morning', 'afternoon']),
  /** null: no template says how many; requests are taken and a person decides. */
  capacity: z.number().int().nullable(),
  booked: z.number().int(),
});

export const FlowPoint = z.object({ hour: z.number().int().min(0).max(23), sessions: z.number().int() });

export const Advice = z.object({
  branchId: z.string(),
  /** busy: many wait or its terminals stand still. */
  why: z.enum(['waiting', 'terminals', 'cap', 'stopped']),
  words: Words,
  /** Where to send people instead. */
  towards: z.array(z.object({ kind: z.enum(['branch', 'channel']), id: z.string(), words: Words })),
});
export type Advice = z.infer<typeof Advice>;

export const Flow = z.object({
  at: Instant,
  today: DateText,
  /** Sessions by hour of this day (China time), all terminals. */
  hours: z.array(FlowPoint),
  /** The same hours, average of the seven days before. */
  usual: z.array(FlowPoint),
  channels: z.array(
    z.object({ channelId: z.string(), name: Words, today: z.number().int(), cap: z.number().int().nullable() }),
  ),
  branches: z.array(
    BranchLine.extend({
      sessionsLastHour: z.number().int(),
      load: z.enum(['free', 'normal', 'busy', 'unknown']),
    }),
  ),
  advice: z.array(Advice),
});
export type Flow = z.infer<typeof Flow>;

const One = { branchId: z.string().max(40) };

export const branchRoutes = {
  flow: get('/flow', z.object({}), Flow),
  branches: get('/branches', z.object({}), z.object({ rows: z.array(BranchLine), templates: z.array(SlotTemplate) })),
  slots: get(
    '/branches/:branchId/slots',
    z.object({ ...One, days: QueryCount.min(1).max(60).default(14) }),
    z.object({ rows: z.array(SlotDay) }),
  ),
  saveBranch: post(
    '/branches/:branchId',
    z.object({
      ...One,
      address: Text(120).nullable(),
      hours: z.array(Hours).max(4),
      counters: z.number().int().min(0).max(200).nullable(),
      position: Position.nullable(),
    }),
    Nothing,
  ),
  /** A branch without a queue machine tells it by hand. */
  reportWaiting: post(
    '/branches/:branchId/waiting',
    z.object({ ...One, waiting: z.number().int().min(0).max(5_000) }),
    Nothing,
  ),
};
