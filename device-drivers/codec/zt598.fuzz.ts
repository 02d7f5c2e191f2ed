import assert from 'node:assert/strict';
import { mutations } from './fuzz.ts';
import { MAX_ANSWER, NOTHING_PENDING, decode, encodeAnswer, parseAnswer } from './zt598.ts';

const FRAMES = [0, 2, 20, 36, 300, 1_030].map((length) =>
  encodeAnswer({ rtn: 0x60, data: Buffer.alloc(length, '0123456789ABCDEF') }),
);
/** STX, the two lengths and what follows a body. */
const MOST_PENDING = MAX_ANSWER + 11;

/** No throw, no hang, a bounded rest; and after any noise the codec finds a frame again within one more. */
export function fuzzPadCodec(count: number): void {
  let pending: Uint8Array = NOTHING_PENDING;
  for (const bytes of mutations(FRAMES, count, 598)) {
    const decoded = decode(pending, bytes);
    pending = decoded.pending;
    assert.ok(pending.length <= MOST_PENDING, 'what is not understood grows without end');
    for (const part of decoded.parts) if (part.is === 'frame') parseAnswer(part.body);
  }
  const flushed = decode(NOTHING_PENDING, FRAMES[1]!);
  assert.deepEqual(
    flushed.parts.map(({ is }) => is),
    ['frame'],
  );
}
