/** A missing document that somebody handed in for a case. */
export interface HandedIn {
  readonly caseNumber: string;
  readonly depositorId: string;
  readonly channel: string;
  /** What it is meant to be, in the centre's word for it. */
  readonly material: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  /** Encrypted by the vault. */
  readonly content: Uint8Array;
  readonly at: number;
}

export interface ChannelRating {
  readonly at: number;
  readonly channel: string;
  readonly depositorId: string | null;
  /** What was rated: a case, a document, or a service item. */
  readonly subject: string;
  readonly score: string;
  readonly reason: string | null;
}

export interface Subscription {
  readonly depositorId: string;
  readonly topic: string;
  readonly channel: string;
  readonly at: number;
}

export interface Pushed {
  readonly id: number;
  readonly at: number;
  readonly depositorId: string;
  readonly topic: string;
  /** JSON: title and text in both languages. */
  readonly content: string;
  /** Not before: quiet hours. */
  readonly dueAt: number;
  readonly deliveredAt: number | null;
}

/** What people leave on channels beside their requests: papers, ratings, what they want to be told. */
export interface ServiceStore {
  /** Only while this person has left fewer than `most` for the case; false: enough. */
  handIn(paper: HandedIn, most: number): Promise<boolean>;
  handedIn(caseNumber: string): Promise<readonly (Omit<HandedIn, 'content'> & { readonly id: number })[]>;
  paper(id: number): Promise<(HandedIn & { readonly id: number }) | undefined>;
  /** One a person (or nobody) and subject; false: it was rated before. */
  rate(rating: ChannelRating): Promise<boolean>;
  ratings(since: number): Promise<readonly ChannelRating[]>;
  subscribe(subscription: Subscription): Promise<void>;
  unsubscribe(depositorId: string, topic: string): Promise<void>;
  subscriptions(depositorId: string): Promise<readonly Subscription[]>;
  /** In order of the depositor, after one. */
  subscribers(topic: string, after: string, limit: number): Promise<readonly Subscription[]>;
  /** Once for a depositor and notice, however often it is published. */
  push(noticeId: string, message: Omit<Pushed, 'id' | 'deliveredAt'>): Promise<void>;
  pushDue(at: number, limit: number): Promise<readonly Pushed[]>;
  /** True once. */
  pushDelivered(id: number, at: number): Promise<boolean>;
  pushed(depositorId: string, limit: number): Promise<readonly Pushed[]>;
}
