import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Puts a file's bytes on the disk. */
export function syncFile(path: string): void {
  withFile(path, 'r', fsyncSync);
}

/**
 * Puts names on the disk: a new or renamed file survives a power cut only after its folder was synced too. Windows
 * cannot open a folder for this; NTFS journals names by itself.
 */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  withFile(path, 'r', fsyncSync);
}

/**
 * Writes a new file, readable by its owner only, and puts it on the disk. It gets its name when it is whole: a power cut
 * leaves all of it or nothing.
 */
export function writeNewSecret(path: string, bytes: Uint8Array): void {
  const unfinished = `${path}.new`;
  rmSync(unfinished, { force: true });
  const fd = openSync(unfinished, 'wx', 0o600);
  try {
    writeSync(fd, bytes);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(unfinished, path);
  syncFolder(dirname(path));
}

function withFile(path: string, flags: string, use: (fd: number) => void): void {
  const fd = openSync(path, flags);
  try {
    use(fd);
  } finally {
    closeSync(fd);
  }
}
