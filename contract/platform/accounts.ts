import { z } from 'zod';
import { DateText, Fen, Instant, MonthText, Words } from '../services/common.ts';

/** What a terminal asks about accounts and loans besides the overview. Whole numbers: the session masks before anything reaches the screen. */

const Token = z.object({ identityToken: z.string() });
/** Which of several accounts; absent: the one in use. Error when it is not the person's: E3304. */
export const AccountChoice = z.object({ accountNumber: z.string().max(40).optional() });
/** Of the items that begin with the same question: which one it is asked for. Terminals of earlier releases do not say. */
export const ForItem = z.object({
  item: z
    .string()
    .regex(/^[A-Z]\d{2}$/)
    .optional(),
});
const Loan = Token.extend({ loanNumber: z.string().max(40) });

export const AccountsRequest = Token;
export const AccountSummary = z.object({
  accountNumber: z.string(),
  /** The fund itself, a subsidy, a supplement. */
  kind: z.string(),
  kindName: Words,
  unitName: z.string(),
  /** JGJ/T 320 table A.6. */
  accountStatus: z.string(),
  balanceFen: Fen,
  openedOn: DateText,
});
export const Accounts = z.object({ accounts: z.array(AccountSummary) });
export type Accounts = z.infer<typeof Accounts>;

export const HistoryRequest = Token.extend({
  ...AccountChoice.shape,
  ...ForItem.shape,
  /** Days, both inside; absent: since the account was opened. */
  from: DateText.optional(),
  to: DateText.optional(),
  /** JGJ/T 320 table A.5; absent or empty: all. */
  kinds: z.array(z.string().max(4)).max(20).optional(),
  order: z.enum(['newest', 'oldest']),
  offset: z.number().int().nonnegative().max(100_000),
  limit: z.number().int().min(1).max(200),
});
export const HistoryRow = z.object({
  date: DateText,
  kind: z.string(),
  summary: z.string(),
  depositMonth: MonthText.optional(),
  /** Of a withdrawal: JGJ/T 320 table A.7. */
  reason: z.string().optional(),
  reasonName: z.string().optional(),
  /** 经办机构, and of what came from another city or went there the city; a core need not say. */
  office: z.string().max(30).optional(),
  city: z.string().max(30).optional(),
  inFen: Fen,
  outFen: Fen,
  balanceFen: Fen,
});
export const History = z.object({
  /** Over all pages. */
  rows: z.number().int(),
  totalInFen: Fen,
  totalOutFen: Fen,
  entries: z.array(HistoryRow),
});
export type History = z.infer<typeof History>;

export const InterestRequest = Token.extend({
  ...AccountChoice.shape,
  ...ForItem.shape,
  /** Named by its first calendar year: 2025 is 2025-07-01 to 2026-06-30. */
  fundYear: z.number().int().min(1990).max(2200),
});
export const Interest = z.object({
  fundYear: z.number().int(),
  openingFen: Fen,
  depositedFen: Fen,
  withdrawnFen: Fen,
  interestFen: Fen,
  closingFen: Fen,
  /** false: the year still runs; interest is what it has borne up to yesterday and not in the closing balance. */
  settled: z.boolean(),
  /** Per cent times 100 a year: 1.50 % is 150. */
  rateBp: z.number().int(),
  dayCountBase: z.number().int(),
  settlementDayCounts: z.boolean(),
  /** Sum of balance × days, in fen-days, and the stretches it is made of. */
  productFenDays: z.number().int(),
  lines: z.array(
    z.object({
      from: DateText,
      to: DateText,
      days: z.number().int(),
      balanceFen: Fen,
      productFenDays: z.number().int(),
    }),
  ),
});
export type Interest = z.infer<typeof Interest>;

export const PlanLine = z.object({
  number: z.number().int().positive(),
  dueDate: DateText,
  paymentFen: Fen,
  principalFen: Fen,
  interestFen: Fen,
  balanceFen: Fen,
});

export const LoansRequest = Token;
export const LoanOverview = z.object({
  loanNumber: z.string(),
  contractNumber: z.string(),
  state: z.enum(['repaying', 'overdue', 'settled']),
  /** JGJ/T 320 table A.11: 01 等额本息, 02 等额本金. */
  way: z.string(),
  houseAddress: z.string(),
  bankName: z.string(),
  repaymentAccount: z.string(),
  grantedFen: Fen,
  grantedOn: DateText,
  months: z.number().int().positive(),
  lastDueDate: DateText,
  /** Per cent times 1000 a year: 2.60 % is 2600. Newest last. */
  rates: z.array(z.object({ from: DateText, rateMilli: z.number().int() })),
  balanceFen: Fen,
  repaidPrincipalFen: Fen,
  repaidInterestFen: Fen,
  paidPenaltyFen: Fen,
  monthsLeft: z.number().int().nonnegative(),
  next: PlanLine.nullable(),
  overdue: z
    .object({
      instalments: z.number().int().positive(),
      since: DateText,
      principalFen: Fen,
      interestFen: Fen,
      penaltyFen: Fen,
    })
    .nullable(),
  settledOn: DateText.nullable(),
});
export const Loans = z.object({ asOf: Instant, loans: z.array(LoanOverview) });
export type Loans = z.infer<typeof Loans>;

export const LoanRequest = Loan.extend(ForItem.shape);
export const LoanPlan = z.object({ lines: z.array(PlanLine), interestFen: Fen });
export const LoanHistory = z.object({
  entries: z.array(
    z.object({
      date: DateText,
      /** JGJ/T 320 table A.15. */
      kind: z.string(),
      kindName: z.string(),
      instalment: z.number().int().optional(),
      dueDate: DateText.optional(),
      amountFen: Fen,
      principalFen: Fen,
      interestFen: Fen,
      penaltyFen: Fen,
      balanceFen: Fen,
    }),
  ),
});

/** A trial of an early repayment on a day from today on; nothing is changed by it. */
export const TrialRequest = Loan.extend({ amountFen: Fen.positive().nullable(), onDate: DateText.optional() });
const Choice = z.object({
  nextPaymentFen: Fen,
  months: z.number().int().nonnegative(),
  interestFen: Fen,
  savedFen: Fen,
  lastDueDate: DateText.nullable(),
});
export const Trial = z.object({
  onDate: DateText,
  amountFen: Fen,
  principalFen: Fen,
  interestFen: Fen,
  balanceFen: Fen,
  /** Everything that is owed on that day. */
  payOffFen: Fen,
  before: Choice.omit({ savedFen: true }),
  keepTerm: Choice,
  keepPayment: Choice,
});
export type Trial = z.infer<typeof Trial>;

export const WithdrawalReasonsRequest = Token;
export const WithdrawalReasons = z.object({
  reasons: z.array(
    z.object({
      code: z.string(),
      name: Words,
      closesAccount: z.boolean(),
      /** Words for what has to be shown, or may be looked up with consent. */
      evidence: z.array(z.object({ kind: z.string(), name: Words })),
      asksMonths: z.boolean(),
      asksCost: z.boolean(),
    }),
  ),
});

export const WithdrawalCheckRequest = Token.extend({
  ...AccountChoice.shape,
  ...ForItem.shape,
  reason: z.string().max(4),
  amountFen: Fen.positive().optional(),
  months: z.number().int().min(1).max(120).optional(),
  costFen: Fen.positive().optional(),
});
export const WithdrawalCheck = z.object({
  /** open: something is still to be found out; the amount is what could be had then. */
  outcome: z.enum(['possible', 'refused', 'open']),
  amountFen: Fen,
  /** With the closing of the account: interest up to today, on top. */
  interestFen: Fen,
  closesAccount: z.boolean(),
  /** The rules in the order in which they were asked, in words, and what would change the answer. */
  trace: z.array(
    z.object({
      rule: z.string(),
      outcome: z.enum(['passed', 'limits', 'failed', 'unknown']),
      words: Words,
      atMostFen: Fen.optional(),
      change: Words.optional(),
    }),
  ),
});
export type WithdrawalCheck = z.infer<typeof WithdrawalCheck>;
