import { z } from 'zod';
import { Words } from '../services/common.ts';

/** A service item as the platform publishes it (domain facts section 8). Data, never a hard-wired tile. */
export const ServiceItem = z.object({
  /** Q01, P01, B08, S01 … */
  id: z.string().regex(/^[A-Z]\d{2}$/),
  name: Words,
  hint: Words,
  /** L0 nobody, L1 one factor, L2 two factors. */
  level: z.enum(['L0', 'L1', 'L2', 'L3']),
  /** no: needs the link; cache, local: works from this machine; queue: accepted offline, sent later. */
  offline: z.enum(['no', 'cache', 'local', 'queue']),
  state: z.enum(['open', 'closed']),
  /** Shown when closed. */
  closedReason: Words.optional(),
});
export type ServiceItem = z.infer<typeof ServiceItem>;

export const Branch = z.object({ id: z.string(), name: Words });
export type Branch = z.infer<typeof Branch>;

export const Catalogue = z.object({
  items: z.array(ServiceItem),
  branches: z.array(Branch),
  /** Topics of S01 and services of B08 a depositor can choose from. */
  topics: z.array(z.object({ id: z.string(), item: z.enum(['S01', 'B08']), name: Words })),
  enquiryPhone: z.string(),
});
export type Catalogue = z.infer<typeof Catalogue>;
