import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** As much as is read at once; a text may lie across two pieces. */
const PIECE = 256 * 1024;
const PAGE = 4096;
/** Of one page in /proc/PID/pagemap: 8 bytes, in the highest the marks "in memory" and "swapped out". */
const ENTRY = 8;
const THERE = 0xc0;

/**
 * Which of these texts the memory of a living process holds, in UTF-8 or UTF-16: everything it can write to. undefined:
 * the memory cannot be read, which is no proof of anything.
 */
export function remembered(pid: number, texts: readonly string[]): string[] | undefined {
  const left = new Map(texts.map((text) => [text, [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]]));
  const overlap = Math.max(...[...left.values()].flat().map(({ length }) => length));
  const files: number[] = [];
  try {
    const maps = readFileSync(`/proc/${pid}/maps`, 'utf8');
    const [memory, pages] = ['mem', 'pagemap'].map((name) => {
      files.push(openSync(`/proc/${pid}/${name}`, 'r'));
      return files.at(-1)!;
    }) as [number, number];
    const piece = Buffer.alloc(PIECE + overlap);
    for (const [from, to] of writable(maps)) {
      for (let at = from; at < to; at += PIECE) {
        if (!isThere(pages, at, Math.min(PIECE, to - at))) continue;
        const seen = piece.subarray(0, readAt(memory, piece, at, Math.min(piece.length, to - at)));
        for (const [text, bytes] of left) if (bytes.some((one) => seen.includes(one))) left.delete(text);
      }
    }
    piece.fill(0);
  } catch {
    return undefined;
  } finally {
    files.forEach(closeSync);
  }
  return texts.filter((text) => !left.has(text));
}

function* writable(maps: string): Generator<readonly [from: number, to: number]> {
  for (const line of maps.split('\n')) {
    const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
    if (from !== undefined && to !== undefined) yield [parseInt(from, 16), parseInt(to, 16)];
  }
}

/** Most of what is reserved was never touched. */
function isThere(pages: number, at: number, length: number): boolean {
  const entries = Buffer.alloc((length / PAGE) * ENTRY);
  const read = readAt(pages, entries, (at / PAGE) * ENTRY, entries.length);
  for (let mark = ENTRY - 1; mark < read; mark += ENTRY) if ((entries[mark]! & THERE) !== 0) return true;
  return false;
}

/** Memory that was given back meanwhile reads as nothing. */
function readAt(file: number, into: Buffer, at: number, length: number): number {
  try {
    return readSync(file, into, 0, length, at);
  } catch {
    return 0;
  }
}
