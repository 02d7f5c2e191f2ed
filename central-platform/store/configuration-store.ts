import type { DownlinkKind } from '@kiosk/contract/platform/downlink.ts';

/** '' for all terminals of the centre, or a terminal's number. */
export type Scope = string;

/** What somebody wants changed. Without approval it is in force nowhere. */
export interface ConfigurationChange {
  readonly id: number;
  readonly kind: DownlinkKind;
  readonly scope: Scope;
  /** Catalogue, parameters (for one terminal: those that differ from the centre's) or a command. */
  readonly content: unknown;
  readonly proposedBy: string;
  readonly proposedAt: number;
  readonly approvedBy: string | null;
  readonly approvedAt: number | null;
}

/** What was signed and offered to terminals: the exact bytes, kept for ever. */
export interface ConfigurationRelease {
  readonly kind: DownlinkKind;
  readonly version: number;
  readonly scope: Scope;
  readonly changeId: number | null;
  readonly statement: Uint8Array;
  readonly keyId: string;
  readonly signature: Uint8Array;
  readonly issuedAt: number;
  readonly expires: number;
}

export interface ConfigurationStore {
  propose(change: {
    readonly kind: DownlinkKind;
    readonly scope: Scope;
    readonly content: unknown;
    readonly by: string;
    readonly at: number;
  }): Promise<number>;
  /** True once. */
  approve(id: number, by: string, at: number): Promise<boolean>;
  change(id: number): Promise<ConfigurationChange | undefined>;
  /** Newest first. */
  changes(): Promise<readonly ConfigurationChange[]>;
  /** The newest approved one of exactly this scope. */
  inForce(kind: DownlinkKind, scope: Scope): Promise<ConfigurationChange | undefined>;
  /** Where something of this kind was ever approved. */
  scopes(kind: DownlinkKind): Promise<readonly Scope[]>;
  /** 0 before the first. */
  lastVersion(kind: DownlinkKind): Promise<number>;
  /** False: another process gave this version away meanwhile. */
  addRelease(release: ConfigurationRelease): Promise<boolean>;
  /** Newest first. */
  releases(limit: number): Promise<readonly ConfigurationRelease[]>;
  /** The newest that is for this terminal, its own or the centre's. */
  newest(kind: DownlinkKind, terminalId: string): Promise<ConfigurationRelease | undefined>;
  /** Those for this terminal above a version that have not expired, oldest first. */
  after(kind: DownlinkKind, terminalId: string, version: number, now: number): Promise<readonly ConfigurationRelease[]>;
}
