/** Who is called when a terminal of a branch stands still. */
export interface DutyContact {
  readonly contactId: string;
  /** '': of every branch that has nobody of this level. */
  readonly branchId: string;
  /** 1 is called first. */
  readonly level: number;
  /** As the centre calls the post, not the person. */
  readonly label: string;
  /** Sealed by the vault. */
  readonly phone: Uint8Array;
  readonly phoneMasked: string;
  /** China time, HH:MM; the whole day where both are the same. */
  readonly from: string;
  readonly to: string;
}

export type IncidentKind = 'silent' | 'paperOut' | 'tonerOut';

export interface Incident {
  readonly incidentId: string;
  readonly terminalId: string;
  readonly kind: IncidentKind;
  readonly openedAt: number;
  readonly recoveredAt: number | null;
  /** The highest level that was told; 0: nobody yet. */
  readonly level: number;
  readonly toldAt: number | null;
}

export interface DutyStore {
  contacts(): Promise<readonly DutyContact[]>;
  saveContact(contact: DutyContact): Promise<void>;
  /** False: no such contact. */
  removeContact(contactId: string): Promise<boolean>;
  /** Not over yet. */
  open(): Promise<readonly Incident[]>;
  /** False: this terminal has one of the kind that is not over. */
  begin(incident: Pick<Incident, 'incidentId' | 'terminalId' | 'kind' | 'openedAt'>): Promise<boolean>;
  told(incidentId: string, level: number, at: number): Promise<void>;
  /** True once. */
  recover(incidentId: string, at: number): Promise<boolean>;
  /** Newest first. */
  ofTerminal(terminalId: string, limit: number): Promise<readonly Incident[]>;
  incidents(limit: number): Promise<readonly Incident[]>;
}
