import type { FactorKind, ProvenFactor } from '@kiosk/contract/platform/identity.ts';

/** A code that was sent. The code itself is nowhere. */
export interface Challenge {
  readonly challengeId: string;
  readonly terminalId: string;
  /** Keyed hash of the ID number. */
  readonly personHash: string;
  readonly depositorId: string;
  /** Keyed hash of challenge and code. */
  readonly codeHash: string;
  readonly phoneMasked: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** What a token stands for; of the token itself only a hash is kept. */
export interface KeptToken {
  readonly terminalId: string;
  readonly depositorId: string;
  readonly expiresAt: number;
  /** JSON of whoever acts for the person, masked; null: the person. */
  readonly agent: string | null;
  /** Oldest first. */
  readonly factors: readonly ProvenFactor[];
}

export interface KeptAuthorisation {
  readonly authorisationId: string;
  readonly depositorId: string;
  readonly codeHash: string;
  readonly agentHash: string;
  readonly agentNameMasked: string;
  readonly agentIdNumberMasked: string;
  readonly items: readonly string[];
  readonly givenAt: number;
  readonly until: number;
  readonly withdrawnAt: number | null;
}

export interface IdentityStore {
  /** The newest challenge of a person that was not used. */
  openChallenge(personHash: string): Promise<Challenge | undefined>;
  challenge(challengeId: string): Promise<Challenge | undefined>;
  addChallenge(challenge: Challenge): Promise<void>;
  /** True once. */
  useChallenge(challengeId: string): Promise<boolean>;
  /** `subject`: a keyed hash of whoever, or whatever, is tried. */
  lockedUntil(subject: string): Promise<number>;
  /** Counts a try before it is judged, so that tries at the same moment cannot share one. */
  countTry(
    subject: string,
    rule: { readonly at: number; readonly tries: number; readonly lockMs: number },
  ): Promise<number>;
  clearTries(subject: string): Promise<void>;
  addToken(token: {
    readonly tokenHash: string;
    readonly terminalId: string;
    readonly depositorId: string;
    readonly expiresAt: number;
    readonly agent?: string | null;
    readonly factors: readonly ProvenFactor[];
  }): Promise<void>;
  /** A factor that is there already has the later time. */
  addFactor(tokenHash: string, kind: FactorKind, at: number): Promise<void>;
  token(tokenHash: string): Promise<KeptToken | undefined>;
  endToken(tokenHash: string): Promise<void>;
  addAuthorisation(authorisation: KeptAuthorisation): Promise<void>;
  authorisationByCode(codeHash: string): Promise<KeptAuthorisation | undefined>;
  /** Newest first, 100 at most. */
  authorisationsOf(depositorId: string): Promise<readonly KeptAuthorisation[]>;
  /** undefined: not this person's, or withdrawn before. */
  withdrawAuthorisation(
    authorisationId: string,
    depositorId: string,
    at: number,
  ): Promise<KeptAuthorisation | undefined>;
  addMessage(message: { readonly at: number; readonly phoneMasked: string; readonly text: Uint8Array }): Promise<void>;
  messages(): Promise<readonly { id: number; at: number; phoneMasked: string; text: Uint8Array }[]>;
}
