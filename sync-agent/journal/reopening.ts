import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Failure, type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import { fileFailure } from './file/failure.ts';
import { type Journal, type JournalOptions, openJournal } from './journal.ts';

/** How soon after a failure the cause is looked at again, then less and less often. */
const FIRST_MS = 5_000;
const LAST_MS = 60_000;
/** What has to fit before a full disk is called better: more than a day of one terminal. */
const PROBE_BYTES = 4 * 1024 * 1024;

/** Full, read-only and failing disks get better; a file that is damaged or does not verify waits for a person. */
export const mayPass = ({ code }: Failure): boolean => code === 'E6101' || code === 'E6102';

/** Whether the folder of `file` takes a few megabytes, durably. Errors: E6101, E6102. */
export function probeDisk(file: string, bytes = PROBE_BYTES): Result<void> {
  const probe = `${file}.probe`;
  const found = onFiles(() => {
    const fd = openSync(probe, 'w', 0o600);
    try {
      const block = Buffer.alloc(64 * 1024, 0x5a);
      for (let written = 0; written < bytes;) written += writeSync(fd, block);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  });
  const removed = onFiles(() => rmSync(probe, { force: true }));
  return found.ok ? removed : found;
}

function onFiles(work: () => void): Result<void> {
  try {
    work();
    return ok();
  } catch (error) {
    const failure = fileFailure(error);
    if (!failure) throw error;
    return err(failure);
  }
}

/** Calls `look` after 5 s, then after twice as long each time up to a minute, until it says true or is cancelled. */
export function lookAgain(clock: Clock, look: () => boolean): () => void {
  let wait = FIRST_MS;
  let cancel = clock.after(wait, next);
  function next(): void {
    if (look()) return;
    wait = Math.min(LAST_MS, wait * 2);
    cancel = clock.after(wait, next);
  }
  return () => cancel();
}

export interface ReopeningJournal extends Journal {
  /** Accepts again: the cause of the stop is gone, the whole file was checked, and a first entry is on the disk. */
  onResumed(listener: (after: Failure) => void): void;
}

/**
 * A journal that comes back by itself. While it is stopped everything answers with the code of the stop. Once the disk
 * takes data again the file is closed, opened and checked as at a start, and an entry that tells of it is made durable;
 * only then it accepts. What it finds damaged on the way stops it for good.
 */
export function openReopeningJournal(options: JournalOptions): Result<ReopeningJournal> {
  const first = openJournal(options);
  if (!first.ok) return first;
  const { clock, file } = options;
  let current = first.value;
  let cancel: (() => void) | undefined;
  let closed = false;
  const stoppedListeners = new Set<(failure: Failure) => void>();
  const appendedListeners = new Set<(stream: StreamName) => void>();
  const resumedListeners = new Set<(after: Failure) => void>();

  function watch(journal: Journal): void {
    journal.onAppended((stream) => appendedListeners.forEach((listener) => listener(stream)));
    journal.onStopped((failure) => {
      for (const listener of stoppedListeners) listener(failure);
      // Told from within a transaction that fails: the file is let go of later.
      if (!closed && mayPass(failure)) cancel ??= lookAgain(clock, () => passed(failure));
    });
  }

  /** True: nothing more to look for, whether well or for good. */
  function passed(failure: Failure): boolean {
    if (!probeDisk(file).ok) return false;
    current.close();
    const opened = openJournal(options);
    if (!opened.ok) {
      if (mayPass(opened.error)) return false;
      cancel = undefined;
      current.store.stop(opened.error);
      for (const listener of stoppedListeners) listener(opened.error);
      return true;
    }
    const told = opened.value.record({ type: 'journal.resumed', code: failure.code });
    // One that waits for its comparison with the platform may not record, and says so itself.
    if (!told.ok && !opened.value.held) {
      opened.value.close();
      return false;
    }
    cancel = undefined;
    current = opened.value;
    watch(current);
    for (const listener of resumedListeners) listener(failure);
    return true;
  }

  watch(current);
  const own: Partial<ReopeningJournal> = {
    onStopped: (listener) => void stoppedListeners.add(listener),
    onAppended: (listener) => void appendedListeners.add(listener),
    onResumed: (listener) => void resumedListeners.add(listener),
    close() {
      closed = true;
      cancel?.();
      current.close();
    },
  };
  // Whatever a journal can do, done by the one that is open now.
  const passedOn = new Proxy(own, {
    get: (target, name) => Reflect.get(target, name) ?? Reflect.get(current, name),
  });
  return ok(passedOn as ReopeningJournal);
}
