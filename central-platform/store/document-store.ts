import type { CertificateStore } from './certificate-store.ts';

/** What the register keeps of a paper that carries the centre's word. */
export interface DocumentRecord {
  readonly documentNumber: string;
  /** A kind of documents/kinds.ts: depositStatement, depositCertificate, … */
  readonly kind: string;
  /** issuing: has its number, not yet its bytes. Whether a valid one is past its validity follows from `validUntil`. */
  readonly state: 'issuing' | 'valid' | 'cancelled';
  /** Who asked for it: a terminal, or another channel. */
  readonly terminalId: string;
  readonly operationId: string;
  readonly depositorId: string;
  readonly fingerprint: string;
  readonly issuedAt: number;
  /** Last day, China time; null: what it says does not grow old. */
  readonly validUntil: string | null;
  readonly verificationCode: string | null;
  /** What its QR code holds. */
  readonly verificationUrl: string | null;
  readonly pages: number | null;
  /** Of the bytes as they were answered. */
  readonly sha256: string | null;
  /** SHA-256 of the certificate that sealed it; null: a visible seal alone. */
  readonly sealedBy: string | null;
  /** JSON, masked: what the page that verifies shows. */
  readonly publicContent: unknown;
  readonly cancelledAt: number | null;
  /** Why, as a code; never a person's words. */
  readonly cancelReason: string | null;
  /** Papers made again from the same content (补打). */
  readonly reprints: number;
  /** Prints that a terminal has reported done. */
  readonly prints: number;
}

export interface DocumentOrder {
  readonly terminalId: string;
  readonly operationId: string;
  readonly kind: string;
  readonly depositorId: string;
  /** What was asked for, so that the same operation cannot mean two documents. */
  readonly fingerprint: string;
  readonly centreId: string;
  /** Day of issue, China time; the number holds it. */
  readonly date: string;
  readonly at: number;
}

/** A paper as it goes into the archive. */
export interface ArchivedPaper {
  readonly pages: number;
  readonly sha256: string;
  /** As it was answered, encrypted by the vault. */
  readonly bytes: Uint8Array;
}

export interface IssuedPaper extends ArchivedPaper {
  readonly verificationCode: string;
  readonly verificationUrl: string;
  readonly validUntil: string | null;
  readonly sealedBy: string | null;
  readonly publicContent: unknown;
  /** What it was rendered from, encrypted by the vault: a reprint says the same, later. */
  readonly source: Uint8Array;
}

/** One paper of the archive: the first print is 0, 补打 n is n. */
export interface PaperKey {
  readonly documentNumber: string;
  readonly reprint: number;
}

export interface RegisteredPaper extends PaperKey {
  readonly at: number;
  readonly pages: number;
  readonly sha256: string;
  /** null: registered, and not in the archive. */
  readonly bytes: Uint8Array | null;
}

export interface DocumentFilter {
  readonly kind?: string;
  readonly state?: DocumentRecord['state'];
  readonly depositorId?: string;
  readonly terminalId?: string;
  readonly issuedBefore?: number;
  readonly limit: number;
}

/** The document register and the archive of everything that was sealed. */
export interface DocumentStore {
  readonly certificates: CertificateStore;
  /** Gives an operation its number, or finds the one it has. The sequence counts within centre, terminal and day. */
  reserve(order: DocumentOrder, makeNumber: (sequence: number) => string): Promise<DocumentRecord>;
  /** Bytes and register row together; the document is valid from here on. */
  archive(documentNumber: string, paper: IssuedPaper): Promise<void>;
  find(documentNumber: string): Promise<DocumentRecord | undefined>;
  bytes(documentNumber: string, reprint?: number): Promise<Uint8Array | undefined>;
  source(documentNumber: string): Promise<Uint8Array | undefined>;
  /** Newest first. */
  list(filter?: DocumentFilter): Promise<readonly DocumentRecord[]>;
  setState(documentNumber: string, state: 'valid' | 'cancelled', at: number, reason?: string): Promise<boolean>;

  /** The number of the next reprint for this operation, or the one it has. undefined: there is no such valid document. */
  reserveReprint(
    documentNumber: string,
    terminalId: string,
    operationId: string,
    at: number,
  ): Promise<{ readonly reprint: number; readonly at: number; readonly paper: ArchivedPaper | undefined } | undefined>;
  archiveReprint(key: PaperKey, paper: ArchivedPaper): Promise<void>;

  /** Papers that must be in the archive, in order of their keys, for the walk that holds every one against its hash. */
  papersAfter(key: PaperKey, limit: number): Promise<readonly RegisteredPaper[]>;
}
