import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { maskedHex } from './trace.ts';

test('bytes that are personal leave nothing but their number', () => {
  const line = maskedHex(Uint8Array.of(0xaa, 0x96, 0x31, 0x32, 0x69), [[2, 4]]);
  assert.deepEqual(line, { hex: 'AA 96 ·· ·· 69' });
  assert.deepEqual(maskedHex(Uint8Array.of(1, 2), 'all'), { hex: '·· ··' });
});

test('whatever the spans, a personal byte has no influence on the line', () => {
  const spans = fc.array(fc.tuple(fc.nat(300), fc.nat(300)));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), spans, fc.nat(255), (bytes, personal, other) => {
      const changed = bytes.map((byte, at) => (personal.some(([a, b]) => at >= a && at < b) ? other : byte));
      assert.deepEqual(maskedHex(changed, personal), maskedHex(bytes, personal));
    }),
  );
});

test('a long line is cut and says how much is left out', () => {
  const { hex, more } = maskedHex(new Uint8Array(1295));
  assert.equal(hex.split(' ').length, 128);
  assert.equal(more, 1167);
});
