import { Instant, Words } from '@kiosk/contract/services/common.ts';
import { z } from 'zod';

export { Code, DateText, Fen, Instant, MonthText, Words } from '@kiosk/contract/services/common.ts';

export const TerminalId = z.string().regex(/^\d{6}$/);
export const ItemId = z.string().regex(/^[A-Z]\d{2}$/);
export const Login = z.string().regex(/^[a-z][a-z0-9.-]{1,31}$/);
/** Why something is done, in a person's words; stands in the audit log's own place and holds nobody's number. */
export const Reason = z.string().trim().min(2).max(300);
export const Text = (most: number) => z.string().trim().min(1).max(most);
export const WordsOf = (most: number) => z.object({ zh: Text(most), en: Text(most * 2) });

/** HH:MM to HH:MM, China time, `to` after `from`. */
export const Hours = z.object({ from: z.string().regex(/^\d\d:\d\d$/), to: z.string().regex(/^\d\d:\d\d$/) });
export type Hours = z.infer<typeof Hours>;

/** Where something lies on the centre's own city plan, in thousandths from its upper left corner. */
export const Position = z.object({ x: z.number().min(0).max(1000), y: z.number().min(0).max(1000) });
export type Position = z.infer<typeof Position>;

/** What somebody did to a case, in order. */
export const Step = z.object({
  at: Instant,
  /** Login, or `system`. */
  by: z.string(),
  /** e.g. proposed, approved, rejected, assigned, commented, answered, closed. */
  act: z.string(),
  text: z.string(),
});
export type Step = z.infer<typeof Step>;

/** When something has to be done, and how that stands. */
export const Deadline = z.object({
  dueAt: Instant,
  state: z.enum(['inTime', 'soon', 'overdue', 'done', 'doneLate']),
});
export type Deadline = z.infer<typeof Deadline>;

export const Named = z.object({ id: z.string(), name: Words });
