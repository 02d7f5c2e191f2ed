/** `delivered` and `failed` are the end of it; `dropped`: this number had its share of the day. */
export type MessageState = 'waiting' | 'sent' | 'delivered' | 'failed' | 'dropped';

export interface StoredMessage {
  readonly id: number;
  readonly at: number;
  /** Of a notice: what it tells and to whom; the same one is taken once. null: a code, which is a new one each time. */
  readonly eventKey: string | null;
  /** Not between 21:00 and 8:00. */
  readonly quiet: boolean;
  /** Keyed hash of the number. */
  readonly phoneHash: string;
  readonly phoneMasked: string;
  /** Keyed hash of the ID number of whom it tells something; null: a code, a colleague, or of an earlier release. */
  readonly personHash: string | null;
  readonly template: string;
  /** Number and text, encrypted by the vault; null: nothing of it is needed any more. */
  readonly content: Uint8Array | null;
  readonly state: MessageState;
  readonly tries: number;
  /** When it is tried next; of a message that waits. */
  readonly nextAt: number;
  /** After it nobody wants it any more. */
  readonly expiresAt: number;
  /** Why it did not go the last time: a word of the provider, never its text. */
  readonly fault: string | null;
}

export interface MessageStore {
  /** undefined: the event's message is there already. */
  add(message: Omit<StoredMessage, 'id' | 'tries' | 'fault'>): Promise<number | undefined>;
  byEvent(eventKey: string): Promise<StoredMessage | undefined>;
  get(id: number): Promise<StoredMessage | undefined>;
  /** Waiting ones that are due, oldest first. */
  due(at: number, limit: number): Promise<readonly StoredMessage[]>;
  /** When the next waiting one is due. */
  nextDue(): Promise<number | undefined>;
  /** Takes a message to try it: true for one process only. Until `until` nobody else does. */
  claim(id: number, tries: number, until: number): Promise<boolean>;
  settle(
    id: number,
    as: {
      readonly state: MessageState;
      readonly nextAt: number;
      readonly fault: string | null;
      /** The content is not needed any more. */
      readonly forget: boolean;
    },
  ): Promise<void>;
  /** Newest first. */
  list(limit: number): Promise<readonly StoredMessage[]>;
  /** To a number, or about a person; newest first. */
  find(by: 'phoneHash' | 'personHash', hash: string, limit: number): Promise<readonly StoredMessage[]>;
  /** Drops what is kept of the words of those from before that no longer wait. */
  forgetBefore(at: number): Promise<void>;
  counts(since: number): Promise<Readonly<Record<string, number>>>;
}
