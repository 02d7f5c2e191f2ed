import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
/** Linux's number for a file system in memory, where a flush costs nothing and proves nothing. */
const TMPFS = 0x01021994;

/**
 * Runs `work` with a folder that is gone afterwards. It lies in the working tree and not in the temporary folder,
 * which is memory on many systems.
 */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const parent = join(ROOT, 'var/bench');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'run-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Why durable writes cannot be judged in this folder, or undefined. */
export function whyNotDurable(folder: string): string | undefined {
  return statfsSync(folder).type === TMPFS
    ? 'the working tree lies in memory (tmpfs): a flush costs nothing'
    : undefined;
}
