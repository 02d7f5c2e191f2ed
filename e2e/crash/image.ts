import { hash } from 'node:crypto';

export type Change =
  | { readonly op: 'write'; readonly offset: number; readonly data: Buffer }
  | { readonly op: 'truncate'; readonly size: number };

const BLOCK = 4096;

/** A piece of a file and a number that tells its bytes. */
interface Block {
  readonly bytes: Buffer;
  readonly words: readonly [number, number, number];
}

/**
 * The bytes of a file, in blocks that are shared with the file it was before, and a fingerprint of them. A change costs
 * what it changes: a crash state differs from the last one in a few pages.
 */
export class Image {
  static readonly EMPTY = new Image([], 0);
  readonly size: number;
  readonly #blocks: readonly Block[];

  private constructor(blocks: readonly Block[], size: number) {
    this.#blocks = blocks;
    this.size = size;
  }

  /** The bytes in their order; all pieces but the last have one length. */
  get pieces(): readonly Buffer[] {
    return this.#blocks.map(({ bytes }) => bytes);
  }

  /** The same bytes give the same text. */
  get fingerprint(): string {
    let [a, b, c] = [0, 0, 0];
    for (const [i, { words }] of this.#blocks.entries()) {
      // Odd factors: what moves to another place does not look as if it had stayed.
      a = (a + Math.imul(words[0], 2 * i + 1)) >>> 0;
      b = (b + Math.imul(words[1], 2 * i + 1)) >>> 0;
      c = (c + Math.imul(words[2], 2 * i + 1)) >>> 0;
    }
    return `${this.size}:${a}:${b}:${c}`;
  }

  /** The file after these changes, in their order. */
  with(changes: readonly Change[]): Image {
    if (changes.length === 0) return this;
    const pieces = this.#blocks.map(({ bytes }) => bytes);
    const touched = new Set<number>();
    let size = this.size;
    const own = (block: number): Buffer => {
      if (!touched.has(block)) {
        const bytes = emptyBlock();
        pieces[block]?.copy(bytes);
        pieces[block] = bytes;
        touched.add(block);
      }
      return pieces[block]!;
    };
    const growTo = (end: number) => {
      for (let block = Math.floor(size / BLOCK); block * BLOCK < end; block++) own(block);
      size = Math.max(size, end);
    };
    for (const change of changes) {
      if (change.op === 'truncate') {
        growTo(change.size);
        size = change.size;
        pieces.length = Math.ceil(size / BLOCK);
        for (const block of touched) if (block >= pieces.length) touched.delete(block);
        if (size % BLOCK !== 0) own(pieces.length - 1).fill(0, size % BLOCK);
        continue;
      }
      const { offset, data } = change;
      growTo(offset + data.length);
      for (let at = 0; at < data.length;) {
        const inBlock = (offset + at) % BLOCK;
        at += data.copy(own(Math.floor((offset + at) / BLOCK)), inBlock, at);
      }
    }
    const blocks = pieces.map((bytes, i): Block => {
      const length = Math.min(BLOCK, size - i * BLOCK);
      if (!touched.has(i) && bytes.length === length) return this.#blocks[i]!;
      const kept = bytes.subarray(0, length);
      return { bytes: kept, words: wordsOf(kept) };
    });
    return new Image(blocks, size);
  }
}

/** Blocks are cut from larger pieces: one allocation each would cost more than all that is done with them. */
const SLAB = 16 * BLOCK;
let slab = Buffer.alloc(0);

function emptyBlock(): Buffer {
  if (slab.length === 0) slab = Buffer.alloc(SLAB);
  const block = slab.subarray(0, BLOCK);
  slab = slab.subarray(BLOCK);
  return block;
}

function wordsOf(bytes: Buffer): Block['words'] {
  const digest = hash('sha1', bytes, 'buffer');
  return [digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8)];
}
