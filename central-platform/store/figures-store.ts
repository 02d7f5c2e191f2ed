/** One more of something that happened. `terminalId` is '' where no terminal has part in it. */
export interface FigureCount {
  /** China day and hour. */
  readonly day: string;
  readonly hour: number;
  readonly channelId: string;
  readonly terminalId: string;
  /** e.g. session, closed, item.used, rating (management/figures/fold.ts). */
  readonly name: string;
  readonly label: string;
  readonly amount: number;
}

export interface FigureTiming {
  readonly day: string;
  readonly step: string;
  /** Bucket n holds what took more than 2^((n-1)/2) and up to 2^(n/2) ms. */
  readonly bucket: number;
  readonly amount: number;
}

export interface NewAnomaly {
  readonly rule: string;
  readonly subject: string;
  readonly day: string;
  readonly count: number;
  readonly threshold: number;
  readonly at: number;
}
export interface KeptAnomaly extends Omit<NewAnomaly, 'at'> {
  readonly id: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly state: 'open' | 'harmless' | 'acted';
  readonly settledBy: string | null;
  readonly comment: string | null;
}

export interface KeptRegisterEntry {
  readonly id: number;
  readonly what: 'commitmentBroken' | 'badFaith';
  readonly personHash: string;
  readonly nameMasked: string | null;
  readonly requestNumber: string;
  readonly from: number;
  readonly until: string;
  readonly lifted: boolean;
  readonly reason: string;
  readonly by: string;
  readonly approvedBy: string;
}

/** What is counted over entries: no row of it belongs to a person. */
export interface FigureStore {
  cursor(terminalId: string, stream: string): Promise<number>;
  cursors(): Promise<readonly { readonly terminalId: string; readonly stream: string; readonly seq: number }[]>;
  /** Adds what a stretch of a stream amounts to and moves the cursor, in one transaction; false: somebody else did. */
  fold(
    terminalId: string,
    stream: string,
    from: number,
    to: number,
    counts: readonly FigureCount[],
    timings: readonly FigureTiming[],
  ): Promise<boolean>;
  /** What a channel other than the terminals did. */
  add(counts: readonly FigureCount[]): Promise<void>;
  addTimings(timings: readonly FigureTiming[]): Promise<void>;
  /** Days from and to, both inside, summed over terminals (`terminalId` is ''). */
  counts(from: string, to: string): Promise<readonly FigureCount[]>;
  /** One day by terminal; `hour` is -1 where the hours are summed. */
  byTerminal(day: string, hour?: number): Promise<readonly FigureCount[]>;
  timings(from: string, to: string): Promise<readonly FigureTiming[]>;
  noteOperation(terminalId: string, operationId: string, item: string): Promise<void>;
  /** Which item an operation was for; forgets it. */
  takeOperation(terminalId: string, operationId: string): Promise<string | undefined>;

  /** A finding of a rule: counted again while it is open, never opened twice. True when it is new. */
  see(anomaly: NewAnomaly): Promise<boolean>;
  anomalies(limit: number, before?: number, state?: KeptAnomaly['state']): Promise<readonly KeptAnomaly[]>;
  /** Only an open one. */
  settle(id: number, state: 'harmless' | 'acted', by: string, comment: string): Promise<KeptAnomaly | undefined>;
  addRegister(entry: Omit<KeptRegisterEntry, 'id' | 'lifted'>): Promise<number>;
  register(): Promise<readonly KeptRegisterEntry[]>;
  liftRegister(id: number): Promise<boolean>;
}
