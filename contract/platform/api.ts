import { z } from 'zod';
import { Code, DateText, Fen, Instant, MonthText, Words } from '../services/common.ts';
import { DeviceKind, Supply } from '../services/device-status.ts';
import { StreamName } from '../journal/stream.ts';
import { CertificateState, DocumentAsk, DocumentPreview, OwnDocument, VerifiedPaper } from './documents.ts';
import * as A from './accounts.ts';
import { CommandOutcome, DownlinkVersions, Envelope, RefusedDownlink } from './downlink.ts';
import { Consents } from './consents.ts';
import { AppointmentSlots, BranchesNow } from './branches.ts';
import { LeaveRequest, Left, TakenUp } from './handover.ts';
import { CodeCheck, CodeSent, identityShapes, PersonClaim } from './identity.ts';
import * as Q from './requests.ts';
import { Comparison, DayClose, HeadAt, Link } from './reconciliation.ts';

export { Branch, Catalogue, ServiceItem } from './catalogue.ts';
export { DocumentAsk, OwnDocument, ReplySlip } from './documents.ts';
export { CodeCheck, CodeSent, PersonClaim } from './identity.ts';

/**
 * The platform's interface for terminals: HTTPS with mutual TLS; the client certificate names the terminal. Versioned
 * by path and additive within a version. A refusal is a status of 4xx or 5xx with a `Refusal` as body.
 */
export const Refusal = z.object({ code: Code, detail: z.string().optional() });
export type Refusal = z.infer<typeof Refusal>;

/** Where somebody can go who is not served here now. */
export const Diversion = z.object({
  words: Words,
  /** Channels that are open now, by the code of their kind (10 app … 60 hotline). */
  channels: z.array(z.object({ channel: z.string(), name: Words })).max(20),
  /** Branches with room now, the nearest first where that is known. */
  branches: z
    .array(z.object({ id: z.string(), name: Words, waiting: z.number().int().nonnegative().nullable() }))
    .max(5),
});
export type Diversion = z.infer<typeof Diversion>;

/** What a gate answers with: why, in words for both who read it, and where to go instead. */
export const GateRefusal = Refusal.extend({
  /** Place in the order of the gates, 1 to 11. */
  gate: z.number().int().min(1).max(11),
  depositor: Words,
  technician: Words,
  diversion: Diversion.optional(),
});
export type GateRefusal = z.infer<typeof GateRefusal>;

export const AccountOverview = z.object({
  /** Whole numbers and names; the session masks before anything reaches the screen. */
  accountNumber: z.string(),
  unitName: z.string(),
  /** JGJ/T 320 table A.6. */
  accountStatus: z.string(),
  balanceFen: Fen,
  asOf: Instant,
  contributionBaseFen: Fen,
  /** Per cent times 100: 12 % is 1200. */
  unitRatioBp: z.number().int(),
  personRatioBp: z.number().int(),
  unitMonthlyFen: Fen,
  personMonthlyFen: Fen,
  paidToMonth: MonthText,
  openedOn: DateText,
  phoneMasked: z.string(),
  /** Month-end balances of the last 12 months, oldest first. */
  recentBalances: z.array(z.object({ month: MonthText, balanceFen: Fen })),
});
export type AccountOverview = z.infer<typeof AccountOverview>;

export const Transaction = z.object({
  date: DateText,
  /** JGJ/T 320 table A.5. */
  kind: z.string(),
  summary: z.string(),
  depositMonth: MonthText.optional(),
  /** 经办机构, and of what came from another city or went there the city; a core need not say. */
  office: z.string().max(30).optional(),
  city: z.string().max(30).optional(),
  inFen: Fen,
  outFen: Fen,
  balanceFen: Fen,
});
export type Transaction = z.infer<typeof Transaction>;

export const Period = z.object({ from: MonthText, to: MonthText });
export type Period = z.infer<typeof Period>;

export const Details = z.object({
  period: Period,
  openingFen: Fen,
  totalInFen: Fen,
  totalOutFen: Fen,
  /** Part of totalIn that is settled interest. */
  interestFen: Fen,
  closingFen: Fen,
  rows: z.array(Transaction),
});
export type Details = z.infer<typeof Details>;

export const IssuedDocument = z.object({
  documentNumber: z.string(),
  verificationCode: z.string(),
  /** What the QR on the document holds; no personal data. */
  verificationUrl: z.string(),
  pages: z.number().int().positive(),
  issuedAt: Instant,
  sha256: z.string(),
  pdfBase64: z.base64(),
  /** A print after the first (补打): which one, and when it was made. */
  reprint: z.object({ number: z.number().int().positive(), at: Instant }).optional(),
});
export type IssuedDocument = z.infer<typeof IssuedDocument>;

const route = <Q extends z.ZodType, A extends z.ZodType>(
  method: 'GET' | 'POST',
  path: string,
  request: Q,
  answer: A,
) => ({
  method,
  path,
  request,
  answer,
});

/** Every route a terminal calls. GET routes take their request from the query string. */
export const platformRoutes = {
  heartbeat: route(
    'POST',
    '/v1/heartbeat',
    z.object({
      programVersion: z.string(),
      /** The terminal's clock when it sent this; a terminal of an earlier release does not say. */
      at: Instant.optional(),
      /** What is in force there; a kind that is behind is fetched with `downlink`. */
      applied: DownlinkVersions,
      /** The last commands and what became of them, newest first. */
      commands: z.array(CommandOutcome).max(20),
      refused: RefusedDownlink.optional(),
      devices: z.array(
        z.object({
          id: z.string(),
          state: z.string(),
          code: Code.optional(),
          /** What a terminal of an earlier release does not say: what it is, what is to be seen to, what is used up. */
          kind: DeviceKind.optional(),
          warnings: z.array(Code).max(32).optional(),
          supplies: z.array(Supply).max(32).optional(),
        }),
      ),
      pending: z.record(z.string(), z.number().int()),
    }),
    z.object({
      serverTime: Instant,
      downlink: DownlinkVersions,
      /** The terminal's clock is ahead (or, negative, behind) by more than 120 s: E3113. */
      clock: z.object({ code: Code, aheadMs: z.number().int() }).optional(),
    }),
  ),
  /** Everything that is newer than what the terminal has: one catalogue, one set of parameters, commands in order. */
  downlink: route(
    'POST',
    '/v1/downlink',
    z.object({ applied: DownlinkVersions }),
    z.object({ envelopes: z.array(Envelope).max(50) }),
  ),
  sendCode: route('POST', '/v1/identity/codes', PersonClaim, CodeSent),
  checkCode: route(
    'POST',
    '/v1/identity/checks',
    /** With the token of a first factor the same one is raised. */
    z.object({ challengeId: z.string(), code: z.string().max(12), identityToken: z.string().optional() }),
    CodeCheck,
  ),
  /** One factor, the first or another: gives a token or raises it. Errors: E1104 … E1105, E1202 … E1215, E3501 … E3506. */
  prove: route('POST', '/v1/identity/factors', identityShapes.prove.request, identityShapes.prove.answer),
  /** A code to the phone on record of whoever a token stands for. Errors: E1203, E1204, E1206, E3106. */
  requestCode: route(
    'POST',
    '/v1/identity/factors/codes',
    identityShapes.requestCode.request,
    identityShapes.requestCode.answer,
  ),
  /** May this card's PIN be checked here, and how does the pad seal it. Errors: E1211 another bank, E3501. */
  bankCardTerms: route(
    'POST',
    '/v1/identity/bank-cards',
    identityShapes.bankCardTerms.request,
    identityShapes.bankCardTerms.answer,
  ),
  /** Which factors, when, and what level that is now. Error: E1206. */
  identityState: route(
    'POST',
    '/v1/identity/state',
    identityShapes.identityState.request,
    identityShapes.identityState.answer,
  ),
  /** 代办: an agent goes on for somebody else. Errors: E1104, E1105, E1205, E1206, E1214. */
  actFor: route('POST', '/v1/identity/agents', identityShapes.actFor.request, identityShapes.actFor.answer),
  /** 授权: somebody lets another person act. Errors: E1206, E1207, E1104. */
  authorise: route(
    'POST',
    '/v1/identity/authorisations',
    identityShapes.authorise.request,
    identityShapes.authorise.answer,
  ),
  authorisations: route(
    'POST',
    '/v1/identity/authorisations/own',
    identityShapes.authorisations.request,
    identityShapes.authorisations.answer,
  ),
  withdrawAuthorisation: route(
    'POST',
    '/v1/identity/authorisations/withdrawals',
    identityShapes.withdrawAuthorisation.request,
    identityShapes.withdrawAuthorisation.answer,
  ),
  endIdentity: route('POST', '/v1/identity/end', z.object({ identityToken: z.string() }), z.object({})),
  account: route(
    'POST',
    '/v1/accounts/overview',
    z.object({ identityToken: z.string(), ...A.AccountChoice.shape }),
    AccountOverview,
  ),
  details: route(
    'POST',
    '/v1/accounts/details',
    z.object({ identityToken: z.string(), period: Period, ...A.AccountChoice.shape, ...A.ForItem.shape }),
    Details,
  ),
  /** Every account of the person, the one in use first. */
  accounts: route('POST', '/v1/accounts', A.AccountsRequest, A.Accounts),
  /** The whole history in pages. Error: E3304. */
  history: route('POST', '/v1/accounts/history', A.HistoryRequest, A.History),
  /** One fund year with its interest, line by line. Error: E3304. */
  interest: route('POST', '/v1/accounts/interest', A.InterestRequest, A.Interest),
  loans: route('POST', '/v1/loans', A.LoansRequest, A.Loans),
  /** What is still to be paid. Error of the three: E3304. */
  loanPlan: route('POST', '/v1/loans/plan', A.LoanRequest, A.LoanPlan),
  loanHistory: route('POST', '/v1/loans/history', A.LoanRequest, A.LoanHistory),
  /** Shorter or smaller, side by side. Error: E9005 settled, overdue, a day or an amount outside the limits. */
  earlyRepaymentTrial: route('POST', '/v1/loans/trials', A.TrialRequest, A.Trial),
  withdrawalReasons: route('POST', '/v1/withdrawals/reasons', A.WithdrawalReasonsRequest, A.WithdrawalReasons),
  /** May this be withdrawn, how much, by which rules. Changes nothing. */
  withdrawalCheck: route('POST', '/v1/withdrawals/checks', A.WithdrawalCheckRequest, A.WithdrawalCheck),
  /** Idempotent by operationId: asking again gives the same document, number and bytes. */
  issueStatement: route(
    'POST',
    '/v1/documents/statements',
    z.object({ identityToken: z.string(), operationId: z.string(), period: Period, maskIdNumber: z.boolean() }),
    IssuedDocument,
  ),

  /** As it would be, with a watermark and without number, code and seal. */
  previewDocument: route(
    'POST',
    '/v1/documents/previews',
    z.object({ identityToken: z.string(), ask: DocumentAsk, maskIdNumber: z.boolean() }),
    DocumentPreview,
  ),
  /** Idempotent by operationId, as issueStatement. Errors: E5201 … E5210. */
  issueDocument: route(
    'POST',
    '/v1/documents',
    z.object({
      identityToken: z.string(),
      operationId: z.string(),
      ask: DocumentAsk,
      maskIdNumber: z.boolean(),
    }),
    IssuedDocument,
  ),
  /** 补打: counted once per operationId. Errors: E5211, E5212. */
  reprintDocument: route(
    'POST',
    '/v1/documents/reprints',
    z.object({ identityToken: z.string(), operationId: z.string(), documentNumber: z.string().max(40) }),
    IssuedDocument,
  ),
  ownDocuments: route(
    'POST',
    '/v1/documents/own',
    z.object({ identityToken: z.string() }),
    z.object({ documents: z.array(OwnDocument) }),
  ),
  /** Asks for a certificate to be called back; staff decide. Errors: E5211, E5213. */
  cancelCertificate: route(
    'POST',
    '/v1/certificates/cancellations',
    z.object({
      identityToken: z.string(),
      documentNumber: z.string().max(40),
      reason: z.enum(['notNeeded', 'otherCity', 'wrongData']),
    }),
    z.object({ state: CertificateState }),
  ),
  /** By anybody who holds a paper: nobody has to say who they are. */
  verifyDocument: route(
    'POST',
    '/v1/documents/verifications',
    z.object({ documentNumber: z.string().max(100), code: z.string().max(100) }),
    VerifiedPaper,
  ),

  /** L3: confirmed before `request.submitted` is journaled. Errors: E2701 identified too long ago, E2703 the operation confirmed something else. */
  confirmRequest: route('POST', '/v1/requests/confirmations', Q.ConfirmRequest, Q.RequestConfirmed),
  /** What became of a request that was just submitted: waits a little for the entry and the decision. */
  requestOutcome: route('POST', '/v1/requests/outcomes', Q.OutcomeRequest, Q.RequestOutcome),
  completeIdentity: route('POST', '/v1/requests/identities', Q.CompleteIdentity, Q.RequestOutcome),
  /** Every case of the person, from every channel. */
  progress: route('POST', '/v1/requests/progress', Q.ProgressRequest, Q.Progress),
  sendContactCode: route('POST', '/v1/contacts/codes', Q.SendContactCode, CodeSent),
  checkContactCode: route('POST', '/v1/contacts/checks', Q.CheckContactCode, Q.ContactChecked),
  verifyPayoutCard: route('POST', '/v1/cards/checks', Q.VerifyPayoutCard, Q.PayoutCardChecked),

  /** Consents of the person to offices outside, and the offices that may be given one (B09). */
  consents: route('POST', '/v1/consents/query', z.object({ identityToken: z.string() }), Consents),

  /** How the branches of the catalogue stand now (Q09): nobody has to say who they are. */
  branchesNow: route('GET', '/v1/branches', z.object({}), BranchesNow),
  /** What is free for a service of B08, branch by branch. */
  appointmentSlots: route(
    'POST',
    '/v1/appointments/slots',
    z.object({ topicId: z.string().max(40) }),
    AppointmentSlots,
  ),

  /** What was begun here goes on elsewhere: on the person's phone, at a counter, at another machine. Error: E9005 too large. */
  leave: route('POST', '/v1/handovers', LeaveRequest, Left),
  /** Goes on here with what was left elsewhere, once, by the same person identified again. Errors: E2602, E2607. */
  takeUp: route(
    'POST',
    '/v1/handovers/taking',
    z.object({ identityToken: z.string().optional(), code: z.string().min(4).max(80) }),
    TakenUp,
  ),

  /**
   * Heads of entries that were acknowledged, hourly: each is compared with what the platform keeps at that very sequence.
   * `signatureBase64` is the terminal's over `headsText` (reconciliation.ts). Error: E6204.
   */
  reportHeads: route(
    'POST',
    '/v1/reconciliation/heads',
    z.object({
      at: Instant,
      heads: z.array(HeadAt).min(1).max(StreamName.options.length),
      signatureBase64: z.base64(),
    }),
    Comparison,
  ),
  /**
   * A day's close, once its entries were acknowledged; days in order of their numbers. The same close again is answered
   * again. Signed over `closeText`. Errors: E6204; E6201 another close has this number already.
   */
  closeDay: route(
    'POST',
    '/v1/reconciliation/closes',
    z.object({ close: DayClose, signatureBase64: z.base64() }),
    Comparison,
  ),
  /** What the platform keeps at a sequence; null: nothing, or something that does not follow from what is before it. */
  linkAt: route(
    'POST',
    '/v1/reconciliation/links',
    z.object({ stream: StreamName, seq: z.number().int().nonnegative() }),
    z.object({ link: Link.nullable() }),
  ),
  /** Where a difference of heads begins, as the terminal found it with `linkAt`. */
  reportFirstDifference: route(
    'POST',
    '/v1/reconciliation/differences',
    z.object({
      stream: StreamName,
      firstSeq: z.number().int().positive(),
      own: Link,
      platform: Link.nullable(),
      probes: z.number().int().nonnegative(),
    }),
    Comparison,
  ),
} as const;
export type PlatformRoutes = typeof platformRoutes;
export type PlatformRequest<R extends keyof PlatformRoutes> = z.input<PlatformRoutes[R]['request']>;
export type PlatformAnswer<R extends keyof PlatformRoutes> = z.output<PlatformRoutes[R]['answer']>;
