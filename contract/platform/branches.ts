import { z } from 'zod';
import { DateText, Instant } from '../services/common.ts';

/** How a branch of the catalogue stands now. What nobody said, or long ago, is null: a terminal says so. */
export const BranchNow = z.object({
  id: z.string(),
  /** Within its hours. */
  open: z.boolean().nullable(),
  waiting: z.number().int().nonnegative().nullable(),
  waitingAt: Instant.nullable(),
  load: z.enum(['free', 'normal', 'busy', 'unknown']),
  /** Terminals that are there, and those that can serve now. */
  kiosks: z.number().int().nonnegative(),
  kiosksReady: z.number().int().nonnegative(),
});
export type BranchNow = z.infer<typeof BranchNow>;

export const BranchesNow = z.object({ asOf: Instant, branches: z.array(BranchNow).max(300) });
export type BranchesNow = z.infer<typeof BranchesNow>;

/** `left`: appointments that are still to be had; null: the centre has not said how many there are, and confirms each. */
const HalfDay = z.object({ open: z.boolean(), left: z.number().int().nonnegative().nullable() });

/** When a service can be had where (B08); days on which a branch is shut are left out. */
export const AppointmentSlots = z.object({
  asOf: Instant,
  branches: z
    .array(
      z.object({
        branchId: z.string(),
        days: z.array(z.object({ date: DateText, morning: HalfDay, afternoon: HalfDay })).max(31),
      }),
    )
    .max(60),
});
export type AppointmentSlots = z.infer<typeof AppointmentSlots>;
