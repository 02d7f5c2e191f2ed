import { z } from 'zod';
import { DateText, Instant } from '../services/common.ts';
import { PinBlock } from '../services/devices.ts';

/** Ways in which somebody proves who they are. Which of them make which level: domain/identity-level.ts. */
export const FactorKind = z.enum(['idCard', 'smsCode', 'bankCard', 'appCode', 'face']);
export type FactorKind = z.infer<typeof FactorKind>;

/** L0 nobody, L1 one factor, L2 two of different kind, L3 L2 that is fresh (domain facts: plus an explicit confirmation of the act). */
export const IdentityLevel = z.enum(['L0', 'L1', 'L2', 'L3']);
export type IdentityLevel = z.infer<typeof IdentityLevel>;

/** What the card told us about the person; crosses the line to the platform, is never journaled in clear. */
export const PersonClaim = z.object({ name: z.string(), idNumber: z.string(), validTo: DateText.nullable() });
export type PersonClaim = z.infer<typeof PersonClaim>;

export const CodeSent = z.object({
  challengeId: z.string(),
  /** 3 + 2, e.g. 122******01. */
  phoneMasked: z.string(),
  resendAfterSeconds: z.number().int(),
  validSeconds: z.number().int(),
});
export type CodeSent = z.infer<typeof CodeSent>;

export const CodeCheck = z.union([
  /** The token stands for two factors of this person in this session; it ends with the session. */
  z.object({ accepted: z.literal(true), identityToken: z.string(), expiresAt: Instant }),
  z.object({ accepted: z.literal(false), attemptsLeft: z.number().int() }),
]);
export type CodeCheck = z.infer<typeof CodeCheck>;

export const ProvenFactor = z.object({ kind: FactorKind, at: Instant });
export type ProvenFactor = z.infer<typeof ProvenFactor>;

/** One factor, as the terminal has it. Whole values: they go to the platform and nowhere else. */
export const FactorProof = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('idCard'), card: PersonClaim }),
  z.object({ kind: z.literal('smsCode'), challengeId: z.string(), code: z.string().max(12) }),
  z.object({
    kind: z.literal('bankCard'),
    cardNumber: z.string().regex(/^\d{12,19}$/),
    block: PinBlock,
    /** Number of the holder's document where the chip carries it (EMV 9F61). */
    holderDocument: z.string().max(40).optional(),
  }),
  /** The e-card that the centre's app shows. */
  z.object({ kind: z.literal('appCode'), code: z.string().min(4).max(200) }),
  /**
   * A vendor's library on the terminal compared the picture of the ID card with the face before the camera, 0 to 1. Neither
   * picture leaves the terminal. `consentAt`: when the person agreed, on a screen of its own.
   */
  z.object({ kind: z.literal('face'), score: z.number().min(0).max(1), consentAt: Instant }),
]);
export type FactorProof = z.infer<typeof FactorProof>;

/** Whom the factors stand for. Whole; the terminal masks before anything reaches a screen. */
export const IdentifiedPerson = z.object({
  name: z.string(),
  idNumber: z.string(),
  /** null: no phone on record. */
  phoneMasked: z.string().nullable(),
});

/** The agent (代办人) behind a token, masked: first character of the name, first and last of the number. */
export const ActingAgent = z.object({
  nameMasked: z.string(),
  idNumberMasked: z.string(),
  /** A person's own e-consent was given with two factors; a paper is looked at by staff before anything is decided. */
  authority: z.enum(['eConsent', 'paper']),
  /** Items it covers; empty: none by itself, a person at the centre decides. */
  items: z.array(z.string()).max(40),
});
export type ActingAgent = z.infer<typeof ActingAgent>;

export const IdentityState = z.object({
  level: z.enum(['L1', 'L2', 'L3']),
  factors: z.array(ProvenFactor).max(10),
  expiresAt: Instant,
  agent: ActingAgent.optional(),
});
export type IdentityState = z.infer<typeof IdentityState>;

export const Proven = z.union([
  IdentityState.extend({ accepted: z.literal(true), identityToken: z.string(), person: IdentifiedPerson }),
  z.object({ accepted: z.literal(false), attemptsLeft: z.number().int().nonnegative() }),
]);
export type Proven = z.infer<typeof Proven>;

/** What a PIN pad is told before a PIN is typed for a card of a bank that answers here. */
export const BankCardTerms = z.object({
  bankName: z.string(),
  format: PinBlock.shape.format,
  minDigits: z.number().int().min(4).max(12),
  maxDigits: z.number().int().min(4).max(12),
});
export type BankCardTerms = z.infer<typeof BankCardTerms>;

/** A consent to act for somebody, as its giver sees it. */
export const Authorisation = z.object({
  authorisationId: z.string(),
  agentNameMasked: z.string(),
  agentIdNumberMasked: z.string(),
  items: z.array(z.string()).max(40),
  givenAt: Instant,
  until: Instant,
  state: z.enum(['valid', 'withdrawn', 'ended']),
});
export type Authorisation = z.infer<typeof Authorisation>;

const token = { identityToken: z.string() };

/** Requests and answers of the identity routes; methods and paths stand in api.ts. */
export const identityShapes = {
  prove: {
    /** Without a token this is the first factor. */
    request: z.object({ identityToken: z.string().optional(), proof: FactorProof }),
    answer: Proven,
  },
  requestCode: { request: z.object(token), answer: CodeSent },
  bankCardTerms: {
    request: z.object({ identityToken: z.string().optional(), cardNumber: z.string().regex(/^\d{12,19}$/) }),
    answer: BankCardTerms,
  },
  identityState: { request: z.object(token), answer: IdentityState },
  actFor: {
    request: z.object({
      /** Of the agent, identified with the ID card. */
      ...token,
      authority: z.discriminatedUnion('kind', [
        /** `code`: as the giver's screen or slip shows it. */
        z.object({ kind: z.literal('eConsent'), code: z.string().min(4).max(40) }),
        /** A paper is shown at the counter later; the other one's ID card lies on the reader now. */
        z.object({ kind: z.literal('paper'), card: PersonClaim, paperNumber: z.string().max(40).nullable() }),
      ]),
    }),
    answer: IdentityState.extend({ ...token, person: IdentifiedPerson }),
  },
  authorise: {
    request: z.object({
      ...token,
      agent: z.object({ name: z.string().min(1).max(60), idNumber: z.string().min(8).max(40) }),
      items: z
        .array(z.string().regex(/^[A-Z]\d{2}$/))
        .min(1)
        .max(40),
      days: z.number().int().min(1).max(90),
    }),
    /** `code` is what the agent brings; it is told once. */
    answer: Authorisation.extend({ code: z.string() }),
  },
  authorisations: { request: z.object(token), answer: z.object({ authorisations: z.array(Authorisation).max(100) }) },
  withdrawAuthorisation: {
    request: z.object({ ...token, authorisationId: z.string().max(60) }),
    answer: Authorisation,
  },
} as const;
