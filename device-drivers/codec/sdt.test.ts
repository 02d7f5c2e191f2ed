import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  COMMANDS,
  MAX_FRAME,
  NOTHING_PENDING,
  PREAMBLE,
  type CommandName,
  decode,
  describeStatus,
  encodeAnswer,
  encodeFrame,
  encodeRequest,
  isStatus,
  parseAnswer,
  parseRequest,
  samNumber,
} from './sdt.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const body = (maxLength = 1500) => fc.uint8Array({ minLength: 2, maxLength });

/** Feeds a stream in pieces of the given sizes, the last one as often as needed. */
function decodeInPieces(stream: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const found: Uint8Array[] = [];
  let pending: Uint8Array = NOTHING_PENDING;
  for (let at = 0, i = 0; at < stream.length; i++) {
    const size = sizes[Math.min(i, sizes.length - 1)] ?? 1;
    const decoded = decode(pending, stream.subarray(at, at + size));
    pending = decoded.pending;
    found.push(...decoded.bodies);
    at += size;
  }
  return found;
}

const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

test('requests are the bytes that the modules of the field know', () => {
  const known: Partial<Record<CommandName, string>> = {
    resetSam: '00 03 10 FF EC',
    samStatus: '00 03 11 FF ED',
    samId: '00 03 12 FF EE',
    findCard: '00 03 20 01 22',
    selectCard: '00 03 20 02 21',
    readTextPhoto: '00 03 30 01 32',
    readNewAddress: '00 03 30 03 30',
    readTextPhotoFingerprint: '00 03 30 10 23',
  };
  for (const [name, hex] of Object.entries(known)) {
    assert.deepEqual(encodeRequest(name as CommandName), bytes('AA AA AA 96 69' + hex), name);
  }
});

test('a found card answers 9F, and only there is 9F a success', () => {
  const [answer] = decode(NOTHING_PENDING, bytes('AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97')).bodies;
  const parsed = parseAnswer(answer!)!;
  assert.ok(isStatus(parsed, 0x9f));
  assert.equal(isStatus(parsed, 0x90), false);
  assert.equal(parsed.data.length, 4);
});

test('a card status in SW1 and SW2 is not a success whatever SW3 says', () => {
  assert.equal(isStatus({ sw1: 0x6a, sw2: 0x82, sw3: 0x90, data: NOTHING_PENDING }, 0x90), false);
});

test('a technician reads the status word and what it means', () => {
  const [answer] = decode(NOTHING_PENDING, bytes('AA AA AA 96 69 00 04 00 00 41 45')).bodies;
  assert.equal(describeStatus(parseAnswer(answer!)!), 'SW 00 00 41: read failed, card left the field');
});

test('the module number is written as vendors print it', () => {
  const id = bytes('05 00 03 00'); /* little-endian from here */
  const rest = new DataView(new ArrayBuffer(12));
  [20_130_101, 1, 123_456_789].forEach((value, i) => rest.setUint32(i * 4, value, true));
  const data = Buffer.concat([id, new Uint8Array(rest.buffer)]);
  assert.equal(samNumber(data), '05.03-20130101-0000000001-0123456789');
  assert.equal(samNumber(data.subarray(0, 15)), undefined, 'an answer with a right checksum and a byte short');
});

test('what is encoded is decoded again, however the line cuts it', () => {
  fc.assert(
    fc.property(
      fc.array(body(), { minLength: 1, maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 20 }),
      (bodies, sizes) => {
        const found = decodeInPieces(Buffer.concat(bodies.map(encodeFrame)), sizes);
        assert.deepEqual(found.map(Buffer.from), bodies.map(Buffer.from));
      },
    ),
  );
});

test('noise before, between and after frames is skipped', () => {
  // Noise in which a length could be read makes the decoder wait for its end; the preamble is what is skipped to.
  const noise = fc.uint8Array({ maxLength: 40 }).filter((n) => Buffer.from(n).indexOf(PREAMBLE) < 0);
  fc.assert(
    fc.property(noise, body(300), noise, body(300), fc.integer({ min: 1, max: 50 }), (a, first, b, second, size) => {
      const stream = Buffer.concat([a, encodeFrame(first), b, encodeFrame(second)]);
      const found = decodeInPieces(stream, [size]);
      assert.ok(
        found.some((f) => same(f, first)),
        'the first frame was lost in noise',
      );
      assert.ok(
        found.some((f) => same(f, second)),
        'the second frame was lost in noise',
      );
    }),
  );
});

test('a preamble in front of the real one does not swallow the frame', () => {
  const frame = encodeFrame(bytes('00 00 90'));
  for (const false_ of ['AA', 'AA AA', 'AA AA AA', 'AA AA AA 96', 'AA AA AA 96 69', 'AA AA AA 96 69 FF FF']) {
    const found = decodeInPieces(Buffer.concat([bytes(false_), frame]), [1]);
    assert.equal(found.length, 1, `after ${false_}`);
  }
});

test('a byte that was flipped on the way is never taken for the frame that was sent', () => {
  fc.assert(
    fc.property(body(), fc.nat(), fc.integer({ min: 1, max: 255 }), (sent, at, flip) => {
      const frame = encodeFrame(sent);
      frame[at % frame.length]! ^= flip;
      const found = decode(NOTHING_PENDING, frame).bodies;
      assert.equal(
        found.some((f) => same(f, sent)),
        false,
      );
    }),
  );
});

test('a length that no reader sends is not waited for', () => {
  const tooLong = Buffer.concat([PREAMBLE, bytes('FF FF'), encodeRequest('samStatus')]);
  assert.equal(decode(NOTHING_PENDING, tooLong).bodies.length, 1);
  assert.throws(() => encodeFrame(new Uint8Array(MAX_FRAME)), RangeError);
});

test('what is kept for the next chunk never grows beyond one frame', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 12 }), (chunks) => {
      let pending: Uint8Array = NOTHING_PENDING;
      for (const chunk of chunks) pending = decode(pending, chunk).pending;
      assert.ok(pending.length <= MAX_FRAME);
    }),
  );
});

test('a request is read back by the other side', () => {
  for (const name of Object.keys(COMMANDS) as CommandName[]) {
    const [found] = decode(NOTHING_PENDING, encodeRequest(name)).bodies;
    const request = parseRequest(found!);
    assert.deepEqual([request?.command, request?.parameter], [...COMMANDS[name]]);
  }
  const answer = { sw1: 0, sw2: 0, sw3: 0x90, data: bytes('01 02') };
  const back = parseAnswer(decode(NOTHING_PENDING, encodeAnswer(answer)).bodies[0]!);
  assert.deepEqual(Uint8Array.from(back?.data ?? []), answer.data);
});

test('a body of one byte is no request', () => {
  assert.equal(parseRequest(Uint8Array.of(0x20)), undefined);
});
