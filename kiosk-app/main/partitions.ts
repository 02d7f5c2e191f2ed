import { type Session, session as electronSession } from 'electron';

/**
 * Places in memory for pages. Electron keeps each one that was ever made until the program ends, and a kiosk shows a
 * thousand sessions a day: a place whose page is gone is emptied, and only then given to another page. Two are enough while
 * one window follows the other.
 */
export class Partitions {
  readonly #prepare: (session: Session) => void;
  readonly #free: Session[] = [];
  #made = 0;

  /** `prepare` sets the locks, once for each place. */
  constructor(prepare: (session: Session) => void) {
    this.#prepare = prepare;
  }

  take(): Session {
    const free = this.#free.pop();
    if (free) return free;
    // Without the prefix `persist:` a partition lives in memory only.
    const made = electronSession.fromPartition(`session-${++this.#made}`, { cache: false });
    this.#prepare(made);
    return made;
  }

  /** Its page is destroyed. A place that cannot be emptied is never used again. */
  async giveBack(session: Session): Promise<void> {
    try {
      await session.clearStorageData();
      await Promise.all([session.clearCache(), session.clearAuthCache(), session.clearHostResolverCache()]);
      await session.clearCodeCaches({});
    } catch {
      return;
    }
    this.#free.push(session);
  }
}
