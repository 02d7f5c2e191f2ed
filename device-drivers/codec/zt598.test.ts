import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  NOTHING_PENDING,
  type PadPart,
  decode,
  describeRtn,
  encodeAnswer,
  encodeRequest,
  parseAnswer,
} from './zt598.ts';
import {
  clearInstallFlag,
  clearKey,
  encryptedKey,
  eraseKey,
  keyboardOff,
  macStep,
  masterComponent,
  panDigits,
  readBlock,
  setUid,
  sm4Mac,
  startPin,
} from './zt598-commands.ts';

function decodeCut(bytes: Uint8Array, cuts: readonly number[]): readonly PadPart[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const parts: PadPart[] = [];
  let pending: Uint8Array = NOTHING_PENDING;
  for (const [i, place] of [...places, bytes.length].entries()) {
    const decoded = decode(pending, bytes.subarray(i === 0 ? 0 : places[i - 1], place));
    pending = decoded.pending;
    parts.push(...decoded.parts);
  }
  return parts;
}

const keyByte = fc.constantFrom(0x2a, 0x0d, 0x1b, 0x08, 0x31);
const answers = fc.record({ rtn: fc.integer({ min: 0x60, max: 0xff }), data: fc.uint8Array({ maxLength: 1_100 }) });

test('the command that switches the keyboard off, byte by byte', () => {
  // Length 004, the characters 5032, ETX, and the XOR from the length on.
  assert.equal(Buffer.from(encodeRequest(keyboardOff.body)).toString('latin1'), '\x020045032\x0333');
});

test('a PIN block is asked for with slot, format and twelve digits of the card', () => {
  assert.equal(panDigits('99'.padEnd(12, '1')), '0'.repeat(1) + '99'.padEnd(11, '1'));
  assert.equal(Buffer.from(readBlock('iso0', 0x30, '1'.repeat(12)).body).toString('latin1'), `730 ${'1'.repeat(12)}`);
  assert.equal(Buffer.from(readBlock('sm4', 0x50, '1'.repeat(12)).body).toString('latin1'), `o500${'1'.repeat(12)}`);
});

test('a component is written in hex, digit for digit', () => {
  const key = Uint8Array.from({ length: 16 }, (_, i) => i * 17);
  const { body } = masterComponent(1, true, key);
  assert.equal(Buffer.from(body).toString('latin1'), `10112${Buffer.from(key).toString('hex').toUpperCase()}`);
});

test('frames and keys in any order, cut anywhere, come out in that order', () => {
  const pieces = fc.array(fc.oneof(keyByte, answers), { maxLength: 8 });
  fc.assert(
    fc.property(pieces, fc.array(fc.nat(4_000), { maxLength: 12 }), (sent, cuts) => {
      const bytes = Buffer.concat(
        sent.map((piece) => (typeof piece === 'number' ? Buffer.of(piece) : encodeAnswer(piece))),
      );
      const got = decodeCut(bytes, cuts).map((part) => {
        if (part.is === 'byte') return part.byte;
        assert.equal(part.is, 'frame');
        const answer = parseAnswer(part.is === 'frame' ? part.body : new Uint8Array(0));
        return answer && { rtn: answer.rtn, data: [...answer.data] };
      });
      assert.deepEqual(
        got,
        sent.map((piece) => (typeof piece === 'number' ? piece : { rtn: piece.rtn, data: [...piece.data] })),
      );
    }),
  );
});

test('nothing of a broken frame is taken for a key', () => {
  const digits = fc.stringMatching(/^[0-9A-F]{1,40}$/);
  fc.assert(
    fc.property(digits, fc.nat(7), (data, bit) => {
      const frame = Buffer.from(encodeAnswer({ rtn: 0x60, data: Buffer.from(data) }));
      frame[5 + (data.length >> 1)]! ^= 1 << bit;
      const { parts } = decode(NOTHING_PENDING, frame);
      assert.deepEqual(
        parts.filter(({ is }) => is === 'byte'),
        [],
      );
      assert.ok(parts.every(({ is }) => is === 'broken'));
    }),
  );
});

test('a frame behind a broken one is found', () => {
  const frame = encodeAnswer({ rtn: 0x60, data: Buffer.from('0123') });
  const broken = Buffer.from(frame);
  broken[6]! ^= 1;
  const { parts } = decode(NOTHING_PENDING, Buffer.concat([broken, frame]));
  assert.deepEqual(
    parts.map(({ is }) => is),
    ['broken', 'frame'],
  );
});

test('a length that no pad sends starts no frame', () => {
  for (const bytes of ['\x020000000A', '\x029x1', '\x0200099999']) {
    const { parts, pending } = decode(NOTHING_PENDING, Buffer.from(bytes, 'latin1'));
    assert.equal(parts[0]?.is, 'broken', bytes);
    assert.equal(pending.length, 0);
  }
});

test('frames of no length and of too great a length are not made, and an empty answer is none', () => {
  assert.throws(() => encodeRequest(new Uint8Array(0)), RangeError);
  assert.throws(() => encodeRequest(new Uint8Array(999)), RangeError);
  assert.throws(() => encodeAnswer({ rtn: 0x60, data: new Uint8Array(2048) }), RangeError);
  assert.equal(parseAnswer(new Uint8Array(0)), undefined);
});

test('the second person’s component is joined to the first', () => {
  const component = new Uint8Array(16).fill(0xa5);
  const text = (joins: boolean) => Buffer.from(masterComponent(0x01, joins, component).body).toString('latin1');
  assert.equal(text(false), `10102${'A5'.repeat(16)}`);
  assert.equal(text(true), `10112${'A5'.repeat(16)}`);
});

test('whether the clear key takes back one digit or all goes into two commands', () => {
  const body = ({ body: bytes }: { readonly body: Uint8Array }) => Buffer.from(bytes).toString('latin1');
  assert.deepEqual([true, false].map(clearKey).map(body), ['5A21', '5A22']);
  assert.deepEqual([true, false].map(startPin).map(body), ['600011', '600012']);
  assert.equal(body(clearInstallFlag), 'S');
  assert.equal(body(setUid('8'.repeat(32))), `:80${'8'.repeat(32)}`);
});

test('keys and MACs, byte by byte', () => {
  const body = ({ body: bytes }: { readonly body: Uint8Array }) => Buffer.from(bytes).toString('latin1');
  const value = '0123456789ABCDEF'.repeat(2);
  assert.equal(body(encryptedKey('3des', 0x01, 0x30, 'pin', value)), `2013032${value}`);
  assert.equal(body(encryptedKey('sm4', 0x01, 0x50, 'pin', value)), `c300150${value}`);
  assert.equal(body(eraseKey(0x30)), '2003000');
  const data = Buffer.from('8 bytes.');
  assert.equal(body(macStep(0x31, 'x9.9', data)), '83128 bytes.');
  assert.equal(body(macStep(0x31, 'cbc', data)), '831A8 bytes.');
  const iv = '0'.repeat(32);
  assert.equal(body(sm4Mac(0x51, iv, data)), `e51${iv}40${data.toString('hex').toUpperCase()}`);
});

test('a return code that no list has is shown as it is', () => {
  assert.equal(describeRtn(0xe4), 'RTN E4: no key in this slot');
  assert.equal(describeRtn(0xc1), 'RTN C1: not known');
});
