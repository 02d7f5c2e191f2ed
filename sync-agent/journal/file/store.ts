import type { Database, Statement } from 'better-sqlite3';
import { type Failure, type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import { SUITES, type Suite, SuiteName } from '@kiosk/contract/journal/suite/suite.ts';
import { storageFailure } from './failure.ts';

/**
 * The one connection to journal.db. Work happens in transactions; when `write` answers ok, its bytes are on the disk.
 *
 * Any failure of the storage below stops the store for good: after a failed fsync nobody can know which pages reached
 * the disk, so nothing is retried and called good. Only a new open, with its checks, accepts again.
 */
export class Store {
  readonly db: Database;
  /** The algorithms this file was made with. */
  readonly suite: Suite;
  readonly #begin: Statement;
  readonly #commit: Statement;
  readonly #rollback: Statement;
  /** What has to be forgotten in memory should the transaction not come about. */
  readonly #undoing: (() => void)[] = [];
  readonly #listeners = new Set<(failure: Failure) => void>();
  #stopped: Failure | undefined;
  #undone = 0;

  constructor(db: Database) {
    this.db = db;
    this.suite = SUITES[SuiteName.parse(db.prepare('SELECT suite FROM terminal').pluck().get())];
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#commit = db.prepare('COMMIT');
    this.#rollback = db.prepare('ROLLBACK');
  }

  /** Why nothing is taken any more (E6101 disk full, E6102 I/O, E6103 damaged); undefined while all is well. */
  get stopped(): Failure | undefined {
    return this.#stopped;
  }

  onStopped(listener: (failure: Failure) => void): void {
    this.#listeners.add(listener);
  }

  /** Runs `work` in one transaction and makes it durable. A throw of `work` that is not the storage's is a bug. */
  write<T>(work: () => T): Result<T> {
    return this.attempt(() => ok(work()));
  }

  /** The same for work that may refuse: then nothing of what it wrote stays. */
  attempt<T>(work: () => Result<T>): Result<T> {
    const done = this.#guarded(() => {
      this.#begin.run();
      const result = work();
      if (!result.ok) this.#undo();
      else this.#commit.run();
      this.#undoing.length = 0;
      return result;
    });
    return done.ok ? done.value : done;
  }

  /** Inside `write` or `attempt`: run when its transaction is undone, last one first. */
  onUndone(forget: () => void): void {
    this.#undoing.push(forget);
  }

  /** How many transactions were undone: what is remembered from before one may be wrong after it. */
  get undone(): number {
    return this.#undone;
  }

  read<T>(work: () => T): Result<T> {
    return this.#guarded(work);
  }

  /** Nothing is taken any more, for this reason. */
  stop(failure: Failure): void {
    this.#stopped = failure;
  }

  close(): void {
    this.db.close();
  }

  #guarded<T>(work: () => T): Result<T> {
    if (this.#stopped) return err(this.#stopped);
    try {
      return ok(work());
    } catch (error) {
      this.#undo();
      const failure = storageFailure(error);
      if (!failure) throw error;
      this.#stopped = failure;
      for (const listener of this.#listeners) listener(failure);
      return err(failure);
    }
  }

  #undo(): void {
    this.#undone++;
    for (const forget of this.#undoing.splice(0).reverse()) forget();
    if (!this.db.inTransaction) return;
    try {
      this.#rollback.run();
    } catch (error) {
      // The first error is the one to report; a rollback that fails too leaves the transaction uncommitted all the same.
      if (!storageFailure(error)) throw error;
    }
  }
}
