import { z } from 'zod';
import { Instant, Reason, Words } from './common.ts';
import { post } from './route.ts';

export const RevealField = z.enum(['name', 'idNumber', 'phone', 'text']);
export type RevealField = z.infer<typeof RevealField>;

export const Hit = z.object({
  kind: z.enum(['request', 'document', 'message']),
  /** Request or document number, or the number under which a message is kept. */
  id: z.string(),
  item: z.string().nullable(),
  what: Words,
  state: z.string(),
  at: Instant,
  terminalId: z.string().nullable(),
  channelId: z.string(),
  /** Masked by the house rule; null: not known. */
  name: z.string().nullable(),
  idNumber: z.string().nullable(),
  phone: z.string().nullable(),
  /** What `reveal` can show of it. */
  fields: z.array(RevealField),
});
export type Hit = z.infer<typeof Hit>;

export const searchRoutes = {
  /**
   * By a number somebody brings; by a phone or a person, what was sent there as well. An ID number or phone travels in the body, is
   * hashed and never logged.
   */
  search: post(
    '/search',
    z.object({
      by: z.enum(['number', 'idNumber', 'phone', 'terminalId']),
      value: z.string().trim().min(4).max(60),
    }),
    z.object({ rows: z.array(Hit), more: z.boolean() }),
  ),
  /** One field of one record for 15 seconds, with a reason; each is an entry of the audit log. E2508, E2515 too many. */
  reveal: post(
    '/reveals',
    z.object({
      kind: z.enum(['request', 'workOrder', 'message']),
      id: z.string().max(60),
      field: RevealField,
      reason: Reason,
    }),
    z.object({ value: z.string().nullable(), seconds: z.number().int() }),
  ),
};
