import type { CoreStore } from './core-store.ts';
import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { Outcome } from '@kiosk/contract/services/common.ts';
import type { AuditStore } from './audit-store.ts';
import type { ChannelStore } from './channel-store.ts';
import type { GuardStore } from './guard-store.ts';
import type { PassStore } from './pass-store.ts';
import type { MessageStore } from './message-store.ts';
import type { DutyStore } from './duty-store.ts';
import type { NoticeStore } from './notice-store.ts';
import type { UserStore } from './user-store.ts';
import type { ServiceStore } from './service-store.ts';
import type { OutwardStore } from './outward-store.ts';
import type { EnrolmentStore } from './enrolment-store.ts';
import type { ConfigurationStore } from './configuration-store.ts';
import type { DocumentStore } from './document-store.ts';
import type { ChangeStore, WorkStore } from './desk-store.ts';
import type { FleetStore } from './fleet-store.ts';
import type { FigureStore } from './figures-store.ts';
import type { PlaceStore } from './places-store.ts';
import type { RequestStore } from './request-store.ts';
import type { StaffStore } from './staff-store.ts';
import type { UpkeepStore } from './upkeep-store.ts';
import type { ReconciliationStore } from './reconciliation-store.ts';
import type { IdentityStore } from './identity-store.ts';

export type { DocumentRecord, DocumentStore } from './document-store.ts';

/**
 * What the platform keeps, as the few questions it asks of a database. Every method is one transaction that is on the disk
 * when its promise resolves, so that an engine with a network in between fits behind it as well.
 */
export interface Store {
  readonly terminals: TerminalStore;
  readonly journal: JournalStore;
  readonly carried: CarriedStore;
  readonly business: BusinessStore;
  readonly documents: DocumentStore;
  readonly identity: IdentityStore;
  readonly security: SecurityStore;
  readonly configuration: ConfigurationStore;
  readonly reconciliation: ReconciliationStore;
  readonly audit: AuditStore;
  readonly upkeep: UpkeepStore;
  readonly core: CoreStore;
  readonly channels: ChannelStore;
  readonly guard: GuardStore;
  readonly passes: PassStore;
  readonly messages: MessageStore;
  readonly notices: NoticeStore;
  readonly duty: DutyStore;
  readonly users: UserStore;
  readonly service: ServiceStore;
  readonly outward: OutwardStore;
  readonly staff: StaffStore;
  readonly changes: ChangeStore;
  readonly work: WorkStore;
  readonly figures: FigureStore;
  readonly places: PlaceStore;
  readonly requests: RequestStore;
  readonly enrolment: EnrolmentStore;
  readonly fleet: FleetStore;
  close(): Promise<void>;
}

export interface Terminal {
  readonly terminalId: string;
  /** Ed25519, SPKI PEM. */
  readonly signingKeyPem: string;
  readonly state: 'admitted' | 'revoked';
  readonly registeredAt: number;
  readonly lastSeenAt: number | null;
  /** The last heartbeat as it came (contract/platform/api.ts). */
  readonly heartbeat: unknown;
}

export interface TerminalStore {
  get(terminalId: string): Promise<Terminal | undefined>;
  list(): Promise<readonly Terminal[]>;
  /** Returns what was there before: a key that changes is worth an alarm. */
  register(terminalId: string, signingKeyPem: string, at: number): Promise<Terminal | undefined>;
  setState(terminalId: string, state: Terminal['state']): Promise<boolean>;
  heartbeat(terminalId: string, at: number, content: unknown): Promise<void>;
}

/** Where a stream of a terminal stands; 0 and GENESIS before the first entry. */
export interface Standing {
  readonly durableUpTo: number;
  readonly head: string;
}

/** What is kept of every entry for ever. */
export interface EntryKey {
  readonly seq: number;
  readonly digest: string;
  readonly link: string;
}

export interface NewEntry extends EntryKey {
  readonly salt: Uint8Array;
  /** The exact bytes that came. */
  readonly body: Uint8Array;
  readonly wrappedKey: Uint8Array | null;
  /** Why the body is no business yet; absent when it is. */
  readonly quarantine?: { readonly code: string; readonly reason: string } | undefined;
}

export interface StoredEntry {
  readonly terminalId: string;
  readonly stream: StreamName;
  readonly seq: number;
  readonly body: Uint8Array;
  readonly wrappedKey: Uint8Array | null;
  /** It is in quarantine already. */
  readonly setAside: boolean;
}

/** A stream as it stands, and keys of it: seen at one moment. */
export interface Place {
  readonly standing: Standing;
  readonly keys: readonly EntryKey[];
}

/** Entries of one terminal that follow on what was projected; `after` is where that ends. */
export interface Unprojected {
  readonly after: number;
  readonly entries: readonly StoredEntry[];
}

export interface Quarantined {
  readonly terminalId: string;
  readonly stream: StreamName;
  readonly seq: number;
  readonly code: string;
  readonly reason: string;
  readonly at: number;
}

export interface JournalStore {
  standing(terminalId: string, stream: StreamName): Promise<Standing>;
  standings(terminalId: string): Promise<readonly (Standing & { stream: StreamName; receivedAt: number })[]>;
  /** Keys from `from` to `to`, both inside, in order. */
  keys(terminalId: string, stream: StreamName, from: number, to: number): Promise<readonly EntryKey[]>;
  /** Both at once: where the stream stands, and its keys from `from` to `to`. */
  place(terminalId: string, stream: StreamName, from: number, to: number): Promise<Place>;
  /** The entries after `after`, in order, as many as are kept without a gap. */
  exact(terminalId: string, stream: StreamName, after: number, limit: number): Promise<readonly ExactEntry[]>;
  /** Appends only if the stream still stands where the caller judged it; false: judge again. */
  append(batch: {
    readonly terminalId: string;
    readonly stream: StreamName;
    readonly expected: Standing;
    readonly entries: readonly NewEntry[];
    /** The terminal's signature over the new head, the proof of what it vouched for. */
    readonly signature: Uint8Array;
    readonly at: number;
  }): Promise<boolean>;
  quarantined(terminalId: string, stream: StreamName, from: number, to: number): Promise<readonly Quarantined[]>;
  allQuarantined(): Promise<readonly Quarantined[]>;
  /** The body of an entry in quarantine, also when bodies as old as it are gone. */
  quarantinedBody(terminalId: string, stream: StreamName, seq: number): Promise<Uint8Array | undefined>;
  /** Streams that were added to since an instant. */
  heads(since: number): Promise<readonly { terminalId: string; stream: StreamName; durableUpTo: number }[]>;
  /** The whole of it, to read it again. */
  quarantinedEntry(terminalId: string, stream: StreamName, seq: number): Promise<StoredEntry | undefined>;
  quarantine(entry: Quarantined): Promise<void>;
  /** Terminals with business entries that were not projected, or not told of, yet. Walks all terminals. */
  waiting(): Promise<readonly string[]>;
  /** Business entries of a terminal that were not projected yet, in order. */
  unprojected(terminalId: string, limit: number): Promise<Unprojected>;
  /** Those that were projected and not told of, in order. */
  untold(terminalId: string, limit: number): Promise<Unprojected & { readonly upTo: number }>;
  /** Entries up to `to` were told of. False: another process was there first. */
  told(terminalId: string, after: number, to: number): Promise<boolean>;
}

/** A batch of a carried bundle that tells another history than the one kept. */
export interface PutAside {
  readonly sha256: string;
  readonly terminalId: string;
  readonly stream: StreamName;
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly code: string;
  readonly at: number;
  /** JSON as it stood in the bundle. */
  readonly batch: string;
}

export interface CarriedStore {
  /** A bundle came; the same one again is the same one. */
  note(bundle: {
    readonly sha256: string;
    readonly terminalId: string;
    readonly at: number;
    readonly entries: number;
  }): Promise<void>;
  /** Once for each batch of a bundle, however often it is carried here. */
  putAside(aside: PutAside): Promise<void>;
  listPutAside(): Promise<readonly Omit<PutAside, 'batch'>[]>;
}

/** An entry as it came, byte for byte. */
export interface ExactEntry {
  readonly seq: number;
  readonly salt: Uint8Array;
  readonly body: Uint8Array;
  readonly wrappedKey: Uint8Array | null;
}

export interface ReceivedRequest {
  readonly requestNumber: string;
  readonly terminalId: string;
  readonly seq: number;
  readonly operationId: string;
  readonly item: string;
  readonly topicId: string;
  readonly level: string;
  readonly offline: boolean;
  /** Terminal's clock. */
  readonly submittedAt: number;
  readonly receivedAt: number;
  /** Form and person, encrypted by the vault. */
  readonly content: Uint8Array;
}

export interface PrintOperation {
  readonly terminalId: string;
  readonly operationId: string;
  readonly documentNumber: string | null;
  readonly outcome: Outcome | null;
  readonly code: string | null;
  readonly printed: number | null;
}

/** What projecting one entry amounts to. Each is idempotent by its own key. */
export type Effect =
  | { readonly kind: 'request'; readonly request: ReceivedRequest }
  | {
      readonly kind: 'rating';
      readonly terminalId: string;
      readonly seq: number;
      readonly sessionId: string;
      readonly score: string;
      readonly reason: string | null;
      readonly at: number;
    }
  | { readonly kind: 'printIntended'; readonly operation: PrintOperation }
  | { readonly kind: 'printSettled'; readonly operation: PrintOperation }
  | { readonly kind: 'none' }
  | { readonly kind: 'quarantine'; readonly code: string; readonly reason: string };

export interface Projected {
  readonly entry: StoredEntry;
  readonly effect: Effect;
}

export interface BusinessStore {
  /**
   * Applies the effects in order and moves the terminal's place past the entries, all in one transaction. False: another process was
   * there first, nothing was done; ask again what waits. A request number that already stands for another operation is
   * quarantined instead: a number means one thing for ever.
   */
  apply(
    place: { readonly terminalId: string; readonly after: number },
    projected: readonly Projected[],
    at: number,
  ): Promise<boolean>;
  /**
   * One entry of the past, understood later; the terminal's place stays where it is. False: its request number stands for another
   * operation, and nothing was done.
   */
  applyAgain(entry: StoredEntry, effect: Effect, at: number): Promise<boolean>;
  requests(): Promise<readonly ReceivedRequest[]>;
  ratings(): Promise<Readonly<Record<string, number>>>;
}

/** What a stranger who holds the paper may see: everything here is masked already. */
export interface PublicContent {
  readonly nameMasked: string;
  readonly accountMasked: string;
  readonly from: string;
  readonly to: string;
  readonly rows: number;
  readonly totalInFen: number;
  readonly totalOutFen: number;
  readonly closingFen: number;
}

export type { Challenge, IdentityStore } from './identity-store.ts';

export interface SecurityEvent {
  readonly at: number;
  readonly code: string;
  readonly terminalId: string | null;
  readonly detail: string;
}

export interface SecurityStore {
  record(event: SecurityEvent): Promise<void>;
  list(): Promise<readonly SecurityEvent[]>;
}
