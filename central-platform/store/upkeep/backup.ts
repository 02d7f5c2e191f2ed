import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { placeOf, type Log } from '../../log.ts';
import type { BackupRun, UpkeepStore } from '../upkeep-store.ts';
import { type Place, copiesOf } from './copies.ts';

export interface BackupOffice {
  /** One now, whenever the last was. Errors: E6110. */
  run(): Promise<Result<BackupRun>>;
  /** One every day, of all processes that share a store by one; soon when the last is more than a day ago. */
  begin(): void;
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/**
 * Copies the store, puts the copy back somewhere of its own, compares, and keeps the newest few. A copy that did not prove itself
 * is told of and kept apart by its record; older good ones stay until there are enough newer good ones.
 */
export function createBackups(parts: {
  readonly store: UpkeepStore;
  readonly place: Place;
  readonly folder: string;
  readonly keep: number;
  readonly clock: Clock;
  readonly log: Log;
}): BackupOffice {
  const { store, place, folder, keep, clock, log } = parts;
  const copies = copiesOf(place);
  let stopWaiting = (): void => {};
  let running: Promise<unknown> = Promise.resolve();
  let closed = false;

  async function unlessSince(notSince: number): Promise<Result<BackupRun> | undefined> {
    const startedAt = clock.now();
    const file = `platform-${shanghaiDateTime(startedAt).replaceAll(/\D/g, '')}-${process.pid}.${copies.ending}`;
    const id = await store.beginBackup(startedAt, file, notSince);
    if (id === undefined) return undefined;
    const before = await store.heads();
    const made = await make(join(folder, file), before);
    const run = {
      endedAt: clock.now(),
      bytes: made.ok ? made.value.bytes : null,
      verified: made.ok,
      compared: made.ok ? made.value.compared : null,
      error: made.ok ? null : (made.error.detail ?? made.error.code),
    };
    await store.endBackup(id, run);
    if (!made.ok) {
      log({ event: 'backup.failed', code: 'E6110', detail: made.error.detail });
      return made;
    }
    log({ event: 'backup', detail: `${file}: ${run.bytes} bytes, ${run.compared} rows compared` });
    await letGo();
    return ok({ id, startedAt, file, ...run });
  }

  async function make(
    path: string,
    before: ReadonlyMap<string, number>,
  ): Promise<Result<{ readonly bytes: number; readonly compared: number }>> {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const made = await copies.make(path);
      if (!made.ok) return made;
      const size = await onDisk(path);
      const proven = await copies.proven(path, before);
      return proven.ok ? ok({ bytes: size, compared: proven.value }) : proven;
    } catch (error) {
      return fail('E6110', error instanceof Error ? error.message : String(error));
    }
  }

  async function letGo(): Promise<void> {
    const good = (await store.backupRuns()).filter(({ verified }) => verified).map(({ file }) => file);
    const old = new Set(good.slice(keep));
    for (const name of await readdir(folder)) if (old.has(name)) await rm(join(folder, name), { force: true });
  }

  function hourly(): void {
    running = unlessSince(clock.now() - DAY_MS + HOUR_MS / 2)
      .catch((error: unknown) => log({ event: 'backup.failed', code: 'E6110', detail: placeOf(error) }))
      .finally(() => {
        if (!closed) stopWaiting = clock.after(HOUR_MS, hourly);
      });
  }

  return {
    async run() {
      return (await unlessSince(Number.MAX_SAFE_INTEGER))!;
    },
    begin: hourly,
    async close() {
      closed = true;
      stopWaiting();
      await running;
    },
  };
}

/** A backup in the cache of the machine is none. Its bytes. */
async function onDisk(path: string): Promise<number> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}
