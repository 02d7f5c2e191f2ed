import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeCommand, encodeResponse, getResponse, parseCommand, parseResponse, readRecord, select } from './apdu.ts';
import { cardFromRecords, monthOf, panDigits, parseTrack2Equivalent } from './card-data.ts';
import { fillDol, parseAfl, parseDol } from './lists.ts';
import { type NextCommand, PSE, readAtOnce } from './read.ts';
import { syntheticCardNumber } from '../../suites/synthetic-card.ts';
import { encodeTlv, findTag, findTemplates, parseTlv } from './tlv.ts';

const bytes = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
/** Numbers with an even and an odd count of digits. */
const EVEN = syntheticCardNumber(6202, 16);
const ODD = syntheticCardNumber(6201, 19);
const hex = (data: Uint8Array) => Buffer.from(data).toString('hex').toUpperCase();

test('commands as the tables print them', () => {
  assert.equal(hex(encodeCommand(select(PSE))), '00A404000E315041592E5359532E444446303100');
  assert.equal(hex(encodeCommand(readRecord(1, 2))), '00B2020C00');
  assert.equal(hex(encodeCommand(getResponse(0x2a))), '00C000002A');
});

test('a command survives its writing and reading in all four cases', () => {
  const byte = fc.integer({ min: 0, max: 255 });
  const data = fc.uint8Array({ minLength: 1, maxLength: 255 });
  const le = fc.integer({ min: 1, max: 256 });
  fc.assert(
    fc.property(byte, byte, byte, byte, fc.option(data), fc.option(le), (cla, ins, p1, p2, body, wanted) => {
      const command = { cla, ins, p1, p2, ...(body ? { data: body } : {}), ...(wanted === null ? {} : { le: wanted }) };
      const parsed = parseCommand(encodeCommand(command));
      assert.deepEqual(parsed && hex(encodeCommand(parsed)), hex(encodeCommand(command)));
      assert.equal(parsed?.le, command.le);
    }),
  );
  assert.throws(() => encodeCommand({ cla: 0, ins: 0, p1: 0, p2: 0, data: new Uint8Array(256) }), RangeError);
  assert.equal(parseCommand(bytes('00A404')), undefined);
  assert.equal(parseCommand(bytes('00A40400 05 0102')), undefined);
  assert.equal(parseResponse(bytes('90')), undefined);
  assert.equal(parseResponse(new Uint8Array(259)), undefined);
});

test('objects survive their writing and reading, however nested', () => {
  const leaf = fc.tuple(fc.constantFrom(0x4f, 0x5a, 0x9f61, 0x5f24, 0xdf8101), fc.uint8Array({ maxLength: 300 }));
  fc.assert(
    fc.property(fc.array(leaf, { minLength: 1, maxLength: 6 }), (leaves) => {
      const encoded = encodeTlv(0x70, encodeTlv(0xa5, ...leaves.map(([tag, value]) => encodeTlv(tag, value))));
      const parsed = parseTlv(encoded);
      assert.ok(parsed.ok);
      assert.deepEqual(findTag(parsed.value, leaves[0]![0]), leaves[0]![1]);
      assert.equal(findTemplates(parsed.value, 0xa5)[0]?.children?.length, leaves.length);
    }),
  );
});

test('broken objects are refused, with the reason and without their bytes', () => {
  const refused: readonly (readonly [string, RegExp])[] = [
    ['5A', /before a length/],
    ['9F', /within a tag/],
    ['DF818101 00', /tag longer/],
    ['5A 80', /no card has/],
    ['5A 83 000001 00', /no card has/],
    ['5A 05 01', /longer than what holds it/],
    ['5A 82 01', /longer than what holds it/],
    ['E1 0C E1 0A E1 08 E1 06 E1 04 E1 02 5A 00', /deeper/],
    ['5A00'.repeat(129), /more than/],
  ];
  for (const [text, why] of refused) {
    const parsed = parseTlv(bytes(text));
    assert.match(parsed.ok ? 'parsed' : parsed.error, why, text);
  }
  assert.deepEqual(parseTlv(bytes('0000FF00')), { ok: true, value: [] }, 'padding between objects is skipped');
});

test('what a card asks of the terminal is answered in its order and lengths', () => {
  const list = parseDol(bytes('9F6604 9F0206 9F1A02 9A03 9F3704 9C01 5F2A01'));
  assert.ok(list.ok);
  const given = { 0x9a: bytes('261121'), 0x9f37: bytes('01020304') };
  assert.equal(
    hex(fillDol(list.value, given)),
    '26000000' + '000000000000' + '0156' + '261121' + '01020304' + '31' + '56',
  );
  assert.equal(parseDol(bytes('9F66')).ok, false);
  assert.equal(parseDol(bytes('9F66FF')).ok, false, 'more than a command holds');
  assert.equal(parseDol(bytes('9F')).ok, false);
  assert.deepEqual(parseDol(new Uint8Array(0)), { ok: true, value: [] });
});

test('a list of records is believed only within bounds', () => {
  assert.deepEqual(parseAfl(bytes('08010200 10030300')), {
    ok: true,
    value: [
      { sfi: 1, first: 1, last: 2 },
      { sfi: 2, first: 3, last: 3 },
    ],
  });
  for (const wrong of ['', '080102', '00010100', 'F8010100', '09010100', '08000100', '08020100', '0801FF00']) {
    assert.equal(parseAfl(bytes(wrong)).ok, false, wrong);
  }
});

test('a card number of any length, with its fill taken away', () => {
  assert.equal(panDigits(bytes(EVEN)), EVEN);
  assert.equal(panDigits(bytes(`${ODD}F`)), ODD);
  assert.equal(panDigits(bytes('00000000062A')), undefined);
  assert.deepEqual(parseTrack2Equivalent(bytes(`${ODD}D3105220F`)), {
    number: ODD,
    expires: '2031-05',
  });
  assert.deepEqual(parseTrack2Equivalent(bytes(`${EVEN}D0000220F`)), { number: EVEN });
  assert.equal(parseTrack2Equivalent(bytes('FF')), undefined);
  assert.deepEqual([monthOf('310531'), monthOf('3113'), monthOf('0000')], ['2031-05', undefined, undefined]);
});

test('the holder document, padded as cards have it; and none that is not one', () => {
  const number = encodeTlv(0x5a, bytes(EVEN));
  const card = (text: string) => {
    const objects = parseTlv(
      Buffer.concat([number, encodeTlv(0x9f61, Buffer.from(text, 'latin1')), encodeTlv(0x9f62, bytes('00'))]),
    );
    assert.ok(objects.ok);
    const read = cardFromRecords(objects.value, 'A000000333010101');
    return read.ok ? read.value.holder : read.error;
  };
  assert.deepEqual(card('H00000000          '), { documentNumber: 'H00000000', documentKind: '00' });
  assert.equal(card('\x01\x02'), undefined);
  assert.equal(card('   '), undefined);
  const empty = cardFromRecords([], 'A0');
  assert.equal(empty.ok || empty.error, 'no card number in any record');
  const wrong = cardFromRecords([{ tag: 0x5a, value: bytes('0A') }], 'A0');
  assert.equal(wrong.ok || wrong.error, 'card number is not one');
});

const record = encodeTlv(0x70, encodeTlv(0x5a, bytes(EVEN)));
const good = (...parts: Uint8Array[]) => ({ data: Buffer.concat(parts), sw: 0x9000 });
const none = (sw: number) => ({ data: new Uint8Array(0), sw });

test('the application that the card prefers is read first', () => {
  const entry = (name: string, priority: number) =>
    encodeTlv(0x61, encodeTlv(0x4f, bytes(name)), encodeTlv(0x87, Uint8Array.of(priority)));
  const selected: string[] = [];
  const answer = ({ step, apdu }: NextCommand) => {
    if (step === 'directory') return good(encodeTlv(0x6f, encodeTlv(0xa5, encodeTlv(0x88, Uint8Array.of(1)))));
    if (step === 'directoryRecord') {
      return apdu.p1 === 1
        ? good(encodeTlv(0x70, entry('A000000333010103', 2), entry('A000000333010101', 1), entry('A0', 1)))
        : none(0x6a83);
    }
    if (step === 'application') selected.push(hex(apdu.data!));
    if (step === 'application') return good(encodeTlv(0x6f, encodeTlv(0x84, apdu.data!)));
    if (step === 'options') return good(encodeTlv(0x80, bytes('7C00 10010100')));
    return good(record);
  };
  const card = readAtOnce(answer);
  assert.equal(card.ok && card.value.applicationId, 'A000000333010101');
  assert.deepEqual(selected, ['A000000333010101'], 'names too short to be one are left out');
});

test('a long answer is fetched in parts, also when a part wants another length', () => {
  const whole = encodeTlv(0x70, encodeTlv(0x5a, bytes(EVEN)), encodeTlv(0x5f20, new Uint8Array(60)));
  let fetched = 0;
  const answer = ({ step, apdu }: NextCommand) => {
    if (step === 'directory') return none(0x6a82);
    if (step === 'application') return good(encodeTlv(0x6f, encodeTlv(0x84, bytes('A0000003330101'))));
    if (step === 'options') return good(encodeTlv(0x77, encodeTlv(0x94, bytes('10010100'))));
    if (apdu.ins !== 0xc0) return none(0x6140);
    fetched++;
    if (fetched === 1) return none(0x6c28);
    if (fetched === 2) return { data: whole.slice(0, 0x28), sw: 0x6100 | (whole.length - 0x28) };
    return good(whole.slice(0x28));
  };
  const card = readAtOnce(answer);
  assert.equal(card.ok && card.value.number, EVEN);
  assert.equal(fetched, 3);
});

test('a card of another scheme says which step failed, not what it holds', () => {
  const read = readAtOnce(({ step }) => (step === 'directory' ? none(0x6a82) : none(0x6a82)));
  assert.deepEqual(read, { ok: false, error: { step: 'application', detail: 'SW 6A82' } });
  assert.equal(hex(encodeResponse(none(0x6a82))), '6A82');
});
