/** A one-time code as it is kept. `open`: it can still be used, as far as the clock allows. */
export interface EnrolmentCode {
  readonly codeId: string;
  readonly terminalId: string;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly tries: number;
  readonly usedAt: number | null;
  readonly cancelledAt: number | null;
}

export interface TerminalCertificate {
  /** Hexadecimal, small, without leading zeros. */
  readonly serialNumber: string;
  readonly terminalId: string;
  readonly origin: 'enrolment' | 'renewal';
  readonly issuedAt: number;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly firstSeenAt: number | null;
  readonly supersededAt: number | null;
}

export interface Revocation {
  readonly terminalId: string;
  readonly reason: string;
  readonly by: string;
  readonly at: number;
}

export interface UsedCode {
  readonly codeId: string;
  readonly codeHash: string;
  readonly usedAt: number;
  readonly keysHash: string | null;
  readonly answer: string | null;
}

export interface EnrolmentStore {
  /** Cancels what was open for the terminal before: there is one code at a time. */
  addCode(code: Omit<EnrolmentCode, 'tries' | 'usedAt' | 'cancelledAt'> & { readonly codeHash: string }): Promise<void>;
  /**
   * Counts a try against the terminal's open code before it is judged, so that tries at the same moment cannot share one.
   * undefined: none is open at this moment, or it has had `most` tries.
   */
  tryCode(
    terminalId: string,
    at: number,
    most: number,
  ): Promise<{ readonly codeId: string; readonly codeHash: string } | undefined>;
  /** True once. What is answered is on the disk with it, so that it can be answered again. */
  useCode(codeId: string, at: number, used: { readonly keysHash: string; readonly answer: string }): Promise<boolean>;
  /**
   * Counts that somebody asks again with the terminal's code that was used last, after `since`. undefined: there is none, a newer one was
   * made, or it has been asked for `most` times.
   */
  repeatCode(terminalId: string, since: number, most: number): Promise<UsedCode | undefined>;
  cancelCodes(terminalId: string, at: number): Promise<void>;
  codes(limit: number): Promise<readonly EnrolmentCode[]>;
  /** An enrolment supersedes every certificate before it; a renewal none, until it is seen. */
  addCertificate(certificate: Omit<TerminalCertificate, 'firstSeenAt' | 'supersededAt'>): Promise<void>;
  certificates(terminalId: string): Promise<readonly TerminalCertificate[]>;
  /** The terminal showed it: those before it are superseded. */
  certificateSeen(serialNumber: string, at: number): Promise<void>;
  /** Kept beside the state of the terminal, which is what refuses it. */
  noteRevocation(revocation: Revocation): Promise<void>;
  revocation(terminalId: string): Promise<Revocation | undefined>;
}
