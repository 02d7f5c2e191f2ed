import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, writevSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CrashState } from './disk.ts';

/** Memory where there is some: the states are many, and syncing them proves nothing. */
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** What one call may write at once (IOV_MAX of Linux). */
const MOST_PIECES = 1024;

export const scratchFolder = (): string => mkdtempSync(join(MEMORY, 'kiosk-crash-'));

/** Makes `folder` hold the files of a state and nothing else. */
export function lay(state: CrashState, folder: string): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  for (const [name, image] of state) {
    const path = join(folder, name);
    if (name.includes('/')) mkdirSync(dirname(path), { recursive: true });
    const fd = openSync(path, 'wx', 0o600);
    const { pieces } = image;
    for (let at = 0; at < pieces.length; at += MOST_PIECES) writevSync(fd, pieces.slice(at, at + MOST_PIECES));
    closeSync(fd);
  }
}
