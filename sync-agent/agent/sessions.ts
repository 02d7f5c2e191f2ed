import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import { lastOpenSession } from '../journal/books/last-session.ts';

/** What a connection has just recorded. */
interface Heard {
  readonly type: string;
  readonly sessionId?: string;
}

/**
 * Sees to it that every session that was opened is closed in the journal. A session that is killed, or whose machine lost
 * its power, cannot say goodbye: it is closed as lost when its connection goes, or at the latest when the next one opens.
 */
export class Sessions {
  readonly #record: (data: EntryData) => unknown;
  readonly #onLost: (sessionId: string) => void;
  readonly #open = new Set<string>();
  /** Connections whose end is the end of their session. */
  readonly #watched = new WeakMap<AbortSignal, Set<string>>();
  #stopped = false;

  constructor(journal: Journal | undefined, record: (data: EntryData) => unknown, onLost: (sessionId: string) => void) {
    this.#record = record;
    this.#onLost = onLost;
    // This program may have been away alone: its session, if it lives, comes back and closes itself.
    const before = journal && lastOpenSession(journal.store);
    if (before?.ok && before.value !== undefined) this.#open.add(before.value);
  }

  /** `gone` ends with the connection that said it. */
  heard({ type, sessionId }: Heard, gone: AbortSignal | undefined): void {
    if (sessionId === undefined) return;
    if (type === 'session.closed') {
      this.#open.delete(sessionId);
      return;
    }
    if (type === 'session.opened') {
      for (const other of [...this.#open]) if (other !== sessionId) this.#lost(other);
      this.#open.add(sessionId);
    }
    if (gone && this.#open.has(sessionId)) this.#watch(sessionId, gone);
  }

  /** From now on connections end because this program does. */
  stop(): void {
    this.#stopped = true;
  }

  #watch(sessionId: string, gone: AbortSignal): void {
    const known = this.#watched.get(gone);
    if (known) {
      known.add(sessionId);
      return;
    }
    const sessions = new Set([sessionId]);
    this.#watched.set(gone, sessions);
    gone.addEventListener('abort', () => sessions.forEach((id) => this.#lost(id)), { once: true });
  }

  #lost(sessionId: string): void {
    if (this.#stopped || !this.#open.delete(sessionId)) return;
    this.#record({ type: 'session.closed', sessionId, reason: 'lost' });
    this.#onLost(sessionId);
  }
}
