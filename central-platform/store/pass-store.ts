export type PassPurpose = 'handOver' | 'resume' | 'show' | 'card';

/** Something short-lived that stands for something else: whoever brings it may do one thing, for a while. */
export interface Pass {
  /** Keyed hash of what was given out. */
  readonly passHash: string;
  readonly purpose: PassPurpose;
  /** Whose it is; null: nobody was identified. */
  readonly depositorId: string | null;
  /** Channel that made it. */
  readonly channel: string;
  /** Encrypted by the vault. */
  readonly content: Uint8Array;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface PassStore {
  /** False: this one is taken already. */
  add(pass: Pass): Promise<boolean>;
  find(passHash: string): Promise<(Pass & { readonly usedAt: number | null }) | undefined>;
  /** True once. */
  use(passHash: string, by: string, at: number): Promise<boolean>;
  /** Of a person and purpose: a new one ends those before it. */
  end(purpose: PassPurpose, depositorId: string, at: number): Promise<void>;
  /** Takes away what ended before, with what it stood for. */
  sweep(before: number): Promise<void>;
}
