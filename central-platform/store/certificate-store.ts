/** A certificate with a life of its own, as the register keeps it; what its state means is not the store's business. */
export interface CertificateRecord {
  readonly documentNumber: string;
  readonly depositorId: string;
  readonly state: string;
  /** JSON of the state, without personal values. */
  readonly content: unknown;
  /** Counts its events. */
  readonly version: number;
  readonly at: number;
}

export interface CertificateStep {
  readonly documentNumber: string;
  readonly place: number;
  readonly at: number;
  /** A terminal, a centre, a member of staff. */
  readonly actor: string;
  readonly type: string;
  readonly content: unknown;
}

export interface CertificateStore {
  /** Once a document; a repeat changes nothing. */
  open(record: Omit<CertificateRecord, 'version'>, steps: readonly Omit<CertificateStep, 'place'>[]): Promise<void>;
  find(documentNumber: string): Promise<CertificateRecord | undefined>;
  /** False: somebody else was faster, and it stands elsewhere now. */
  step(
    from: CertificateRecord,
    to: { readonly state: string; readonly content: unknown },
    step: Omit<CertificateStep, 'place' | 'documentNumber'>,
  ): Promise<boolean>;
  steps(documentNumber: string): Promise<readonly CertificateStep[]>;
  /** Oldest first. */
  inState(state: string, limit: number): Promise<readonly CertificateRecord[]>;
}
