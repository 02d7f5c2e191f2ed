import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { IntendedLine, Line } from '@kiosk/contract/platform/day-totals.ts';
import type { DayClose, DifferenceKind, HeadAt } from '@kiosk/contract/platform/reconciliation.ts';

export interface PlacedLine {
  readonly seq: number;
  readonly line: Line;
}

/** A difference that a person has to decide about. Nothing in this program ever closes one. */
export interface DifferenceCase {
  readonly caseId: string;
  readonly terminalId: string;
  readonly kind: DifferenceKind;
  readonly subject: string;
  /** Number of the close it was seen in; null: an hourly report. */
  readonly number: number | null;
  readonly day: string;
  readonly seq: number | null;
  readonly firstSeq: number | null;
  readonly terminalValue: string;
  readonly platformValue: string;
  readonly state: 'open' | 'closed';
  readonly owner: string;
  readonly openedAt: number;
  readonly lastSeenAt: number;
  /** How often it was reported. */
  readonly reports: number;
}

export type Seen = Pick<
  DifferenceCase,
  'terminalId' | 'kind' | 'subject' | 'number' | 'day' | 'seq' | 'terminalValue' | 'platformValue'
> & { readonly at: number; readonly newId: string };

export interface StoredClose {
  readonly terminalId: string;
  readonly close: DayClose;
  /** The text that was signed. */
  readonly statement: string;
  readonly signature: Uint8Array;
  readonly receivedAt: number;
  /** null: not compared yet. */
  readonly equal: boolean | null;
}

export interface ReconciliationStore {
  close(terminalId: string, number: number): Promise<StoredClose | undefined>;
  /** Kept for ever, before it is compared. False: another close has this number. */
  addClose(close: Omit<StoredClose, 'equal'>): Promise<boolean>;
  compared(terminalId: string, number: number, equal: boolean): Promise<void>;
  closes(terminalId: string | undefined, limit: number): Promise<readonly StoredClose[]>;
  /** The last report of each day is kept. */
  addHeads(report: {
    readonly terminalId: string;
    readonly day: string;
    readonly at: number;
    readonly heads: readonly HeadAt[];
    readonly signature: Uint8Array;
    readonly equal: boolean;
  }): Promise<void>;

  /** Bodies after what the ledger has read, in order. */
  unread(
    terminalId: string,
    stream: StreamName,
    upTo: number,
    limit: number,
  ): Promise<readonly { readonly seq: number; readonly body: Uint8Array }[]>;
  /** Adds lines and notes that the stream was read up to `upTo`, in one transaction. */
  addLines(terminalId: string, stream: StreamName, lines: readonly PlacedLine[], upTo: number): Promise<void>;
  lines(terminalId: string, stream: StreamName, from: number, to: number): Promise<readonly Line[]>;
  intendedBefore(terminalId: string, operationIds: readonly string[], seq: number): Promise<readonly IntendedLine[]>;
  capturedBefore(terminalId: string, operationIds: readonly string[], seq: number): Promise<ReadonlySet<string>>;
  /** Requests in the register between two sequences, and those that were set aside instead. */
  requests(terminalId: string, from: number, to: number): Promise<number>;

  /** Where the platform's own keys were found not to follow from one another; undefined: nowhere known. */
  brokenAt(terminalId: string, stream: StreamName): Promise<number | undefined>;
  setBroken(terminalId: string, stream: StreamName, seq: number | undefined): Promise<void>;

  /** Opens a case, or finds the one that stands for the same difference and counts it. */
  see(seen: Seen): Promise<DifferenceCase>;
  /** Where the difference of a stream begins. Another place than the one known is another case. */
  locate(seen: Seen & { readonly kind: 'heads'; readonly firstSeq: number }): Promise<DifferenceCase>;
  cases(terminalId: string | undefined, limit: number): Promise<readonly DifferenceCase[]>;
}
