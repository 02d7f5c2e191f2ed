import { z } from 'zod';
import { DateText, Instant, Reason, Words } from './common.ts';
import { get, page, Paged, post } from './route.ts';

export const AnomalyRule = z.enum([
  'manyPrints',
  'failedIdentity',
  'clockJump',
  'nightActivity',
  'manyRequests',
  'manyReveals',
  'journalTampering',
]);
export type AnomalyRule = z.infer<typeof AnomalyRule>;

export const Anomaly = z.object({
  anomalyId: z.number().int(),
  rule: AnomalyRule,
  words: Words,
  /** Terminal, staff login or a session: never a person's number. */
  subject: z.string(),
  /** China day it belongs to. */
  day: DateText,
  count: z.number().int(),
  /** What the rule allows. */
  threshold: z.number().int(),
  firstAt: Instant,
  lastAt: Instant,
  state: z.enum(['open', 'harmless', 'acted']),
  settledBy: z.string().nullable(),
  comment: z.string().nullable(),
});
export type Anomaly = z.infer<typeof Anomaly>;

export const RegisterEntry = z.object({
  entryId: z.number().int(),
  what: z.enum(['commitmentBroken', 'badFaith']),
  name: z.string().nullable(),
  requestNumber: z.string(),
  from: Instant,
  until: DateText,
  state: z.enum(['inForce', 'expired', 'lifted']),
  reason: z.string(),
  by: z.string(),
  approvedBy: z.string(),
});

export const riskRoutes = {
  anomalies: get(
    '/anomalies',
    z.object({ ...Paged, state: z.enum(['open', 'harmless', 'acted']).optional() }),
    page(Anomaly),
  ),
  settleAnomaly: post(
    '/anomalies/:anomalyId',
    z.object({
      anomalyId: z.coerce.number<number>().int().positive(),
      state: z.enum(['harmless', 'acted']),
      comment: Reason,
    }),
    Anomaly,
  ),
  register: get('/register', z.object({}), z.object({ rows: z.array(RegisterEntry) })),
};
