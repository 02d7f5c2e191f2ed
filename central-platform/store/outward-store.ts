/** An authority that may ask for data about people: what it may have is JSON (channels/outward/grants.ts). */
export interface DepartmentRow {
  readonly departmentId: string;
  readonly keyHash: string | null;
  readonly settings: string;
  readonly version: number;
  readonly changedAt: number;
}

export interface Consent {
  readonly consentId: string;
  readonly depositorId: string;
  readonly departmentId: string;
  readonly fields: readonly string[];
  readonly purpose: string;
  readonly channel: string;
  readonly givenAt: number;
  readonly until: number;
  readonly withdrawnAt: number | null;
}

/** What left the centre: which fields, never their values. */
export interface OutwardAnswer {
  readonly at: number;
  readonly departmentId: string;
  /** Keyed hash of the ID number asked for. */
  readonly personHash: string;
  readonly given: readonly string[];
  readonly withheld: readonly string[];
  readonly found: boolean;
}

export interface OutwardStore {
  departments(): Promise<readonly DepartmentRow[]>;
  department(departmentId: string): Promise<DepartmentRow | undefined>;
  /** Version 1: new. Later ones only over the one before; false: somebody was faster. */
  put(row: DepartmentRow): Promise<boolean>;
  consent(consent: Consent): Promise<void>;
  /** True once. */
  withdraw(consentId: string, depositorId: string, at: number): Promise<boolean>;
  consents(depositorId: string): Promise<readonly Consent[]>;
  log(answer: OutwardAnswer): Promise<void>;
  answers(departmentId: string | undefined, limit: number): Promise<readonly OutwardAnswer[]>;
  /** Questions and answers about somebody by department, from an instant on. */
  counts(since: number): Promise<readonly { departmentId: string; asked: number; found: number }[]>;
}
