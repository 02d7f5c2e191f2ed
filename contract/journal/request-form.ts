import { z } from 'zod';
import { DateText, Fen } from '../services/common.ts';

/**
 * What a depositor asks the centre for. A form goes into the journal in clear, so it names kinds, months and amounts and nothing
 * of anybody: numbers of cards, accounts, loans and phones, words of the depositor's own and the signature are in `RequestPerson`.
 * Additive: stored entries and released terminals stay readable.
 */

/** Strokes as the pen or finger drew them: x and y in turn, 0 to 4095 over the width and height of the field. */
export const Signature = z.object({
  /** Width of the field divided by its height, times 1000. */
  aspectMilli: z.number().int().min(200).max(20_000),
  strokes: z
    .array(z.array(z.number().int().min(0).max(4095)).min(2).max(1_200))
    .min(1)
    .max(60),
});
export type Signature = z.infer<typeof Signature>;

const short = z.string().max(40);

/** The clear text of `Sealed` in a submitted request. Without a card only what the depositor typed is known. */
export const RequestPerson = z.object({
  name: z.string().optional(),
  idNumber: z.string().optional(),
  /** What the depositor typed for the reply, whole; absent: the number on record. */
  phone: z.string().optional(),
  /** B01. */
  newPhone: short.optional(),
  /** Which of several accounts; absent: the one in use. */
  accountNumber: short.optional(),
  /** B05, B06; absent: the loan that comes first. */
  loanNumber: short.optional(),
  /** B02, and where a form says `payTo: newCard`: the whole number. */
  cardNumber: short.optional(),
  /** B07: at the other centre. */
  oldAccountNumber: short.optional(),
  oldUnitName: z.string().max(80).optional(),
  /** S01, and a remark on any other form: the depositor's own words. */
  text: z.string().max(500).optional(),
  /** What was typed for a material, by its id. */
  supplements: z.record(short, z.string().max(200)).optional(),
  /** Who acts for the depositor, with an authorisation. */
  agent: z.object({ name: z.string().max(80), idNumber: short.optional() }).optional(),
  signature: Signature.optional(),
});
export type RequestPerson = z.infer<typeof RequestPerson>;

/** Id of something that has to be shown: an evidence of the city's rules (`retirement`, `noHomeHere`) or of a guide. */
export const Material = short;

/** Offices the depositor lets the centre ask for this request. */
export const CheckConsent = z.enum(['identity', 'homes', 'credit', 'marriage', 'work']);

/** What comes with a request and what does not, where materials are asked for. */
const dossier = {
  consents: z.array(CheckConsent).max(5).optional(),
  supplied: z
    .array(
      z.object({
        material: Material,
        /** consent: the centre looks it up. typed: stands in `supplements`. phone: photographed and sent from there. */
        by: z.enum(['consent', 'typed', 'phone', 'onRecord']),
      }),
    )
    .max(20)
    .optional(),
  gaps: z
    .array(
      z.object({
        material: Material,
        /** later: accepted with a gap (容缺受理), to be handed in. commitment: 承诺, signed instead of shown. */
        as: z.enum(['later', 'commitment']),
      }),
    )
    .max(20)
    .optional(),
  /** Which words the signature of a commitment stands under. */
  commitment: z.object({ textId: short, version: z.number().int() }).optional(),
};

/** Where money goes. `cardCheckId`: the answer of `verifyPayoutCard`. */
const payTo = { payTo: z.enum(['onRecord', 'newCard']), cardCheckId: z.string().max(60).optional() };

const ContactChange = z.object({
  item: z.literal('B01'),
  change: z.enum(['phone']),
  /** The answer of `checkContactCode`: the new number was reached. */
  contactCheckId: z.string().max(60).optional(),
});
const PayoutCard = z.object({
  item: z.literal('B02'),
  source: z.enum(['inserted', 'typed']),
  cardCheckId: z.string().max(60).optional(),
});
const Consent = z.object({
  item: z.literal('B09'),
  act: z.enum(['given', 'withdrawn']),
  /** A department of the centre's list, or the receiver of an e-certificate. */
  receiverId: short,
  /** Given: fields of the department's list; empty: all it may ask for. */
  fields: z.array(short).max(20).optional(),
  days: z.number().int().min(1).max(365).optional(),
  /** Withdrawn: which one. */
  consentId: z.string().max(60).optional(),
});

/** What else is done with the same signature (高效办成一件事): carried out in this order before the form it hangs on. */
export const BundlePart = z.discriminatedUnion('item', [ContactChange, PayoutCard, Consent]);
export type BundlePart = z.infer<typeof BundlePart>;

export const RequestForm = z.discriminatedUnion('item', [
  /** Question, complaint, suggestion. `text`: terminals of earlier releases; since then it is in the sealed part. */
  z.object({
    item: z.literal('S01'),
    topicId: z.string(),
    kind: z.enum(['question', 'complaint', 'suggestion']).optional(),
    text: z.string().max(500).optional(),
  }),
  /** Staff were called to the machine. */
  z.object({
    item: z.literal('S03'),
    why: z.enum(['question', 'stuck', 'accessibility', 'device', 'other']),
    /** Where on the screen. */
    step: short.optional(),
  }),
  /** Appointment. */
  z.object({
    item: z.literal('B08'),
    topicId: z.string(),
    branchId: z.string(),
    date: DateText,
    half: z.enum(['morning', 'afternoon']),
  }),
  ContactChange,
  PayoutCard,
  /** Retirement withdrawal: the account is closed. */
  z.object({
    item: z.literal('B03'),
    retiredOn: DateText.optional(),
    ...payTo,
    ...dossier,
    bundle: z.object({ kind: z.literal('retirement'), parts: z.array(BundlePart).min(1).max(5) }).optional(),
  }),
  /** Rent withdrawal. */
  z.object({
    item: z.literal('B04'),
    months: z.number().int().min(1).max(12),
    /** Absent: as much as may be had. */
    amountFen: Fen.positive().optional(),
    ...payTo,
    ...dossier,
  }),
  /** Repayment withdrawal, once; or an agreement by which the fund repays the loan (冲还贷). */
  z.object({
    item: z.literal('B05'),
    way: z.enum(['once', 'offsetMonthly', 'offsetYearly']),
    /** Once: absent: as much as may be had. */
    amountFen: Fen.positive().optional(),
    ...payTo,
    ...dossier,
  }),
  /** Early repayment. */
  z.object({
    item: z.literal('B06'),
    /** null: all of it. */
    amountFen: Fen.positive().nullable(),
    /** Of a part: the term stays and the payment falls, or the other way round. */
    keep: z.enum(['term', 'payment']).optional(),
    onDate: DateText,
    /** Who pays: the loan's repayment account (also when absent), or the person's fund account. */
    payFrom: z.enum(['repaymentAccount', 'fund']).optional(),
  }),
  /** Transfer from another city's centre. */
  z.object({
    item: z.literal('B07'),
    fromCentre: z.object({ id: short.optional(), name: short }),
    ...dossier,
  }),
  Consent,
  /** Something missing is handed in for a case. */
  z.object({
    item: z.literal('Q06'),
    caseNumber: short,
    supplied: z
      .array(z.object({ material: Material, by: z.enum(['typed', 'phone', 'consent']) }))
      .min(1)
      .max(20),
    consents: z.array(CheckConsent).max(5).optional(),
  }),
  /** A certificate for another city's centre is called back. */
  z.object({
    item: z.literal('P03'),
    documentNumber: short,
    reason: z.enum(['notNeeded', 'otherCity', 'wrongData']),
  }),
]);
export type RequestForm = z.infer<typeof RequestForm>;

/**
 * L1 one factor, L2 two, L3 two fresh ones and an explicit confirmation (`confirmRequest`). What a terminal says of itself; the platform
 * decides by what it noted.
 */
export const RequestLevel = z.enum(['L0', 'L1', 'L2', 'L3']);
export type RequestLevel = z.infer<typeof RequestLevel>;
