/** One person, one user, whatever the channel on which the person was identified first. */
export interface PlatformUser {
  readonly userId: string;
  readonly depositorId: string;
  /** Keyed hash of the ID number. */
  readonly personHash: string;
  /** Keyed hash of the phone at which the person was identified last. */
  readonly phoneHash: string;
  readonly registeredAt: number;
  /** Channel code. */
  readonly registeredBy: string;
}

export interface WebChallenge {
  readonly challengeId: string;
  readonly purpose: 'login' | 'register' | 'unit';
  readonly channel: string;
  /** Keyed hash of what it was asked for: the phone, the person or the unit's certificate. */
  readonly subjectHash: string;
  /** Those it could be; none: nobody is known by this, and the caller is not told. */
  readonly candidates: readonly string[];
  readonly codeHash: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface WebSession {
  readonly tokenHash: string;
  readonly channel: string;
  readonly kind: 'person' | 'unit';
  /** Depositor or unit account. */
  readonly subject: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface UserStore {
  /** The user of a person, made if there is none yet. The phone is the one just proved. */
  bind(user: PlatformUser): Promise<PlatformUser>;
  byPhone(phoneHash: string): Promise<readonly PlatformUser[]>;
  byDepositor(depositorId: string): Promise<PlatformUser | undefined>;
  /** In order of the depositor, after one. */
  page(after: string, limit: number): Promise<readonly PlatformUser[]>;
  addChallenge(challenge: WebChallenge): Promise<void>;
  challenge(challengeId: string): Promise<WebChallenge | undefined>;
  /** True once. */
  useChallenge(challengeId: string): Promise<boolean>;
  addSession(session: WebSession): Promise<void>;
  session(tokenHash: string): Promise<WebSession | undefined>;
  endSession(tokenHash: string): Promise<void>;
  /** Challenges and sessions that ended before. */
  sweep(before: number): Promise<void>;
}
