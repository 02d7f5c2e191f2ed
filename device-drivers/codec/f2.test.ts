import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CRT, CRT_ERRORS, CRT_STATUS_LENGTH, crtBinFull, crtError, crtPosition, decodeCrt, encodeCrt } from './crt.ts';
import { ACK, NAK, encodeAnswerText, encodeText, parseAnswerText, parseCommandText } from './f2.ts';
import { ICT_ERRORS, ICT_STATUS_LENGTH, ICT, crc16, decodeIct, encodeIct, ictError, ictPosition } from './ict.ts';

const NOTHING = new Uint8Array(0);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
const FAMILIES = [
  { name: 'CRT', encode: (text: Uint8Array) => encodeCrt(text, 3), decode: decodeCrt },
  { name: 'ICT', encode: encodeIct, decode: decodeIct },
] as const;
const anyText = fc.uint8Array({ minLength: 3, maxLength: 300 });

test('an initialisation of a CRT reader, byte for byte', () => {
  assert.equal(hex(encodeCrt(encodeText(CRT.initialiseLeave))), 'F20000034330' + '3303B2');
});

test('the check of an ICT frame is CRC-16/XMODEM, over the bytes that the algorithm is published with', () => {
  assert.equal(crc16(Buffer.from('123456789')), 0x31c3);
  const frame = encodeIct(encodeText(ICT.status));
  assert.equal(hex(frame.subarray(0, 6)), 'F20003433130');
  assert.equal(crc16(frame), 0);
});

test('an error with the head that the specification prints is the same error', () => {
  const answer = { good: false, cm: 0x32, pm: 0x31, code: 'B0', data: NOTHING };
  for (const head of [0x4e, 0x45]) {
    assert.deepEqual(parseAnswerText(encodeAnswerText(answer, head), CRT_STATUS_LENGTH), answer);
  }
  assert.equal(parseAnswerText(Buffer.from('X10000'), 3), undefined);
  assert.equal(parseAnswerText(Buffer.from('P100'), 3), undefined, 'status characters are missing');
  assert.equal(parseAnswerText(Buffer.from('P'), 3), undefined);
  assert.equal(parseCommandText(Buffer.from('P10')), undefined);
});

test('where the card stands and whether the bin is full', () => {
  const status = (code: string) => ({ good: true, cm: 0x31, pm: 0x30, code, data: NOTHING });
  assert.deepEqual(
    ['000', '100', '200', '900'].map((code) => crtPosition(status(code))),
    ['none', 'gate', 'inside', undefined],
  );
  assert.deepEqual(
    ['000', '001'].map((code) => crtBinFull(status(code))),
    [false, true],
  );
  assert.deepEqual(
    ['00', '01', '02', '09'].map((code) => ictPosition(status(code))),
    ['none', 'gate', 'inside', undefined],
  );
});

test('every error of both tables has a meaning, and a new one is not guessed at', () => {
  for (const code of CRT_ERRORS) assert.notEqual(crtError(code).is, 'unknown');
  for (const code of ICT_ERRORS) assert.notEqual(ictError(code).is, 'unknown');
  assert.deepEqual([crtError('ZZ').is, ictError('ZZ').is], ['unknown', 'unknown']);
  assert.deepEqual([crtError('10').is, crtError('16').is, crtError('B0').is], ['jam', 'pulled', 'notInitialised']);
  assert.deepEqual([ictError('17').is, ictError('46').is, ictError('28').is], ['jam', 'notTaken', 'stripe']);
});

for (const { name, encode, decode } of FAMILIES) {
  test(`${name}: frames and control bytes survive however the line cuts them`, () => {
    fc.assert(
      fc.property(
        fc.array(anyText, { maxLength: 4 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
        (texts, cuts) => {
          const line = Buffer.concat([Uint8Array.of(ACK), ...texts.map((text) => encode(text)), Uint8Array.of(NAK)]);
          let pending: Uint8Array = NOTHING;
          const items = [];
          for (let at = 0; at < line.length;) {
            const end = at + cuts.next().value;
            const decoded = decode(pending, line.subarray(at, end));
            pending = decoded.pending;
            items.push(...decoded.items);
            at = end;
          }
          assert.equal(pending.length, 0);
          assert.deepEqual(items[0], { type: 'ack' });
          assert.deepEqual(items.at(-1), { type: 'nak' });
          const heard = items.flatMap((item) => (item.type === 'text' ? [hex(item.text)] : []));
          assert.deepEqual(heard, texts.map(hex));
        },
      ),
    );
  });

  test(`${name}: one wrong bit anywhere after the start, and the frame is not believed`, () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.integer({ min: 0, max: 7 }), (text, place, bit) => {
        const frame = encode(text);
        const at = 1 + (place % (frame.length - 1));
        frame[at]! ^= 1 << bit;
        // A wrong length may wait for more; noise behind it brings the decision.
        const { items } = decode(NOTHING, Buffer.concat([frame, new Uint8Array(1_100)]));
        assert.ok(
          !items.some(
            (item) => item.type === 'text' && item.text.length === text.length && hex(item.text) !== hex(text),
          ),
        );
      }),
    );
  });

  test(`${name}: a frame right behind half a frame is found`, () => {
    const text = encodeText(CRT.status);
    const frame = encode(text);
    const { items } = decode(NOTHING, Buffer.concat([frame.subarray(0, 5), frame, new Uint8Array(1_100)]));
    assert.ok(items.some((item) => item.type === 'text' && hex(item.text) === hex(text)));
  });
}

test('commands that are cancelled: one byte for CRT, two for ICT, also when the line cuts between them', () => {
  assert.deepEqual(decodeCrt(NOTHING, Uint8Array.of(0x04)).items, [{ type: 'cancel' }]);
  const half = decodeIct(NOTHING, Uint8Array.of(0x10));
  assert.deepEqual(half.items, []);
  assert.deepEqual(decodeIct(half.pending, Uint8Array.of(0x04)).items, [{ type: 'cancel' }]);
  assert.deepEqual(decodeIct(NOTHING, Uint8Array.of(0x10, 0x06)).items, [{ type: 'ack' }], 'a lone DLE is noise');
  assert.equal(ICT_STATUS_LENGTH, 2);
});
