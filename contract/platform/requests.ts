import { z } from 'zod';
import { Signature } from '../journal/request-form.ts';
import { DateText, Fen, Instant, Words } from '../services/common.ts';

/**
 * Requests of a depositor, beside the journal entry `request.submitted` that carries them: confirming one before it is submitted, what
 * became of it, and where all of a person's cases stand.
 */
const identityToken = z.string();
const operationId = z.string().min(1).max(60);
const Number40 = z.string().min(4).max(40);

/**
 * L3: the depositor confirms what is about to be submitted under this operation. `formSha256`: `requestSha256` of form and person
 * (journal/confirmation.ts). The same again is answered again.
 */
export const ConfirmRequest = z.object({
  identityToken,
  operationId,
  /** Of the catalogue: B01 … */
  item: z.string().regex(/^[A-Z]\d{2}$/),
  formSha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Needed where money or a record changes (B01-B07); B09 does without. */
  signature: Signature.optional(),
});
export const RequestConfirmed = z.object({ confirmedAt: Instant });

/** One step of the rules, in words, and what would change it (as `withdrawalCheck` says it). */
export const RuleLine = z.object({
  rule: z.string(),
  outcome: z.enum(['passed', 'limits', 'failed', 'unknown']),
  words: Words,
  atMostFen: Fen.optional(),
  change: Words.optional(),
});

export type RuleLine = z.infer<typeof RuleLine>;

/** Something that has to be handed in, and until when. */
export const Missing = z.object({ material: z.string(), words: Words, until: DateText });
export type Missing = z.infer<typeof Missing>;

/** What a granted request did. Present: it happened. */
export const Results = z.object({
  /** Booked in the core. */
  booked: z.object({ amountFen: Fen, interestFen: Fen, balanceFen: Fen, on: DateText }).optional(),
  /** underWay: the bank has not said yet; a person looks after it, nothing is paid twice. */
  payment: z
    .object({ state: z.enum(['paid', 'underWay', 'refused']), amountFen: Fen, bankName: z.string(), card: z.string() })
    .optional(),
  /** B05: who repays what from when on. */
  agreement: z
    .object({ number: z.string(), way: z.enum(['offsetMonthly', 'offsetYearly']), firstRunOn: DateText })
    .optional(),
  /** B06. `booked`: it was carried out; before that it is what was asked for. */
  repayment: z
    .object({
      number: z.string(),
      onDate: DateText,
      amountFen: Fen.nullable(),
      booked: z.object({ on: DateText, principalFen: Fen, interestFen: Fen, balanceFen: Fen }).optional(),
    })
    .optional(),
  /** B07: 联系函, and how far the other centre is. */
  transfer: z
    .object({
      letterNumber: z.string(),
      centre: z.string(),
      step: z.enum(['letterSent', 'letterReceived', 'moneySent', 'arrived', 'refused']),
      /** The money is in the account. */
      booked: z.object({ on: DateText, amountFen: Fen, balanceFen: Fen }).optional(),
    })
    .optional(),
  /** B01: masked. */
  phone: z.string().optional(),
  /** B02: bank and last four. */
  card: z.object({ bankName: z.string(), card: z.string() }).optional(),
  /** `ticket`: its place in the queue of that half day, 'A012', once it is confirmed. */
  appointment: z
    .object({
      branch: Words,
      date: DateText,
      half: z.enum(['morning', 'afternoon']),
      ticket: z.string().max(12).optional(),
    })
    .optional(),
  consent: z.object({ consentId: z.string(), until: Instant.nullable() }).optional(),
  /** Of a bundle: each part. */
  parts: z
    .array(z.object({ item: z.string(), verdict: z.enum(['granted', 'refused', 'open']), words: Words }))
    .optional(),
});
export type Results = z.infer<typeof Results>;

export const OutcomeRequest = z.object({
  requestNumber: Number40,
  /** Without it only the state is told: a number on a slip reveals nothing of anybody. */
  identityToken: identityToken.optional(),
  /** Milliseconds to wait for the entry to arrive and be decided; the platform waits 5 s at most. */
  waitMs: z.number().int().min(0).max(5_000).default(5_000),
});

const ofRequest = { requestNumber: z.string(), item: z.string() };
export const RequestOutcome = z.discriminatedUnion('state', [
  /** Nothing is decided yet: `arrived` false: the entry has not come here (it waits on the terminal). Ask again, or see `progress`. */
  z.object({ state: z.literal('received'), requestNumber: z.string(), arrived: z.boolean() }),
  z.object({
    state: z.literal('decided'),
    ...ofRequest,
    verdict: z.enum(['granted', 'refused']),
    /** rules, or a person of the staff. */
    by: z.enum(['rules', 'person']),
    at: Instant,
    words: Words,
    /** Both only with an identity token. */
    trace: z.array(RuleLine).optional(),
    results: Results.optional(),
  }),
  /** A person decides, until the end of that day. */
  z.object({
    state: z.literal('case'),
    ...ofRequest,
    caseNumber: z.string(),
    dueOn: DateText,
    why: z.array(z.object({ reason: z.string(), words: Words })),
    trace: z.array(RuleLine).optional(),
    results: Results.optional(),
  }),
  /** Taken without the confirmation it needs (offline, one factor): the person has to identify once more before it is decided. */
  z.object({
    state: z.literal('identityMissing'),
    ...ofRequest,
    caseNumber: z.string(),
    dueOn: DateText,
    words: Words,
  }),
  z.object({
    state: z.literal('needs'),
    ...ofRequest,
    caseNumber: z.string(),
    dueOn: DateText,
    missing: z.array(Missing).min(1),
    /** The page on which they are sent by phone, for a slip; whoever opens it signs in. */
    supplyPage: z.string().max(300).optional(),
  }),
]);
export type RequestOutcome = z.infer<typeof RequestOutcome>;

/**
 * A request that waits for its identity is confirmed afterwards, by the same person with two factors (any machine): it is decided then.
 * Errors: E2701, E2606 nothing of this person waits under the number.
 */
export const CompleteIdentity = z.object({
  identityToken,
  operationId,
  requestNumber: Number40,
  signature: Signature.optional(),
});

/** By token, or by the card alone (L1): then names and amounts stay away. */
export const ProgressRequest = z.object({
  identityToken: identityToken.optional(),
  /** As for `sendCode`; the card is on the reader. */
  claim: z.object({ name: z.string(), idNumber: z.string(), validTo: DateText.nullable() }).optional(),
});

export const CaseLine = z.object({
  number: z.string(),
  item: z.string(),
  name: Words,
  /** Where it was left, by the code of the channel (50: terminals). */
  channel: z.string(),
  state: z.enum(['received', 'identityMissing', 'needs', 'inProgress', 'granted', 'refused', 'withdrawn']),
  /** Where it is, in a sentence. */
  step: Words,
  receivedAt: Instant,
  dueOn: DateText.nullable(),
  late: z.boolean(),
  missing: z.array(Missing),
  decidedAt: Instant.nullable(),
  /** Why it was refused, or what was answered. */
  why: Words.nullable(),
  /** Only with an identity token. */
  results: Results.optional(),
});
export type CaseLine = z.infer<typeof CaseLine>;

export const Progress = z.object({
  /** true: asked with one factor; results and answers are left out. */
  masked: z.boolean(),
  /** Newest first. */
  cases: z.array(CaseLine).max(200),
});
export type Progress = z.infer<typeof Progress>;

/** A code to a phone that is not on record yet. Errors: E1203, E2702 it is the number on record, E9005. */
export const SendContactCode = z.object({ identityToken, phone: z.string().regex(/^\d{11}$/) });
export const CheckContactCode = z.object({
  identityToken,
  challengeId: z.string().max(60),
  code: z.string().max(12),
});
export const ContactChecked = z.union([
  /** Goes into the form (`contactCheckId`). */
  z.object({ accepted: z.literal(true), contactCheckId: z.string(), phoneMasked: z.string() }),
  z.object({ accepted: z.literal(false), attemptsLeft: z.number().int() }),
]);
export type ContactChecked = z.infer<typeof ContactChecked>;

/** The bank says whether this card is the person's and takes money. Idempotent by operation. Errors: E3501, E3307. */
export const VerifyPayoutCard = z.object({
  identityToken,
  operationId,
  cardNumber: z.string().regex(/^\d{12,19}$/),
});
export const PayoutCardChecked = z.union([
  z.object({ verified: z.literal(true), cardCheckId: z.string(), bankName: z.string(), card: z.string() }),
  z.object({
    verified: z.literal(false),
    /** number: mistyped. name: the bank has another name (a dot, a rare character). closed: the account. credit: no debit card. */
    repair: z.enum(['number', 'name', 'closed', 'credit']),
    words: Words,
    bankName: z.string().optional(),
  }),
]);
export type PayoutCardChecked = z.infer<typeof PayoutCardChecked>;
