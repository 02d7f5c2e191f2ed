import { closeSync, fdatasyncSync, fsyncSync, openSync, writeSync } from 'node:fs';

const BLOCK = 4096;
const BLOCKS = 1024;

export interface RawFile {
  /** Overwrites the next 4 KiB and flushes: what the disk can do at best for one commit. */
  overwrite(flush: 'fdatasync' | 'fsync'): void;
  close(): void;
}

/** A file whose blocks all exist already, so that a flush needs no change of the file's size or map. */
export function preallocated(file: string): RawFile {
  const fd = openSync(file, 'w');
  const block = Buffer.alloc(BLOCK, 0xa5);
  for (let i = 0; i < BLOCKS; i++) writeSync(fd, block, 0, BLOCK, i * BLOCK);
  fsyncSync(fd);
  let at = 0;
  return {
    overwrite(flush) {
      writeSync(fd, block, 0, BLOCK, (at++ % BLOCKS) * BLOCK);
      if (flush === 'fsync') fsyncSync(fd);
      else fdatasyncSync(fd);
    },
    close: () => closeSync(fd),
  };
}
