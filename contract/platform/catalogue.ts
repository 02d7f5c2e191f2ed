import { z } from 'zod';
import { DateText, Fen, Words } from '../services/common.ts';
import { CalculatorRules, Centre, Commitment, Guide, PayoutBank, Reason } from './reference-data.ts';

/** HH:MM to HH:MM, China time. */
const Hours = z.object({ from: z.string().regex(/^\d\d:\d\d$/), to: z.string().regex(/^\d\d:\d\d$/) });

/** Something to bring or to have at hand. `id` is what a request's form calls it (`Material`). */
export const NeededMaterial = z.object({
  id: z.string().max(40),
  name: Words,
  /** When, or what the centre can look up instead. */
  note: Words.optional(),
});
export type NeededMaterial = z.infer<typeof NeededMaterial>;

/**
 * A service item as the platform publishes it (domain facts section 8). Data, never a hard-wired tile. What a platform of an
 * earlier release did not say is absent.
 */
export const ServiceItem = z.object({
  /** Q01, P01, B08, S01 … */
  id: z.string().regex(/^[A-Z]\d{2}$/),
  name: Words,
  hint: Words,
  /** L0 nobody, L1 one factor, L2 two factors, L3 two fresh ones and a confirmation. */
  level: z.enum(['L0', 'L1', 'L2', 'L3']),
  /** no: needs the link; cache, local: works from this machine; queue: accepted offline, sent later. */
  offline: z.enum(['no', 'cache', 'local', 'queue']),
  state: z.enum(['open', 'closed']),
  /** Shown when closed. */
  closedReason: Words.optional(),
  kind: z.enum(['query', 'print', 'business', 'consult']).optional(),
  /** One of the catalogue's `groups`. */
  group: z.string().max(20).optional(),
  /** Within its group, the least first. */
  order: z.number().int().nonnegative().optional(),
  /** From the tile to the end, identification not counted. */
  estimateSeconds: z.number().int().positive().optional(),
  /** Modes in which it is one of the few that are shown first: `elderly`. */
  suits: z.array(z.string().max(20)).max(10).optional(),
  /** What it is called there, in the fewest words. */
  plainName: Words.optional(),
  /** What it costs; 0: nothing, as everywhere so far. */
  feeFen: Fen.nonnegative().optional(),
  materials: z.array(NeededMaterial).max(20).optional(),
  /** When the result is there. */
  timeLimit: Words.optional(),
  /** The first release of the terminal's programs that can do it: 0.1.0. */
  since: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/)
    .optional(),
});
export type ServiceItem = z.infer<typeof ServiceItem>;

export const ItemGroup = z.object({ id: z.string().max(20), name: Words, hint: Words, order: z.number().int() });
export type ItemGroup = z.infer<typeof ItemGroup>;

export const Branch = z.object({
  id: z.string(),
  name: Words,
  district: Words.optional(),
  address: Words.optional(),
  /** Open hours; `days`: 1 Monday to 7 Sunday. */
  hours: z
    .array(Hours.extend({ days: z.array(z.number().int().min(1).max(7)).min(1).max(7) }))
    .max(14)
    .optional(),
  /** The hall's own number as it is dialled; the centre's enquiries are `enquiryPhone`. */
  phone: z.string().max(30).optional(),
  /** Items done at its counters; a depositor reads their names. */
  services: z.array(z.string().max(4)).max(60).optional(),
  /** In thousandths of the centre's own city plan, from its upper left corner. */
  position: z.object({ x: z.number().min(0).max(1000), y: z.number().min(0).max(1000) }).optional(),
  /** Words about the place: step-free, parking, the bus. */
  reach: Words.optional(),
  /** Its terminals, also after hours; which of them work now says `branchesNow`. */
  kiosks: z
    .array(z.object({ place: Words, allDay: z.boolean() }))
    .max(50)
    .optional(),
});
export type Branch = z.infer<typeof Branch>;

/** Everything public that a terminal shows, kept on the terminal: it stands there without the line too. */
export const Catalogue = z.object({
  items: z.array(ServiceItem),
  branches: z.array(Branch),
  /** Topics of S01 and services of B08 a depositor can choose from. */
  topics: z.array(
    z.object({
      id: z.string(),
      item: z.enum(['S01', 'B08']),
      name: Words,
      /** B08: the items it is about; what has to be brought is theirs. */
      about: z.array(z.string().max(4)).max(10).optional(),
    }),
  ),
  enquiryPhone: z.string(),
  /** Of the menu. */
  groups: z.array(ItemGroup).max(12).optional(),
  guideTopics: z
    .array(z.object({ id: z.string().max(20), name: Words }))
    .max(30)
    .optional(),
  /** What the knowledge base has published. */
  guides: z.array(Guide).max(300).optional(),
  calculator: CalculatorRules.optional(),
  /** Reasons of a withdrawal in this city: Q07, B03, B04, B05. */
  reasons: z.array(Reason).max(60).optional(),
  /** Banks the centre pays to: B02. */
  payoutBanks: z.array(PayoutBank).max(200).optional(),
  /** Centres of other cities: P03, B07. */
  centres: z.array(Centre).max(600).optional(),
  /** What is signed instead of shown. */
  commitments: z.array(Commitment).max(60).optional(),
  /** The day from which the reference data hold. */
  asOf: DateText.optional(),
});
export type Catalogue = z.infer<typeof Catalogue>;
