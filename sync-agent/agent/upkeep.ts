import { JournalConfig, type TerminalConfig } from '@kiosk/contract/config.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail } from '@kiosk/contract/kernel/result.ts';
import type { Parameters } from '@kiosk/contract/platform/parameters.ts';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Backup, type BackupPlace, generations, makeBackup } from '../journal/life/backup.ts';
import type { Journal } from '../journal/journal.ts';
import { retention } from '../journal/life/retention.ts';
import type { RetentionPolicy } from '../journal/life/retention-rules.ts';
import { inTurns } from './in-turns.ts';
import type { Log } from './log.ts';

const HOUR_MS = 3_600_000;
/** Proven time is written this often at most: what is not written yet is counted again after a restart, not lost. */
const HEAR_EVERY_MS = 10 * 60_000;

export interface UpkeepOptions {
  readonly journal: Journal;
  readonly config: TerminalConfig;
  readonly clock: Clock;
  readonly log: Log;
  /** A person is being served: whatever can wait does. */
  readonly attended: () => boolean;
  readonly onChanged: () => void;
  /** From the signed parameters; undefined: none ever came. */
  readonly retentionDays: () => Parameters['retentionDays'] | undefined;
}

export interface BackupState {
  /** UTC ms of the last good copy; null: there is none. */
  readonly at: number | null;
  readonly code?: string;
}

/** Keeps the journal over the years: backups, and what retention lets go. Looks every hour; never while a person is served. */
export class Upkeep {
  readonly #options: UpkeepOptions;
  readonly #place: BackupPlace;
  readonly #everyMs: number;
  #heardAt: number | undefined;
  #cancel: () => void = () => {};
  #state: BackupState;
  #running: Promise<unknown> = Promise.resolve();
  #looking: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: UpkeepOptions) {
    const { config } = options;
    const { backup } = config.journal ?? JournalConfig.parse({});
    this.#options = options;
    this.#place = {
      terminalId: config.terminal.terminalId,
      folder: backup.folder ?? join(config.dataDir, 'backup'),
      make: backup.folder === undefined,
      keep: backup.keep,
    };
    this.#everyMs = backup.everyHours * HOUR_MS;
    this.#state = { at: generations(this.#place)[0]?.at ?? null };
  }

  /** What the centre's parameters say; before the first ever came, the terminal's own configuration. */
  #policy(): RetentionPolicy {
    const { config, retentionDays } = this.#options;
    const own = (config.journal ?? JournalConfig.parse({})).retention;
    const { business, audit, telemetry, keys } = retentionDays() ?? {
      business: own.businessDays,
      audit: own.auditDays,
      telemetry: own.telemetryDays,
      keys: own.keysDays,
    };
    const day = 24 * HOUR_MS;
    return {
      keepMs: { business: business * day, audit: audit * day, telemetry: telemetry * day },
      keepKeysMs: keys * day,
    };
  }

  get backup(): BackupState {
    return this.#state;
  }

  start(): void {
    const look = () => {
      this.#looking = this.#look();
      this.#cancel = this.#options.clock.after(HOUR_MS, look);
    };
    // Not in the first minutes, when everything starts at once.
    this.#cancel = this.#options.clock.after(5 * 60_000, look);
  }

  /** The platform said what time it is. */
  heard(platformAt: number): void {
    const { journal, clock } = this.#options;
    const now = clock.monotonic();
    const steadyMs = this.#heardAt === undefined ? undefined : now - this.#heardAt;
    if (steadyMs !== undefined && steadyMs < HEAR_EVERY_MS) return;
    if (retention(journal.store).heard({ platformAt, wallAt: clock.now(), steadyMs }).ok) this.#heardAt = now;
  }

  /** E6401. */
  backUp(): Promise<Result<Backup>> {
    return this.#alone(async () => {
      // A copy needs the journal open.
      if (this.#closed) return fail('E6401', 'the program ends');
      const { journal, clock, log, onChanged } = this.#options;
      const made = await inTurns(makeBackup(journal.store, this.#place, () => clock.now()));
      const result = made.ok ? made.value : made;
      if (result.ok) {
        log('backup.made', { bytes: result.value.bytes });
        this.#state = { at: result.value.at };
      } else {
        log('backup.failed', { code: result.error.code, detail: result.error.detail });
        this.#state = { at: this.#state.at, code: result.error.code };
      }
      onChanged();
      return result;
    });
  }

  /** What is under way ends first; nothing begins any more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel();
    await this.#looking;
    await this.#running;
  }

  async #look(): Promise<void> {
    if (this.#options.attended()) return;
    await this.#retire();
    if (!this.#closed && this.#backupIsDue()) await this.backUp();
  }

  /** A clock that was set back must not put off the next copy for years. */
  #backupIsDue(): boolean {
    const { at } = this.#state;
    const age = at === null ? Infinity : this.#options.clock.now() - at;
    return age >= this.#everyMs || age < -this.#everyMs;
  }

  #retire(): Promise<void> {
    return this.#alone(async () => {
      const { journal, log } = this.#options;
      const kept = retention(journal.store);
      const plan = kept.plan(this.#policy());
      if (!plan.ok || plan.value.length === 0) return;
      // Told before it is done: a cut in between is done again, never unsaid.
      for (const { stream, entriesUpTo, keysUpTo } of plan.value) {
        if (!journal.record({ type: 'journal.retired', stream, entriesUpTo, keysUpTo }).ok) return;
      }
      const done = await inTurns(kept.carryOut(plan.value));
      if (plan.value.some(({ keys }) => keys > 0)) this.#dropMigrationCopies();
      const entries = plan.value.reduce((sum, retired) => sum + retired.entries, 0);
      const keys = plan.value.reduce((sum, retired) => sum + retired.keys, 0);
      log('journal.retired', { entries, keys, ...(done.ok && !done.value.ok ? { code: done.value.error.code } : {}) });
    });
  }

  /** A copy made before a migration holds the same keys; once a backup is younger it has done its service. */
  #dropMigrationCopies(): void {
    const { dataDir } = this.#options.config;
    const { at } = this.#state;
    if (at === null) return;
    for (const name of readdirSync(dataDir).filter((file) => /^journal\.db\.v\d+\.bak$/.test(file))) {
      const copy = join(dataDir, name);
      if (statSync(copy).mtimeMs < at) rmSync(copy, { force: true });
    }
  }

  /** One at a time. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#running.then(work);
    this.#running = mine.catch(() => undefined);
    return mine;
  }
}
