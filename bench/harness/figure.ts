/** What a figure's measurement found. */
export interface Measured {
  /** One value a run; the figure's value is their median. */
  readonly runs: readonly number[];
  /** Peers, or the limit physics sets, measured in the same interleaved runs, and what else a reader must know. */
  readonly against?: Against;
}

export type Against = Readonly<Record<string, number | string | readonly number[]>>;

export interface Unmeasured {
  /** Why there is no value here, in words for whoever reads the table. */
  readonly reason: string;
}

export interface MeasureContext {
  /** Aborted when the figure has used up its time: programs it started must end then. */
  readonly signal: AbortSignal;
  /** Says on the terminal what takes so long. */
  readonly tell: (line: string) => void;
}

export type Measure = (context: MeasureContext) => Promise<Measured | Unmeasured>;

/** One line of bench/figures.ts. */
export interface Figure {
  readonly id: string;
  readonly what: string;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** The value we want, as people write it. Reported beside the value, never asserted. */
  readonly aim: string;
  /**
   * How it is measured; or why it cannot be yet; or the program that measures it elsewhere and merges its own row.
   */
  readonly source: Measure | { readonly notYet: string } | { readonly writtenBy: string };
}

/** Two figures of one run: both ask, one measures. A failure is the same failure for both. */
export function shared<T>(work: (context: MeasureContext) => Promise<T>): (context: MeasureContext) => Promise<T> {
  let running: Promise<T> | undefined;
  return (context) => (running ??= work(context));
}
