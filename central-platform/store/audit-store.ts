/** Who did what to what, as it is handed in. `detail` holds identifiers, codes and counts, never a personal value. */
export interface AuditEvent {
  readonly at: number;
  /** A staff member's login, a channel's application id, or `system`. */
  readonly actor: string;
  /** Dotted, e.g. `document.cancelled`, `person.revealed`. */
  readonly action: string;
  /** What it was done to, e.g. a document number. */
  readonly subject: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface AuditEntry extends AuditEvent {
  readonly id: number;
  readonly before: string;
  readonly link: string;
}

/** The log of what staff and channels did. Each entry is linked to the one before: what is taken out or altered shows. */
export interface AuditStore {
  append(event: AuditEvent): Promise<AuditEntry>;
  /** Newest first, below `beforeId`. */
  list(limit: number, beforeId?: number): Promise<readonly AuditEntry[]>;
  /** Walks all of it. `brokenAt`: the first entry whose link does not follow; null: sound. */
  verify(): Promise<{ readonly entries: number; readonly brokenAt: number | null }>;
}
