import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

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

/** Writes a file that must not exist yet, readable by its owner only, and puts it on the disk. */
export function writeNewSecret(path: string, bytes: Uint8Array): void {
  const fd = openSync(path, 'wx', 0o600);
  try {
    writeSync(fd, bytes);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function withFile(path: string, flags: string, use: (fd: number) => void): void {
  const fd = openSync(path, flags);
  try {
    use(fd);
  } finally {
    closeSync(fd);
  }
}
