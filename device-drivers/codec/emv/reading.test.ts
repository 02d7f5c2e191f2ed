import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SW, type ResponseApdu } from './apdu.ts';
import { cardFromRecords } from './card-data.ts';
import { type NextCommand, readAtOnce } from './read.ts';
import { encodeTlv, parseTlv, readTag } from './tlv.ts';
import { syntheticCardNumber } from '../../suites/synthetic-card.ts';

const NUMBER = syntheticCardNumber(6202, 16);
const good = (data: Uint8Array): ResponseApdu => ({ data, sw: SW.success });
const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
const NOT_FOUND: ResponseApdu = { data: new Uint8Array(0), sw: SW.notFound };

test('a card that announces more and more, a byte at a time, is given up', () => {
  let commands = 0;
  const read = readAtOnce(() => {
    commands++;
    return { data: Uint8Array.of(0), sw: 0x6101 };
  });
  assert.ok(!read.ok);
  assert.ok(commands <= 160, `${commands} commands were sent to a card that leads nowhere`);
});

test('applications are tried in the order that the card wants; those without a priority come last', () => {
  const entry = (name: string, ...priority: Uint8Array[]) => encodeTlv(0x61, encodeTlv(0x4f, bytes(name)), ...priority);
  const entries = [
    entry('A000000333010103'),
    entry('A000000333010104', encodeTlv(0x87, bytes('00'))),
    entry('A000000333010102', encodeTlv(0x87, bytes('02'))),
    entry('A000000333010101', encodeTlv(0x87, bytes('01'))),
  ];
  const tried: string[] = [];
  readAtOnce(({ step, apdu }) => {
    if (step === 'directory') return good(encodeTlv(0x6f, encodeTlv(0xa5, encodeTlv(0x88, bytes('01')))));
    if (step === 'directoryRecord') return apdu.p1 === 1 ? good(encodeTlv(0x70, ...entries)) : NOT_FOUND;
    tried.push(
      Buffer.from(apdu.data ?? [])
        .toString('hex')
        .slice(-2),
    );
    return NOT_FOUND;
  });
  assert.deepEqual(tried, ['01', '02', '03', '04']);
});

test('a card that asks for date and unpredictable number is given them', () => {
  const asked: Uint8Array[] = [];
  const answer = ({ step, apdu }: NextCommand): ResponseApdu => {
    if (step === 'directory') return NOT_FOUND;
    if (step === 'application') {
      return good(encodeTlv(0x6f, encodeTlv(0xa5, encodeTlv(0x9f38, bytes('9A039F3704')))));
    }
    if (step !== 'options') return good(encodeTlv(0x70, encodeTlv(0x5a, bytes(NUMBER))));
    asked.push(apdu.data ?? new Uint8Array(0));
    return good(encodeTlv(0x80, bytes('7C0008010100')));
  };
  const input = { date: bytes('261121'), unpredictableNumber: bytes('01020304') };
  const read = readAtOnce(answer, input);
  assert.ok(read.ok && read.value.number === NUMBER);
  readAtOnce(answer);
  const given = asked.map((data) => Buffer.from(data).toString('hex').toUpperCase());
  assert.deepEqual(given, ['830726112101020304', '830700000000000000'], 'without them they are zeros');
});

test("a holder's document of a kind that the card does not tell", () => {
  const objects = parseTlv(
    Buffer.concat([encodeTlv(0x5a, bytes(NUMBER)), encodeTlv(0x9f61, Buffer.from('E12345'.padEnd(40)))]),
  );
  assert.ok(objects.ok);
  const card = cardFromRecords(objects.value, 'A000000333010101');
  assert.deepEqual(card.ok && card.value.holder, { documentNumber: 'E12345', documentKind: '' });
});

test('objects longer than 127 and than 255 bytes come back as they were written', () => {
  for (const length of [127, 128, 255, 256, 4096]) {
    const value = new Uint8Array(length).fill(0xa5);
    const parsed = parseTlv(encodeTlv(0x5a, value));
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.value[0]?.value, value, `${length} bytes`);
  }
});

test('there is no tag behind the end', () => {
  assert.deepEqual(readTag(bytes('5A'), 1), { ok: false, error: 'ends before a tag' });
});
