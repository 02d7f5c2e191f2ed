export interface Place {
  readonly branchId: string | null;
  readonly hall: string | null;
  /** On the city plan (management/contract/common.ts). */
  readonly position: { readonly x: number; readonly y: number } | null;
}
export interface TerminalPlace extends Place {
  readonly terminalId: string;
}
export interface BranchDesk {
  readonly branchId: string;
  readonly address: string | null;
  readonly hours: readonly { readonly from: string; readonly to: string }[];
  readonly counters: number | null;
  readonly position: Place['position'];
  readonly waiting: number | null;
  readonly waitingAt: number | null;
}

export interface KeptArticle {
  readonly articleId: string;
  readonly version: number;
  readonly state: 'draft' | 'published' | 'replaced' | 'withdrawn';
  /** JSON: title, body, item, keywords. */
  readonly content: string;
  readonly by: string;
  readonly at: number;
  readonly publishedAt: number | null;
}

/** Where things stand, what is known, and what two people have set. */
export interface PlaceStore {
  places(): Promise<readonly TerminalPlace[]>;
  placeTerminal(place: TerminalPlace): Promise<void>;
  branches(): Promise<readonly BranchDesk[]>;
  saveBranch(branch: Omit<BranchDesk, 'waiting' | 'waitingAt'>): Promise<void>;
  reportWaiting(branchId: string, waiting: number, at: number): Promise<void>;
  /** Newest version first. */
  articles(): Promise<readonly KeptArticle[]>;
  article(articleId: string): Promise<readonly KeptArticle[]>;
  /** False: the version is there. */
  addArticle(article: KeptArticle): Promise<boolean>;
  /** What was published of it before is replaced. False: no such draft. */
  publishArticle(articleId: string, version: number, at: number): Promise<boolean>;
  withdrawArticle(articleId: string): Promise<boolean>;
  setting(kind: string, id: string): Promise<unknown>;
  settings(kind: string): Promise<readonly { readonly id: string; readonly content: unknown }[]>;
  /** null takes it away. */
  set(kind: string, id: string, content: unknown): Promise<void>;
}
