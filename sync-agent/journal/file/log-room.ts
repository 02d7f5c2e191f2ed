import type { Database } from 'better-sqlite3';
import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { fileFailure } from './failure.ts';

/** A frame of the log: its head, then a page. */
const FRAME_BYTES = 24 + 4096;

/**
 * Gives the empty log its full size at once, as zeros, which SQLite takes for no frames. A commit that makes a file longer
 * waits for the file system's own journal as well, about twice as long (ext4); without this the first thousands of each
 * run do. Without room for it the log grows as it always did. What the log holds (a migration) goes into the database
 * first: zeros over it would be the end of both. Throws what SQLite throws.
 */
export function makeRoomForLog(db: Database, file: string): void {
  const [moved] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  if (moved?.busy !== 0) return;
  const pages = db.pragma('wal_autocheckpoint', { simple: true }) as number;
  try {
    const fd = openSync(`${file}-wal`, 'r+');
    try {
      fill(fd, pages * FRAME_BYTES);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (!fileFailure(error)) throw error;
  }
}

function fill(fd: number, bytes: number): void {
  try {
    const zeros = Buffer.alloc(256 * 1024);
    for (let at = 0; at < bytes;) at += writeSync(fd, zeros, 0, Math.min(zeros.length, bytes - at), at);
  } catch (error) {
    ftruncateSync(fd, 0);
    throw error;
  }
  fsyncSync(fd);
}
