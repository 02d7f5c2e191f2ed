import { existsSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail } from '@kiosk/contract/kernel/result.ts';
import type { Line } from '../delivery/http.ts';
import { rejoinPlatform } from '../delivery/rejoin.ts';
import { syncFile, syncFolder } from '../journal/file/durable-file.ts';
import { fileFailure, storageFailure } from '../journal/file/failure.ts';
import type { Rejoined } from '../journal/chain/graft.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from './log.ts';

export interface RejoinerOptions {
  readonly journal: Journal;
  readonly file: string;
  readonly terminalId: string;
  readonly line: Line;
  readonly clock: Clock;
  readonly log: Log;
  readonly onChanged: () => void;
  /** The journal is another one now: the program ends and is started anew, with all its checks. */
  readonly onRejoined: () => void;
}

const RETRY_MS = 60_000;

/** Makes a restored journal one with the platform: by itself when it is marked so, and when a technician says so. */
export class Rejoiner {
  readonly #options: RejoinerOptions;
  #running = false;
  #notBefore = -Infinity;
  readonly #stop = new AbortController();

  constructor(options: RejoinerOptions) {
    this.#options = options;
  }

  /** The platform answers. */
  online(): void {
    const { journal, clock } = this.#options;
    if (!journal.held || this.#running || clock.monotonic() < this.#notBefore) return;
    this.#notBefore = clock.monotonic() + RETRY_MS;
    void this.rejoin(this.#stop.signal);
  }

  async rejoin(signal: AbortSignal): Promise<Result<readonly Rejoined[]>> {
    const { journal, line, terminalId, clock, log, onChanged, onRejoined } = this.#options;
    if (this.#running) return fail('E9010');
    this.#running = true;
    const marked = journal.held !== undefined;
    journal.hold();
    onChanged();
    // A restored file was kept under another name when it was put here.
    const kept = marked ? undefined : this.#keepCopy();
    const done =
      kept ??
      (await rejoinPlatform({
        store: journal.store,
        line,
        terminalId,
        clock,
        signal: eitherOf(signal, this.#stop.signal),
      }));
    this.#running = false;
    if (!done.ok) {
      log('journal.notRejoined', { code: done.error.code, detail: done.error.detail });
      journal.release();
      onChanged();
      return done;
    }
    for (const { stream, forkedAt, pulled, moved } of done.value) {
      log('journal.rejoined', { stream, forkedAt, pulled, moved });
    }
    onRejoined();
    return done;
  }

  close(): void {
    this.#stop.abort('E9001');
  }

  /** undefined: a copy of the journal as it is lies beside it, on the disk. */
  #keepCopy(): Result<never> | undefined {
    const { journal, file } = this.#options;
    let n = 1;
    while (existsSync(`${file}.before-rejoin-${n}`)) n++;
    const copy = `${file}.before-rejoin-${n}`;
    try {
      journal.store.db.prepare('VACUUM INTO ?').run(`${copy}.part`);
      syncFile(`${copy}.part`);
      renameSync(`${copy}.part`, copy);
      syncFolder(dirname(copy));
      return undefined;
    } catch (error) {
      const failure = storageFailure(error) ?? fileFailure(error);
      if (!failure) throw error;
      return fail(failure.code, failure.detail);
    }
  }
}

const eitherOf = (one: AbortSignal, other: AbortSignal): AbortSignal => AbortSignal.any([one, other]);
