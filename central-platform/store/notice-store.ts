/**
 * `told`: its messages are in the outbox. `declined`: the person does not want this kind. `nobody`: there is no number to tell it to.
 * `late`: nobody could be found in time.
 */
export type NoticeState = 'waiting' | 'told' | 'declined' | 'nobody' | 'late';

/** Something that happened and that a person is told, once. */
export interface StoredNotice {
  /** Keyed hash of kind and reference: the same event is the same row. */
  readonly key: string;
  readonly kind: string;
  readonly depositorId: string;
  readonly at: number;
  /** What it is about, encrypted by the vault; null: not needed any more. */
  readonly content: Uint8Array | null;
  readonly state: NoticeState;
  readonly tries: number;
  readonly nextAt: number;
}

/** What a person wants to be told, and in which language. Absent: everything, in Chinese. */
export interface NoticePreference {
  readonly depositorId: string;
  readonly language: 'zh' | 'en';
  /** Topics the person does not want. */
  readonly off: readonly string[];
  readonly channel: string;
  readonly at: number;
}

export interface NoticeStore {
  /** False: this event was told of before. */
  add(notice: Omit<StoredNotice, 'state' | 'tries' | 'nextAt'>): Promise<boolean>;
  /** Waiting ones that are due, oldest first. */
  due(at: number, limit: number): Promise<readonly StoredNotice[]>;
  nextDue(): Promise<number | undefined>;
  /** Takes one to work on it: true for one process only. Until `until` nobody else does. */
  claim(key: string, tries: number, until: number): Promise<boolean>;
  settle(
    key: string,
    as: { readonly state: NoticeState; readonly nextAt: number; readonly forget: boolean },
  ): Promise<void>;
  ofPerson(depositorId: string, limit: number): Promise<readonly StoredNotice[]>;
  /** Newest first. */
  list(limit: number): Promise<readonly StoredNotice[]>;
  preference(depositorId: string): Promise<NoticePreference | undefined>;
  prefer(preference: NoticePreference): Promise<void>;
  /** How far a walk over all people of a day has come; undefined: it has not begun. */
  walk(name: string): Promise<{ readonly day: string; readonly after: string; readonly done: boolean } | undefined>;
  walked(name: string, day: string, after: string, done: boolean): Promise<void>;
}
