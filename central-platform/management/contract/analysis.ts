import { z } from 'zod';
import { DateText, Instant, MonthText, Words } from './common.ts';
import { FILE, get } from './route.ts';

const Span = { from: DateText, to: DateText };
const Ratio = z.number().min(0).max(1).nullable();

export const DayFigures = z.object({
  date: DateText,
  sessions: z.number().int(),
  /** Ended by the person after something was done. */
  finished: z.number().int(),
  abandoned: z.number().int(),
  requests: z.number().int(),
  prints: z.number().int(),
  printsFailed: z.number().int(),
  ratings: z.number().int(),
  satisfied: z.number().int(),
});

export const ItemFigures = z.object({
  channelId: z.string(),
  itemId: z.string(),
  name: Words,
  used: z.number().int(),
  completed: z.number().int(),
  completionRate: Ratio,
});

export const Analysis = z.object({
  ...Span,
  generatedAt: Instant,
  /** Nothing was recorded in this span. */
  empty: z.boolean(),
  days: z.array(DayFigures),
  items: z.array(ItemFigures),
  /** Time from a request to the answer, by step, ms. */
  responses: z.array(z.object({ step: z.string(), count: z.number().int(), p50: z.number(), p95: z.number() })),
  /** Where people stopped, most first. `failure` codes have the technician's words. */
  abandoned: z.array(z.object({ why: z.string(), words: Words, count: z.number().int() })),
  failures: z.array(z.object({ code: z.string(), step: z.string(), words: Words, count: z.number().int() })),
  /** Hot questions: topics of what people left. */
  topics: z.array(z.object({ topicId: z.string(), name: Words, count: z.number().int() })),
  channels: z.array(z.object({ channelId: z.string(), name: Words, count: z.number().int() })),
  ratings: z.object({
    satisfied: z.number().int(),
    fair: z.number().int(),
    dissatisfied: z.number().int(),
    /** Sessions without one. */
    none: z.number().int(),
    reasons: z.array(z.object({ reason: z.string(), words: Words, count: z.number().int() })),
  }),
  workOrders: z.object({
    received: z.number().int(),
    answeredInTime: z.number().int(),
    answeredLate: z.number().int(),
    open: z.number().int(),
    medianHours: z.number().nullable(),
  }),
});
export type Analysis = z.infer<typeof Analysis>;

/** Use of the channels in a month, in the four classes of the ministry's notices. */
export const UsageReport = z.object({
  month: MonthText,
  generatedAt: Instant,
  lines: z.array(
    z.object({
      channelId: z.string(),
      channel: Words,
      query: z.number().int(),
      publish: z.number().int(),
      interact: z.number().int(),
      handle: z.number().int(),
    }),
  ),
  terminals: z.object({ registered: z.number().int(), active: z.number().int() }),
  satisfactionRate: Ratio,
  complaints: z.number().int(),
  complaintsInTime: z.number().int(),
});
export type UsageReport = z.infer<typeof UsageReport>;

export const ExportList = z.enum([
  'fleet',
  'changes',
  'channels',
  'items',
  'knowledge',
  'branches',
  'workOrders',
  'deadlines',
  'analysis',
  'usageReport',
  'anomalies',
  'register',
  'cases',
  'releases',
  'quarantine',
  'audit',
  'security',
  'documents',
  'requests',
  'departments',
]);
export type ExportList = z.infer<typeof ExportList>;

export const analysisRoutes = {
  analysis: get('/analysis', z.object(Span), Analysis),
  usageReport: get('/usage-report', z.object({ month: MonthText }), UsageReport),
  /** A list as it stands, masked; who took it is logged. `from`/`to`, `month` where the list has them. */
  exportList: get(
    '/exports/:list',
    z.object({
      list: ExportList,
      format: z.enum(['csv', 'pdf']),
      language: z.enum(['zh', 'en']).default('zh'),
      from: DateText.optional(),
      to: DateText.optional(),
      month: MonthText.optional(),
    }),
    FILE,
  ),
};
