import type { ChangeContent } from '../management/contract/changes.ts';

export interface KeptChange {
  readonly id: number;
  readonly content: ChangeContent;
  readonly before: unknown;
  readonly state: 'proposed' | 'applied' | 'rejected' | 'withdrawn' | 'failed' | 'unconfirmed';
  readonly emergency: boolean;
  readonly confirmBy: number | null;
  readonly proposedBy: string;
  readonly proposedAt: number;
  readonly reason: string;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly decision: string | null;
  readonly code: string | null;
  readonly version: number | null;
  readonly wavesSent: number;
  readonly halted: boolean;
}
export type NewChange = Pick<
  KeptChange,
  'content' | 'before' | 'state' | 'emergency' | 'confirmBy' | 'proposedBy' | 'proposedAt' | 'reason' | 'version'
>;

export interface ChangeStore {
  add(change: NewChange): Promise<number>;
  get(id: number): Promise<KeptChange | undefined>;
  /** Newest first, below `before`. */
  list(limit: number, before?: number, state?: KeptChange['state']): Promise<readonly KeptChange[]>;
  /** From one state to another, once: two people at the same moment cannot both decide. */
  move(
    id: number,
    from: KeptChange['state'],
    to: Partial<Pick<KeptChange, 'state' | 'decidedBy' | 'decidedAt' | 'decision' | 'code' | 'version'>>,
  ): Promise<boolean>;
  /** Only when that many waves were sent before; false: somebody was faster. */
  wave(
    id: number,
    sentBefore: number,
    to: { readonly wavesSent?: number; readonly halted?: boolean },
  ): Promise<boolean>;
}

export type StepKind = 'change' | 'workOrder' | 'case' | 'quarantine';

export interface KeptStep {
  readonly at: number;
  readonly by: string;
  readonly act: string;
  /** Encrypted by the vault. */
  readonly text: Uint8Array;
}

export interface WorkOrderRow {
  readonly number: string;
  readonly kind: 'consult' | 'suggest' | 'complain' | 'followUp' | 'help';
  readonly state: 'open' | 'answered' | 'closed';
  readonly topicId: string;
  readonly channelId: string;
  readonly terminalId: string | null;
  readonly receivedAt: number;
  readonly dueAt: number;
  readonly assignee: string | null;
  readonly ratingReason: string | null;
  readonly nameMasked: string | null;
  readonly phoneMasked: string | null;
  readonly hasText: boolean;
  readonly answeredAt: number | null;
  readonly closedAt: number | null;
  readonly outcome: string | null;
}

export interface WorkOrderFilter {
  readonly state?: WorkOrderRow['state'] | undefined;
  readonly kind?: WorkOrderRow['kind'] | undefined;
  readonly assignee?: string | undefined;
  /** Not closed and due before this instant. */
  readonly dueBefore?: number | undefined;
}

export interface LookupRow {
  readonly requestNumber: string;
  readonly item: string;
  readonly topicId: string;
  readonly channelId: string;
  readonly terminalId: string | null;
  readonly receivedAt: number;
  readonly idHash: string | null;
  readonly phoneHash: string | null;
  /** Form and person, encrypted by the vault as the register of requests keeps them. */
  readonly content: Uint8Array;
  readonly branchId: string | null;
  readonly date: string | null;
  readonly half: string | null;
}

export interface Settled {
  readonly terminalId: string;
  readonly stream: string;
  readonly seq: number;
  readonly decision: 'released' | 'kept';
  readonly by: string;
  readonly at: number;
  readonly comment: string;
}

export interface CaseDesk {
  readonly caseId: string;
  readonly assignee: string | null;
  readonly closedAt: number | null;
  readonly resolution: string | null;
}

/** What staff work on: orders, cases, what was set aside, and the steps of each. */
export interface WorkStore {
  addStep(kind: StepKind, subject: string, step: KeptStep): Promise<void>;
  /** In order. */
  steps(kind: StepKind, subject: string): Promise<readonly KeptStep[]>;
  /** Once a number; false: it is there. */
  addWorkOrder(order: WorkOrderRow): Promise<boolean>;
  workOrder(number: string): Promise<WorkOrderRow | undefined>;
  workOrders(filter: WorkOrderFilter, limit: number, before?: string): Promise<readonly WorkOrderRow[]>;
  workOrdersBetween(from: number, to: number): Promise<readonly WorkOrderRow[]>;
  /** Only from this state; false: it has another by now. */
  changeWorkOrder(
    number: string,
    from: WorkOrderRow['state'],
    to: Partial<Pick<WorkOrderRow, 'kind' | 'state' | 'dueAt' | 'assignee' | 'answeredAt' | 'closedAt' | 'outcome'>>,
  ): Promise<boolean>;
  addLookup(row: LookupRow): Promise<void>;
  lookup(requestNumber: string): Promise<LookupRow | undefined>;
  find(
    by: 'idHash' | 'phoneHash' | 'terminalId' | 'branchId',
    value: string,
    limit: number,
  ): Promise<readonly LookupRow[]>;
  caseDesk(caseId: string): Promise<CaseDesk | undefined>;
  caseDesks(): Promise<readonly CaseDesk[]>;
  changeCase(caseId: string, to: Partial<Omit<CaseDesk, 'caseId'>>): Promise<void>;
  /** Once an entry; false: decided already. */
  settleQuarantined(settled: Settled): Promise<boolean>;
  settled(): Promise<readonly Settled[]>;
}
