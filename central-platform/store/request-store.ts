/** Where a case stands. The words of contract/platform/requests.ts, and `arrived`: nobody has looked yet. */
export type CaseState =
  'arrived' | 'identityMissing' | 'needs' | 'withPerson' | 'registered' | 'granted' | 'refused' | 'withdrawn';

/** A request of a depositor from its arrival to its decision, by its number. */
export interface CaseRow {
  readonly requestNumber: string;
  readonly operationId: string;
  readonly terminalId: string | null;
  readonly channelId: string;
  readonly item: string;
  readonly offline: boolean;
  /** Keyed hash by which a person's cases are found; null: nobody said who it is. */
  readonly idHash: string | null;
  readonly depositorId: string | null;
  readonly state: CaseState;
  /** Counts its changes: who has read an older one changes nothing. */
  readonly version: number;
  readonly receivedAt: number;
  /** Last day on which it is to be decided, or something handed in. */
  readonly dueOn: string | null;
  readonly decidedAt: number | null;
  /** The machine has something to do from then on; null: it waits for somebody. */
  readonly wakeAt: number | null;
  /** Form and person as the register of requests keeps them, encrypted by the vault. */
  readonly asked: Uint8Array;
  /** What happened to it, folded (requests/life.ts), encrypted by the vault. */
  readonly content: Uint8Array;
}
export type NewCase = Omit<CaseRow, 'version' | 'decidedAt' | 'depositorId'>;

export interface CaseStep {
  readonly at: number;
  /** A member of the staff, a terminal, a channel or `system`. */
  readonly by: string;
  readonly act: string;
  /** The event whole, encrypted by the vault. */
  readonly event: Uint8Array;
}

/** What a depositor confirmed at a terminal, with two fresh factors, before it was submitted. */
export interface Confirmation {
  readonly terminalId: string;
  readonly operationId: string;
  readonly depositorId: string;
  readonly item: string;
  /** `requestSha256` under a keyed hash. */
  readonly formHash: string;
  readonly level: 'L2' | 'L3';
  /** Somebody acts for the depositor, by an e-consent or with a paper that has to be looked at. */
  readonly agent: 'eConsent' | 'paper' | null;
  /** Encrypted by the vault; null: none was asked for. */
  readonly signature: Uint8Array | null;
  readonly at: number;
}

/** A code sent to a phone that is not on record. */
export interface ContactCheck {
  readonly checkId: string;
  readonly terminalId: string;
  readonly depositorId: string;
  readonly phoneHash: string;
  readonly phoneMasked: string;
  readonly codeHash: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** The right code came; null: not yet. */
  readonly provenAt: number | null;
}

/** What the bank said of a card. */
export interface CardCheck {
  readonly checkId: string;
  readonly depositorId: string;
  readonly cardHash: string;
  readonly verified: boolean;
  readonly bankName: string;
  readonly at: number;
}

export interface CaseFilter {
  readonly state?: CaseState | undefined;
  readonly item?: string | undefined;
  /** Not decided and due before this day. */
  readonly dueBefore?: string | undefined;
}

/** Requests of depositors, their confirmations, and what was found out beforehand. */
export interface RequestStore {
  /** Once a number; false: it is there. */
  arrive(row: NewCase): Promise<boolean>;
  get(requestNumber: string): Promise<CaseRow | undefined>;
  /** Newest first. */
  ofPerson(idHash: string, limit: number): Promise<readonly CaseRow[]>;
  /** Newest first, after `before` ('receivedAt.requestNumber'). */
  list(filter: CaseFilter, limit: number, before?: string): Promise<readonly CaseRow[]>;
  /** The machine has something to do for them, the longest waiting first. */
  due(at: number, limit: number): Promise<readonly CaseRow[]>;
  /** Takes it until then; false: it has changed, or another process took it. */
  claim(row: Pick<CaseRow, 'requestNumber' | 'version'>, until: number): Promise<boolean>;
  /** Case and step in one; false: it has changed since. */
  move(
    row: Pick<CaseRow, 'requestNumber' | 'version'>,
    to: Pick<CaseRow, 'state' | 'depositorId' | 'dueOn' | 'decidedAt' | 'wakeAt' | 'content'>,
    step: CaseStep,
  ): Promise<boolean>;
  /** Only when the machine has something to do for it. */
  wake(requestNumber: string, at: number | null): Promise<void>;
  steps(requestNumber: string): Promise<readonly CaseStep[]>;

  /** Answers what stands there: the first one. */
  confirm(confirmation: Confirmation): Promise<Confirmation>;
  confirmation(terminalId: string, operationId: string): Promise<Confirmation | undefined>;
  addContactCheck(check: ContactCheck): Promise<void>;
  contactCheck(checkId: string): Promise<ContactCheck | undefined>;
  /** The newest of a person that is not proven and did not end. */
  openContactCheck(depositorId: string, at: number): Promise<ContactCheck | undefined>;
  /** True once. */
  proveContact(checkId: string, at: number): Promise<boolean>;
  /** Answers what stands there: the first one. */
  addCardCheck(check: CardCheck): Promise<CardCheck>;
  cardCheck(checkId: string): Promise<CardCheck | undefined>;
}
