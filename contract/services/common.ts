import { z } from 'zod';

/** A code of the error catalogue. */
export const Code = z.string().regex(/^E\d{4}$/);

export const Language = z.enum(['zh', 'en']);
export type Language = z.infer<typeof Language>;

/** UTC milliseconds. */
export const Instant = z.number().int().nonnegative();
/** Calendar date, YYYY-MM-DD. */
export const DateText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** Calendar month, YYYY-MM. */
export const MonthText = z.string().regex(/^\d{4}-\d{2}$/);
/** Integer fen (1/100 yuan). */
export const Fen = z.number().int();
export const Words = z.object({ zh: z.string(), en: z.string() });
export type Words = z.infer<typeof Words>;

/** What became of an operation that moved something or changed something. Unknown is an outcome, not an error. */
export const Outcome = z.enum(['done', 'failed', 'unknown']);
export type Outcome = z.infer<typeof Outcome>;
