import { z } from 'zod';
import { Instant } from '../services/common.ts';

/** What somebody was doing: the item, how far, and what was filled in. */
export const Begun = z.object({
  item: z.string().max(10),
  step: z.string().max(40),
  form: z.record(z.string(), z.unknown()),
});
export type Begun = z.infer<typeof Begun>;

export const LeaveRequest = Begun.extend({
  /** Absent: nobody was identified, and nothing of a person is in the form. */
  identityToken: z.string().optional(),
  /** phone: for a QR, good for ten minutes. resume: a code to quote at a counter or another machine, good for two days. */
  to: z.enum(['phone', 'resume']),
});

export const Left = z.object({
  /** 'H7KM3PQZ' to be quoted, or the token in the address. Alone it reveals nothing: the person is identified again. */
  code: z.string(),
  /** What the QR holds; absent for a code that is quoted. */
  url: z.string().optional(),
  expiresAt: Instant,
});
export type Left = z.infer<typeof Left>;

/** `from`: the code of the channel it was left on. */
export const TakenUp = Begun.extend({ from: z.string() });
export type TakenUp = z.infer<typeof TakenUp>;
