import { z } from 'zod';
import { DateText, Fen, Words } from '../services/common.ts';

/** What the catalogue publishes beside the items: nothing of anybody, and so kept on every terminal. */

const Lines = z.object({
  zh: z.array(z.string().max(2_000)).max(60),
  en: z.array(z.string().max(4_000)).max(60),
});

/** An article of the knowledge base as a terminal shows it: Q08. */
export const Guide = z.object({
  id: z.string().max(60),
  /** Of the article; it grows with each publication. */
  version: z.number().int().positive(),
  /** One of `guideTopics`. */
  topic: z.string().max(20),
  /** The item it is about; null: none. */
  item: z.string().max(4).nullable(),
  title: Words,
  keywords: z.array(z.string().max(30)).max(30),
  /** Paragraphs. */
  text: Lines,
  steps: Lines,
  materials: Lines,
  timeLimit: Words.nullable(),
});
export type Guide = z.infer<typeof Guide>;

/** A percentage as people write it: '2.60', '12'. */
const Percent = z.string().regex(/^\d{1,3}(\.\d{1,7})?$/);
const Terms = z.object({ short: Percent, long: Percent });

/** What the calculators reckon with (Q10); the fields of the city's parameters that their arithmetic asks for. */
export const CalculatorRules = z.object({
  deposit: z.object({
    /** Each side is rounded by itself, then added: 1 fen, 1 jiao or 1 yuan. */
    roundingUnitFen: z.union([z.literal(1), z.literal(10), z.literal(100)]),
    ratioMinimum: Percent,
    ratioMaximum: Percent,
    baseMinimumFen: Fen.nonnegative(),
    baseMaximumFen: Fen.nonnegative(),
  }),
  interest: z.object({
    rate: Percent,
    /** Since when. */
    from: DateText.optional(),
    /** Whether 30 June itself bears interest. */
    settlementDayCounts: z.boolean(),
  }),
  loan: z.object({
    dayCount: z.enum(['actual', 'thirty']),
    /** Of the loan's own rate. */
    penaltyPercent: Percent,
    penaltyBase: z.enum(['principal', 'principal-and-interest']),
    earlyRepaymentMinimumFen: Fen.nonnegative(),
    /** In order; the last that has begun holds. short: five years or less. */
    rates: z.array(z.object({ from: DateText, first: Terms, second: Terms })).min(1),
    greatestFen: Fen.nonnegative(),
    greatestMonths: z.number().int().positive().max(600),
  }),
});
export type CalculatorRules = z.infer<typeof CalculatorRules>;

/** A reason of withdrawal. Limits are the platform's to apply: here is what a depositor is asked and told. */
export const Reason = z.object({
  code: z.string().max(4),
  name: Words,
  open: z.boolean(),
  /** The item under which it is asked for at a terminal; null: at a counter. */
  item: z.string().max(4).nullable(),
  /** Everything is paid out and the account ends. */
  closesAccount: z.boolean(),
  /** What has to be shown, or may be looked up with consent. */
  evidence: z.array(z.object({ kind: z.string().max(40), name: Words })),
  asksMonths: z.boolean(),
  asksCost: z.boolean(),
  /** The limits in words: a month, a year, how often. */
  limits: z.array(Words).max(10),
});
export type Reason = z.infer<typeof Reason>;

export const PayoutBank = z.object({
  id: z.string().max(20),
  name: Words,
  /** Beginnings of its cards' numbers; empty: the bank tells. */
  prefixes: z.array(z.string().regex(/^\d{4,10}$/)).max(20),
});
export type PayoutBank = z.infer<typeof PayoutBank>;

export const Centre = z.object({
  /** 8 digits. */
  id: z.string().max(20),
  /** As it stands on papers. */
  name: Words,
  city: Words,
  /** Pinyin of the city, small letters, to look it up by keys. */
  pinyin: z.string().max(60),
  /** It takes transfers and certificates over the network of the centres. */
  connected: z.boolean(),
});
export type Centre = z.infer<typeof Centre>;

/** The text above a signature, word for word: a request names id and version. */
export const Commitment = z.object({
  textId: z.string().max(40),
  version: z.number().int().positive(),
  /** Items whose requests it may stand under, and the materials it may replace there. */
  items: z.array(z.string().max(4)).max(20),
  materials: z.array(z.string().max(40)).max(20),
  title: Words,
  text: Words,
  /** What follows when it is not true. */
  consequence: Words,
});
export type Commitment = z.infer<typeof Commitment>;
