import { z } from 'zod';
import { Instant, Words } from '../services/common.ts';

/** An office outside that may ask the centre about a person, and what of it needs the person's consent (B09). */
export const AskingDepartment = z.object({
  id: z.string().max(40),
  name: Words,
  purpose: Words,
  /** Only what a consent is needed for; the rest the law gives it. */
  fields: z
    .array(z.object({ id: z.string().max(40), words: Words }))
    .min(1)
    .max(20),
});
export type AskingDepartment = z.infer<typeof AskingDepartment>;

export const GivenConsent = z.object({
  consentId: z.string(),
  departmentId: z.string(),
  department: Words,
  purpose: Words,
  fields: z.array(Words),
  givenAt: Instant,
  until: Instant,
  /** valid: in force now. */
  state: z.enum(['valid', 'withdrawn', 'ended']),
});
export type GivenConsent = z.infer<typeof GivenConsent>;

/** Whom a person allowed what, the newest first, and whom they may allow something. */
export const Consents = z.object({
  departments: z.array(AskingDepartment).max(40),
  consents: z.array(GivenConsent).max(100),
});
export type Consents = z.infer<typeof Consents>;
