import type { Role } from '../management/contract/route.ts';

export interface StaffMember {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly state: 'active' | 'disabled';
  /** scrypt with its parameters and salt (management/secrets.ts). */
  readonly secret: string;
  readonly mustChange: boolean;
  /** Wrong tries in a row. */
  readonly tries: number;
  readonly lockedUntil: number;
  readonly createdAt: number;
  readonly lastSignInAt: number | null;
}

export interface StaffSession {
  readonly tokenHash: string;
  readonly login: string;
  readonly csrfToken: string;
  readonly createdAt: number;
  readonly lastUsedAt: number;
}

export interface StaffStore {
  list(): Promise<readonly StaffMember[]>;
  get(login: string): Promise<StaffMember | undefined>;
  /** False: the login is taken. */
  add(member: StaffMember): Promise<boolean>;
  change(login: string, fields: Partial<Omit<StaffMember, 'login' | 'tries'>>): Promise<boolean>;
  /** Counts a try before it is judged, so that tries at the same moment cannot share one. The new count. */
  countTry(login: string): Promise<number>;
  clearTries(login: string): Promise<void>;
  addSession(session: StaffSession): Promise<void>;
  session(tokenHash: string): Promise<StaffSession | undefined>;
  sessions(): Promise<readonly StaffSession[]>;
  touch(tokenHash: string, at: number): Promise<void>;
  endSession(tokenHash: string): Promise<void>;
  /** All of a person but one. */
  endSessionsOf(login: string, except?: string): Promise<void>;
  sweepSessions(lastUsedBefore: number): Promise<void>;
}
