import assert from 'node:assert/strict';
import { mutations } from './fuzz.ts';
import { MAX_FRAME, NOTHING_PENDING, crc16, decode, encode } from './modbus-rtu.ts';

const FRAMES = [
  encode({ address: 1, fn: 2, data: Uint8Array.of(1, 5) }),
  encode({ address: 1, fn: 3, data: Uint8Array.of(14, ...new Uint8Array(14)) }),
  encode({ address: 1, fn: 6, data: Uint8Array.of(0, 3, 0, 2) }),
  encode({ address: 1, fn: 0x86, data: Uint8Array.of(2) }),
  encode({ address: 1, fn: 16, data: Uint8Array.of(0, 0, 0, 2, 4, 0, 1, 0, 2) }),
];

/** No throw, no hang, a bounded rest; whatever is called a frame has a right CRC. */
export function fuzzModbusCodec(count: number): void {
  for (const from of ['slave', 'master'] as const) {
    let pending: Uint8Array = NOTHING_PENDING;
    for (const bytes of mutations(FRAMES, count / 2, 1601)) {
      const decoded = decode(pending, bytes, from);
      pending = decoded.pending;
      assert.ok(pending.length <= MAX_FRAME, 'what is not understood grows without end');
      for (const frame of decoded.frames) assert.equal(crc16(encode(frame)), 0);
    }
  }
}
