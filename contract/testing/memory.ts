import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** As much as is read at once; a text may lie across two pieces. */
const PIECE = 4 * 1024 * 1024;

/**
 * Which of these texts the memory of a living process holds, in UTF-8 or UTF-16: everything it can write to. undefined:
 * the memory cannot be read, which is no proof of anything.
 */
export function remembered(pid: number, texts: readonly string[]): string[] | undefined {
  const needles = texts.map((text) => ({ text, bytes: [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')] }));
  const overlap = Math.max(...needles.flatMap(({ bytes }) => bytes.map(({ length }) => length)));
  const found = new Set<string>();
  let memory: number;
  let maps: string;
  try {
    maps = readFileSync(`/proc/${pid}/maps`, 'utf8');
    memory = openSync(`/proc/${pid}/mem`, 'r');
  } catch {
    return undefined;
  }
  const piece = Buffer.allocUnsafe(PIECE + overlap);
  try {
    for (const line of maps.split('\n')) {
      const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
      if (from === undefined || to === undefined) continue;
      const end = parseInt(to, 16);
      for (let at = parseInt(from, 16); at < end; at += PIECE) {
        const read = readAt(memory, piece, at, Math.min(piece.length, end - at));
        const seen = piece.subarray(0, read);
        for (const { text, bytes } of needles) if (bytes.some((one) => seen.includes(one))) found.add(text);
      }
    }
  } finally {
    piece.fill(0);
    closeSync(memory);
  }
  return [...found];
}

/** Memory that was reserved and never used, or given back meanwhile, reads as nothing. */
function readAt(memory: number, into: Buffer, at: number, length: number): number {
  try {
    return readSync(memory, into, 0, length, at);
  } catch {
    return 0;
  }
}
