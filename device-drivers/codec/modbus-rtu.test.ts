import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NOTHING_PENDING, type RtuFrame, crc16, decode, encode } from './modbus-rtu.ts';

test('the CRC is that of the standard', () => {
  // The example of every CRC catalogue: "123456789" gives 4B37 for CRC-16/MODBUS.
  assert.equal(crc16(Buffer.from('123456789')), 0x4b37);
});

const words = fc.uint8Array({ minLength: 4, maxLength: 4 });
const answer = fc.oneof(
  fc.tuple(fc.constantFrom(1, 2, 3, 4), fc.uint8Array({ maxLength: 200 })).map(([fn, data]) => ({
    fn,
    data: Uint8Array.of(data.length, ...data),
  })),
  fc.tuple(fc.constantFrom(5, 6, 15, 16), words).map(([fn, data]) => ({ fn, data })),
  fc.tuple(fc.constantFrom(0x81, 0x83, 0x90), fc.nat(255)).map(([fn, code]) => ({ fn, data: Uint8Array.of(code) })),
);
const request = fc.oneof(
  fc.tuple(fc.constantFrom(1, 2, 3, 4, 5, 6), words).map(([fn, data]) => ({ fn, data })),
  fc.tuple(fc.constantFrom(15, 16), words, fc.uint8Array({ maxLength: 100 })).map(([fn, head, data]) => ({
    fn,
    data: Uint8Array.of(...head, data.length, ...data),
  })),
);

for (const [from, frames] of [
  ['slave', answer],
  ['master', request],
] as const) {
  test(`frames of the ${from}, cut anywhere, come out whole`, () => {
    fc.assert(
      fc.property(fc.array(frames, { maxLength: 5 }), fc.array(fc.nat(1_200)), (sent, cuts) => {
        const whole: RtuFrame[] = sent.map((frame) => ({ address: 1, ...frame }));
        const bytes = Buffer.concat(whole.map(encode));
        const places = cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b);
        const got: RtuFrame[] = [];
        let pending: Uint8Array = NOTHING_PENDING;
        for (const [i, place] of [...places, bytes.length].entries()) {
          const decoded = decode(pending, bytes.subarray(i === 0 ? 0 : places[i - 1], place), from);
          pending = decoded.pending;
          got.push(...decoded.frames);
        }
        assert.deepEqual(
          got.map((f) => ({ ...f, data: [...f.data] })),
          whole.map((f) => ({ ...f, data: [...f.data] })),
        );
      }),
    );
  });
}

test('a frame of the board in question is found behind noise', () => {
  const frame = encode({ address: 1, fn: 6, data: Uint8Array.of(0, 1, 0, 3) });
  const { frames } = decode(NOTHING_PENDING, Buffer.concat([Buffer.of(0xff, 0x17, 0x80), frame]), 'slave', 1);
  assert.equal(frames.length, 1);
});

test('a frame longer than the standard allows is not sent', () => {
  assert.throws(() => encode({ address: 1, fn: 0x10, data: new Uint8Array(253) }), RangeError);
});
