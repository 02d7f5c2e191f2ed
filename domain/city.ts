import { z } from 'zod';
import { isCalendarDate, type CalendarDate } from './dates.ts';
import type { PenaltyRules } from './loan-changes.ts';
import type { InterestRules } from './interest.ts';
import { percent, type Rate } from './money.ts';

/** A percentage as people write it: '2.60', '12'. */
const Percent = z.string().regex(/^\d{1,3}(\.\d{1,7})?$/);
const Fen = z.number().int().nonnegative().safe();
const DateText = z.string().refine(isCalendarDate);
const Words = z.object({ zh: z.string().min(1), en: z.string().min(1) });

/** What has to be found out before money may leave, and by whom: data of a reason, answered by an inward check or a person. */
export const Evidence = z.enum([
  'noHomeHere',
  'purchase',
  'building',
  'retirement',
  'lossOfAbility',
  'leaving',
  'ownLoan',
  'bankLoan',
  'death',
  'illness',
  'work',
]);
export type Evidence = z.infer<typeof Evidence>;

/**
 * A reason of withdrawal with its limits. Laws add reasons (property fee, renovation in the draft of 2026): a centre adds a
 * row. Codes 01-09 and 99 are JGJ/T 320 table A.7; others are a centre's own.
 */
export const ReasonRule = z.object({
  code: z.string().regex(/^[0-9A-Z]{2,4}$/),
  name: Words,
  open: z.boolean().default(true),
  /** 2-4 of article 24 and death: everything is paid out, and the account ends. */
  closesAccount: z.boolean().default(false),
  evidence: z.array(Evidence).default([]),
  /** How often; null: as often as the reason arises. */
  oncePer: z.enum(['month', 'quarter', 'year', 'ever']).nullable().default(null),
  /** Per month asked for (rent, property fee); the number of months comes with the request. */
  monthlyLimitFen: Fen.nullable().default(null),
  monthsAtOnce: z.number().int().positive().nullable().default(null),
  /** In one calendar year, over all requests of this reason. */
  yearlyLimitFen: Fen.nullable().default(null),
  /** min(balance, what was paid): the price of the home, the instalments paid, the bill. */
  limitedByCost: z.boolean().default(false),
  /** 封存 for so many months before (six before leaving work, in most cities). */
  sealedMonths: z.number().int().nonnegative().default(0),
  /** Months of deposits before the first of them. */
  depositMonths: z.number().int().nonnegative().default(0),
  /** May be asked for while the account is sealed. */
  whileSealed: z.boolean().default(true),
});
export type ReasonRule = z.infer<typeof ReasonRule>;

const TwoTerms = z.object({
  /** Five years or less, and above. */
  short: Percent,
  long: Percent,
});

/** Everything in which one city's arithmetic differs from another's. One checked value; nothing of it is in the code. */
export const CityParameters = z.object({
  deposit: z
    .object({
      /** Each side is rounded by itself, then added: 1 fen, 1 jiao or 1 yuan. */
      roundingUnitFen: z.union([z.literal(1), z.literal(10), z.literal(100)]),
      ratioMinimum: Percent,
      ratioMaximum: Percent,
      baseMinimumFen: Fen,
      baseMaximumFen: Fen,
    })
    .refine((deposit) => deposit.baseMinimumFen <= deposit.baseMaximumFen, 'the least base is above the greatest')
    .refine(
      ({ ratioMinimum, ratioMaximum }) => Number(ratioMinimum) <= Number(ratioMaximum),
      'ratios the wrong way round',
    ),
  interest: z.object({
    rate: Percent,
    /** Whether 30 June itself bears interest. */
    settlementDayCounts: z.boolean(),
  }),
  loan: z.object({
    dayCount: z.enum(['actual', 'thirty']),
    /** Of the loan's own rate. */
    penaltyPercent: Percent,
    penaltyBase: z.enum(['principal', 'principal-and-interest']),
    earlyRepaymentMinimumFen: Fen,
    /** In order; the last that has begun holds. Loans of more than a year move on the 1st of January after. */
    rates: z.array(z.object({ from: DateText, first: TwoTerms, second: TwoTerms })).min(1),
    /** Of a first and a second home. */
    greatestFen: Fen,
    greatestMonths: z.number().int().positive().max(600),
  }),
  withdrawal: z.object({
    /** What stays in an account that is not closed. */
    keepFen: Fen,
    reasons: z.array(ReasonRule).min(1),
  }),
  review: z.object({
    /** Days from acceptance to decision; article 25 of the regulations: 3. */
    decisionDays: z.number().int().positive(),
    /** Working days, or days of the calendar. */
    workingDays: z.boolean(),
    /** What rules decide at once; above it a person looks. */
    automaticLimitFen: Fen,
    /** How long somebody has to hand in what is missing. */
    supplementDays: z.number().int().positive(),
  }),
});
export type CityParameters = z.infer<typeof CityParameters>;
/** As it is written down: what has a usual value may be left out. */
export type CityParametersText = z.input<typeof CityParameters>;

const everyYear = { oncePer: 'year', limitedByCost: true } as const;

/**
 * 江州市, which does not exist. National values where there are any (rates of loans and deposits, three days, reasons of article
 * 24), the rest as cities usually have it. A real city writes its own and checks every line.
 */
export const JIANGZHOU: CityParameters = CityParameters.parse({
  deposit: {
    roundingUnitFen: 1,
    ratioMinimum: '5',
    ratioMaximum: '12',
    baseMinimumFen: 2_490_00,
    baseMaximumFen: 31_884_00,
  },
  interest: { rate: '1.50', settlementDayCounts: true },
  loan: {
    dayCount: 'actual',
    penaltyPercent: '150',
    penaltyBase: 'principal-and-interest',
    earlyRepaymentMinimumFen: 10_000_00,
    rates: [
      { from: '2015-08-26', first: { short: '2.75', long: '3.25' }, second: { short: '3.025', long: '3.575' } },
      { from: '2022-10-01', first: { short: '2.60', long: '3.10' }, second: { short: '3.025', long: '3.575' } },
      { from: '2024-05-18', first: { short: '2.35', long: '2.85' }, second: { short: '2.775', long: '3.325' } },
      { from: '2025-05-08', first: { short: '2.10', long: '2.60' }, second: { short: '2.525', long: '3.075' } },
    ],
    greatestFen: 1_000_000_00,
    greatestMonths: 360,
  },
  withdrawal: {
    keepFen: 100_00,
    reasons: [
      { code: '01', name: { zh: '购买住房', en: 'Buying a home' }, evidence: ['purchase'], ...everyYear },
      {
        code: '02',
        name: { zh: '建造、翻建、大修住房', en: 'Building or overhauling a home' },
        evidence: ['building'],
        ...everyYear,
      },
      { code: '03', name: { zh: '离休、退休', en: 'Retirement' }, evidence: ['retirement'], closesAccount: true },
      {
        code: '04',
        name: { zh: '完全丧失劳动能力并终止劳动关系', en: 'Loss of all ability to work' },
        evidence: ['lossOfAbility'],
        closesAccount: true,
      },
      { code: '05', name: { zh: '出境定居', en: 'Settling abroad' }, evidence: ['leaving'], closesAccount: true },
      {
        code: '06',
        name: { zh: '偿还购房贷款本息', en: 'Repaying a home loan' },
        evidence: ['ownLoan'],
        ...everyYear,
      },
      {
        code: '07',
        name: { zh: '租房', en: 'Rent' },
        evidence: ['noHomeHere'],
        oncePer: 'month',
        monthlyLimitFen: 1_500_00,
        monthsAtOnce: 12,
        yearlyLimitFen: 18_000_00,
        depositMonths: 3,
        whileSealed: false,
      },
      { code: '08', name: { zh: '死亡', en: 'Death of the holder' }, evidence: ['death'], closesAccount: true },
      { code: '09', name: { zh: '大病医疗', en: 'Serious illness' }, evidence: ['illness'], ...everyYear },
      {
        code: '99',
        name: { zh: '与单位终止劳动关系', en: 'Leaving work without a new unit' },
        evidence: ['work'],
        closesAccount: true,
        sealedMonths: 6,
      },
    ],
  },
  review: { decisionDays: 3, workingDays: true, automaticLimitFen: 50_000_00, supplementDays: 5 },
});

export function interestRules({ interest }: Pick<CityParameters, 'interest'>): InterestRules {
  return { rate: percent(interest.rate), settlementDayCounts: interest.settlementDayCounts };
}

export function penaltyRules({ loan }: CityParameters): PenaltyRules {
  return { factor: percent(loan.penaltyPercent), base: loan.penaltyBase };
}

/** What a new loan costs a year, by the day it is granted. Before the first row: the first row. */
export function loanRate(
  city: Pick<CityParameters, 'loan'>,
  date: CalendarDate,
  home: 'first' | 'second',
  months: number,
): Rate {
  const { rates } = city.loan;
  const row = rates.findLast(({ from }) => from <= date) ?? rates[0]!;
  return percent(row[home][months <= 60 ? 'short' : 'long']);
}
