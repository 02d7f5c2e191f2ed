import { AccountOverview, Details, Period } from '@kiosk/contract/platform/api.ts';
import { Code, DateText, Instant, Language, Words } from '@kiosk/contract/services/common.ts';
import { z } from 'zod';

/**
 * The web API: what portal, web hall, app, mini program and government platform call for a person, under `/web/v1`. Every call names its
 * channel with `x-app-id` and `x-app-key` (and `x-app-token` where the channel has one); a person's calls carry the session as a bearer
 * token. A refusal is a status of 4xx with a code of the catalogue. Additive within the version.
 */
export const Challenge = z.object({
  challengeId: z.string(),
  resendAfterSeconds: z.number().int(),
  validSeconds: z.number().int(),
});

export const SignedIn = z.union([
  z.object({
    accepted: z.literal(true),
    session: z.string(),
    expiresAt: Instant,
    /** Masked. */
    name: z.string(),
    /** Channel that knew this person first; none is better than another. */
    registeredBy: z.string(),
  }),
  z.object({ accepted: z.literal(false), attemptsLeft: z.number().int() }),
]);
export type SignedIn = z.infer<typeof SignedIn>;

export const MyDocument = z.object({
  documentNumber: z.string(),
  kind: z.string(),
  kindName: Words,
  state: z.enum(['valid', 'cancelled', 'expired']),
  issuedAt: Instant,
  pages: z.number().int().nullable(),
  prints: z.number().int(),
});
export type MyDocument = z.infer<typeof MyDocument>;

export const MyCase = z.object({
  number: z.string(),
  item: z.string(),
  name: Words,
  /** Where it was left: a channel code. */
  channel: z.string(),
  state: z.enum(['received', 'inProgress', 'waitingForYou', 'done', 'refused']),
  receivedAt: Instant,
  /** When the centre means to be done with it. */
  dueAt: Instant.nullable(),
  /** What is missing, in words that name the paper. */
  missing: z.array(Words).max(20),
  /** What was decided, or why not. */
  words: Words.nullable(),
});
export type MyCase = z.infer<typeof MyCase>;

export const Appointment = z.object({
  number: z.string(),
  branch: Words,
  service: Words,
  date: DateText,
  half: z.enum(['morning', 'afternoon']),
  state: z.enum(['requested', 'confirmed', 'refused', 'over', 'cancelled']),
});
export type Appointment = z.infer<typeof Appointment>;

export const Consent = z.object({
  consentId: z.string(),
  departmentId: z.string(),
  department: Words,
  fields: z.array(z.string()),
  purpose: Words,
  givenAt: Instant,
  until: Instant,
  withdrawnAt: Instant.nullable(),
});

export const Answer = z.union([
  z.object({
    known: z.literal(true),
    articles: z
      .array(z.object({ articleId: z.string(), title: z.string(), excerpt: z.string(), item: z.string().nullable() }))
      .min(1)
      .max(3),
  }),
  /** It does not know, says so, and a person can be asked. */
  z.object({ known: z.literal(false), offer: z.literal('workOrder'), words: z.string() }),
]);
export type Answer = z.infer<typeof Answer>;

const Number40 = z.string().min(4).max(40);
const phone = z.string().regex(/^\d{11}$/);
export const SCORES = ['satisfied', 'fair', 'dissatisfied'] as const;
export const REASONS = ['policy', 'attitude', 'process', 'answers', 'machine'] as const;

type Auth = 'app' | 'person' | 'unit';
const route = <Q extends z.ZodType, A extends z.ZodType>(
  auth: Auth,
  item: string | null,
  method: 'GET' | 'POST',
  path: string,
  request: Q,
  answer: A,
) => ({ auth, item, method, path: `/web/v1${path}`, request, answer });

const Nothing = z.object({});
const Of = { number: Number40 };

const NoticeSettings = z.object({
  language: Language,
  topics: z.array(z.object({ topic: z.string(), name: Words, optional: z.boolean(), on: z.boolean() })),
});

/** `item`: what the gates ask about; null: before one is chosen. Values named in the path are part of the request. */
export const webRoutes = {
  /** By the phone of a user. An unknown phone is answered alike and gets no message. Errors: E2607. */
  sendLoginCode: route(
    'app',
    null,
    'POST',
    '/login/codes',
    z.object({ phone, language: Language.default('zh') }),
    Challenge,
  ),
  /** First time: name and ID number as on the card; the code goes to the phone on record. */
  sendRegisterCode: route(
    'app',
    null,
    'POST',
    '/registration/codes',
    z.object({
      name: z.string().min(1).max(120),
      idNumber: z.string().min(15).max(18),
      language: Language.default('zh'),
    }),
    Challenge,
  ),
  /** Errors: E1202 expired or used, E1203 locked, E2601 several users share the phone: `idTail` decides. */
  signIn: route(
    'app',
    null,
    'POST',
    '/login',
    z.object({ challengeId: z.string().max(60), code: z.string().max(12), idTail: z.string().max(4).optional() }),
    SignedIn,
  ),
  signOut: route('person', null, 'POST', '/logout', Nothing, Nothing),
  myAccount: route('person', 'Q01', 'GET', '/account', Nothing, AccountOverview),
  myDetails: route('person', 'Q02', 'POST', '/details', z.object({ period: Period }), Details),
  myDocuments: route('person', 'B09', 'GET', '/documents', Nothing, z.object({ rows: z.array(MyDocument) })),
  /** A code another person scans: good for five minutes, and a newer one ends it. Errors: E2606, E2612. */
  showDocument: route(
    'person',
    'B09',
    'POST',
    '/documents/:number/show',
    z.object(Of),
    z.object({ url: z.string(), expiresAt: Instant }),
  ),
  /** The holder takes it back; whoever verifies it reads so. Errors: E2606, E2612. */
  cancelDocument: route(
    'person',
    'B09',
    'POST',
    '/documents/:number/cancellation',
    z.object({ ...Of, reason: z.string().trim().min(2).max(200) }),
    z.object({ state: z.enum(['cancelled', 'requested']) }),
  ),
  /** Of all channels. */
  myCases: route('person', 'Q06', 'GET', '/cases', Nothing, z.object({ rows: z.array(MyCase) })),
  myCase: route('person', 'Q06', 'GET', '/cases/:number', z.object(Of), MyCase),
  /** Errors: E2603 kind of file, E2604 size, E2605 the case takes none, E2606. */
  handInPaper: route(
    'person',
    'Q06',
    'POST',
    '/cases/:number/papers',
    z.object({ ...Of, material: z.string().min(1).max(80), fileBase64: z.base64().max(9 * 1024 * 1024) }),
    z.object({ sha256: z.string(), size: z.number().int(), receivedAt: Instant }),
  ),
  /** Errors: E2606 nothing of yours, E2608. */
  rate: route(
    'person',
    'S02',
    'POST',
    '/ratings',
    z.object({ subject: Number40, score: z.enum(SCORES), reason: z.enum(REASONS).optional() }),
    Nothing,
  ),
  myAppointments: route('person', 'B08', 'GET', '/appointments', Nothing, z.object({ rows: z.array(Appointment) })),
  /** Leaves what was begun here for a terminal or another channel. */
  leave: route(
    'person',
    null,
    'POST',
    '/handovers',
    z.object({ item: z.string().max(10), step: z.string().max(40), form: z.record(z.string(), z.unknown()) }),
    z.object({ resumeCode: z.string(), expiresAt: Instant }),
  ),
  /** Goes on with what was left elsewhere; the same person, once. Errors: E2602, E2607. */
  takeUp: route(
    'person',
    null,
    'POST',
    '/handovers/taking',
    z.object({ code: z.string().min(4).max(80) }),
    z.object({ item: z.string(), step: z.string(), form: z.record(z.string(), z.unknown()), from: z.string() }),
  ),
  ask: route(
    'app',
    'Q08',
    'POST',
    '/answers',
    z.object({ question: z.string().trim().min(1).max(200), language: Language.default('zh') }),
    Answer,
  ),
  topics: route(
    'person',
    null,
    'GET',
    '/subscriptions',
    Nothing,
    z.object({ rows: z.array(z.object({ topic: z.string(), name: Words, subscribed: z.boolean() })) }),
  ),
  subscribe: route(
    'person',
    null,
    'POST',
    '/subscriptions',
    z.object({ topic: z.string().max(40), on: z.boolean() }),
    Nothing,
  ),
  /** What the person is told by message, in which language; what is not optional cannot be switched off. */
  noticeSettings: route('person', null, 'GET', '/notices/settings', Nothing, NoticeSettings),
  /** `off`: topics. Errors: E2606 none of ours, or one that is not optional. */
  setNotices: route(
    'person',
    null,
    'POST',
    '/notices/settings',
    z.object({ language: Language, off: z.array(z.string().max(40)).max(20) }),
    Nothing,
  ),
  myNews: route(
    'person',
    null,
    'GET',
    '/news',
    Nothing,
    z.object({ rows: z.array(z.object({ at: Instant, topic: z.string(), title: Words, text: Words })) }),
  ),
  /** The e-card's code of this minute, for a counter or a bank to read. */
  myCard: route('person', 'B09', 'POST', '/card', Nothing, z.object({ code: z.string(), expiresAt: Instant })),
  /** What a counter reads of it: once, masked. Errors: E2602. */
  readCard: route(
    'app',
    'B09',
    'POST',
    '/card/reading',
    z.object({ code: z.string().max(40) }),
    z.object({ name: z.string(), account: z.string(), state: z.string() }),
  ),
  myConsents: route('person', 'B09', 'GET', '/consents', Nothing, z.object({ rows: z.array(Consent) })),
  /** Errors: E2606 no such department, or it may not have such a field at all. */
  giveConsent: route(
    'person',
    'B09',
    'POST',
    '/consents',
    z.object({
      departmentId: z.string().max(40),
      fields: z.array(z.string().max(40)).min(1).max(30),
      days: z.number().int().min(1).max(366),
    }),
    Consent,
  ),
  withdrawConsent: route(
    'person',
    'B09',
    'POST',
    '/consents/:number/withdrawal',
    z.object({ number: z.string().max(60) }),
    Nothing,
  ),
  /** A unit's clerk proves a certificate by signing what stands in `text` with its key. */
  unitChallenge: route(
    'app',
    null,
    'POST',
    '/unit/challenges',
    z.object({ certificatePem: z.string().max(8_000) }),
    z.object({ challengeId: z.string(), text: z.string(), validSeconds: z.number().int() }),
  ),
  /** Errors: E2610. */
  unitSignIn: route(
    'app',
    null,
    'POST',
    '/unit/login',
    z.object({
      challengeId: z.string().max(60),
      certificatePem: z.string().max(8_000),
      signatureBase64: z.base64().max(2_000),
    }),
    z.object({ session: z.string(), expiresAt: Instant, unitAccount: z.string(), unitName: z.string() }),
  ),
  unitOverview: route(
    'unit',
    null,
    'GET',
    '/unit',
    Nothing,
    z.object({
      unitAccount: z.string(),
      unitName: z.string(),
      employees: z.number().int(),
      paidToMonth: z.string(),
      state: z.string(),
    }),
  ),
} as const;
export type WebRoutes = typeof webRoutes;
export type WebRouteName = keyof WebRoutes;
export type WebAsked<R extends WebRouteName> = z.output<WebRoutes[R]['request']>;
export type WebAnswer<R extends WebRouteName> = z.output<WebRoutes[R]['answer']>;

export const WebRefusal = z.object({ code: Code, detail: z.string().optional() });
