/** A short life of a program's storage. */
export interface Life {
  /** The sources of the agent: the real ones or a weakened copy. Checked at the end is always with the real ones. */
  readonly source: string;
  /** Empty. */
  readonly dataDir: string;
  readonly random: () => number;
  readonly steps: number;
  /** Takes the cause of all failures away. */
  readonly clears: () => void;
  /** Hears the code with which a no was answered. */
  readonly onNo?: (code: string) => void;
}
