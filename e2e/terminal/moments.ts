import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Stack } from '@kiosk/tools/dev/stack.ts';

/** The write-ahead logs, by whose program writes them. A write there is a page of a transaction on its way to disk. */
export type Log = 'journal' | 'operations' | 'platform';

const logFile = (stack: Stack, log: Log): string => {
  const { dir, terminal } = stack.installation;
  return log === 'platform' ? join(dir, 'platform', 'platform.db-wal') : join(terminal.dataDir, `${log}.db-wal`);
};

/**
 * Calls `then` once, at the n-th write to a log from now on: a moment that is counted in what a program does, not in
 * milliseconds. Returns how to give it up.
 */
export function atWrite(stack: Stack, log: Log, n: number, then: () => void): () => void {
  const file = logFile(stack, log);
  let seen = 0;
  const watcher: FSWatcher = watch(dirname(file), (_kind, name) => {
    if (name !== basename(file) || ++seen !== n) return;
    watcher.close();
    then();
  });
  return () => watcher.close();
}
