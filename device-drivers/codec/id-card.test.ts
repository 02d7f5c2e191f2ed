import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idCheckCharacter } from '@kiosk/domain/id-number.ts';
import { syntheticIdNumber } from '@kiosk/domain/synthetic.ts';
import { cardParts, formerNumberLink, parseIdCard, parseNewAddress } from './id-card.ts';

const ID = syntheticIdNumber('1984-02-29', 37);
/** Numbered like the 2023 cards of foreign residents: 9, province, country, birth, order, check character. */
const FIVE_STAR = ((body: string) => body + idCheckCharacter(body))('938' + '999' + '19840229' + '001');

/** A block of spaces with these texts at these byte offsets, as the tables of the field give them. */
function block(fields: Readonly<Record<number, string>>): Buffer {
  const bytes = Buffer.alloc(256, Buffer.from(' ', 'utf16le'));
  for (const [offset, text] of Object.entries(fields)) bytes.write(text, Number(offset), 'utf16le');
  return bytes;
}

const RESIDENT = {
  0: '阿依慕·图尔荪',
  30: '2',
  32: '05',
  36: '19840229',
  52: '江州市望江区柳荫路18号3幢502室',
  122: ID,
  158: '江州市公安局望江分局',
  188: '20200101',
  204: '20400101',
};

function parsed(fields: Readonly<Record<number, string>>) {
  const result = parseIdCard(block(fields));
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

test('a resident card, every field in its place', () => {
  assert.deepEqual(parsed(RESIDENT), {
    kind: 'resident',
    name: '阿依慕·图尔荪',
    sex: '2',
    nation: '05',
    birthDate: '1984-02-29',
    address: '江州市望江区柳荫路18号3幢502室',
    idNumber: ID,
    issuer: '江州市公安局望江分局',
    validFrom: '2020-01-01',
    validTo: '2040-01-01',
  });
});

test('a card that is valid for life', () => {
  assert.equal(parsed({ ...RESIDENT, 204: '长期' }).validTo, null);
});

test('a name with a character outside the basic plane stays whole', () => {
  assert.equal(parsed({ ...RESIDENT, 0: '林𬭊' }).name, '林𬭊');
});

test('a name that fills its field to the last byte', () => {
  const name = '司马'.repeat(7) + '南';
  assert.equal(parsed({ ...RESIDENT, 0: name }).name, name);
});

test('half a character is damage', () => {
  const result = parseIdCard(block({ ...RESIDENT, 0: '林\ud873' }));
  assert.deepEqual(result, { ok: false, error: { field: 'name', expected: 'whole characters' } });
});

test('fields padded with NUL or wide spaces are trimmed, spaces inside a name stay', () => {
  assert.equal(parsed({ ...RESIDENT, 0: '\u3000李 四\0\0' }).name, '李 四');
});

test('a sex outside the table is unknown and not female', () => {
  assert.equal(parsed({ ...RESIDENT, 30: '7' }).sex, '0');
  assert.equal(parsed({ ...RESIDENT, 30: ' ' }).sex, '0');
  assert.equal(parsed({ ...RESIDENT, 30: '9' }).sex, '9');
});

test('nations 25, 46, 97 and 98 are kept, a code nobody assigned is left out', () => {
  for (const nation of ['25', '46', '97', '98']) assert.equal(parsed({ ...RESIDENT, 32: nation }).nation, nation);
  assert.equal('nation' in parsed({ ...RESIDENT, 32: '77' }), false);
});

test('a wrong check digit is the answer of the reader, not its error', () => {
  const wrong = ID.slice(0, 17) + (ID.endsWith('0') ? '1' : '0');
  assert.equal(parsed({ ...RESIDENT, 122: wrong }).idNumber, wrong);
});

test('a residence permit for Hong Kong, Macao and Taiwan has no nation', () => {
  const card = parsed({ ...RESIDENT, 32: '  ', 220: 'H00000000', 238: '01', 248: 'J' });
  assert.equal(card.kind, 'hkMacaoTaiwanResident');
  assert.equal('nation' in card, false);
  assert.equal(card.idNumber, ID);
});

test('a permanent resident of 2017, with and without a Chinese name', () => {
  const fields = {
    0: 'DOE, JANE MARY',
    120: '2',
    122: 'XXX380100840229',
    152: 'XXX',
    158: '多简',
    188: '20200101',
    204: '20300101',
    220: '19840229',
    236: '01',
    240: '1500',
    248: 'I',
  };
  const card = parsed(fields);
  assert.deepEqual(
    [card.kind, card.name, card.sex, card.birthDate, card.idNumber, card.issuer, card.address, card.validTo],
    ['permanentResident2017', '多简', '2', '1984-02-29', 'XXX380100840229', '1500', '', '2030-01-01'],
  );
  assert.equal(parsed({ ...fields, 158: ' '.repeat(15) }).name, 'DOE, JANE MARY');
});

test('a permanent resident of 2023 whose English name goes on in a second field', () => {
  const english = 'WOLFESCHLEGELSTEINHAUSEN, HUBERT B BLAINE';
  const fields = {
    30: '1',
    32: '00',
    36: '19840229',
    52: english.slice(0, 35),
    122: FIVE_STAR,
    188: '20240101',
    204: '20340101',
    220: english.slice(35),
    242: 'XXX',
    248: 'Y',
  };
  const card = parsed(fields);
  assert.deepEqual([card.kind, card.name, card.idNumber], ['permanentResident2023', english, FIVE_STAR]);
  assert.equal(parsed({ ...fields, 0: '胡伯特' }).name, '胡伯特');
});

test('damage is named by its field and never quoted', () => {
  const broken: [Record<number, string>, string][] = [
    [{ ...RESIDENT, 36: '19830229' }, 'birth'],
    [{ ...RESIDENT, 188: '2020AB01' }, 'validFrom'],
    [{ ...RESIDENT, 204: '  ' + ' '.repeat(6) }, 'validTo'],
    [{ ...RESIDENT, 0: ' '.repeat(15) }, 'name'],
    [{ ...RESIDENT, 122: ' '.repeat(18) }, 'idNumber'],
    [{ ...RESIDENT, 248: 'Z' }, 'type'],
  ];
  for (const [fields, field] of broken) {
    const result = parseIdCard(block(fields));
    assert.equal(!result.ok && result.error.field, field);
    assert.equal(JSON.stringify(result).includes(ID), false);
  }
});

test('how long the parts are is said by the answer', () => {
  const text = block(RESIDENT);
  const answer = (lengths: readonly number[], rest: number) =>
    Buffer.concat([Uint8Array.from(lengths), text, new Uint8Array(rest)]);
  const plain = cardParts(answer([1, 0, 4, 0], 1024), 2);
  assert.ok(plain.ok && Buffer.compare(plain.value.text, text) === 0);
  assert.deepEqual([plain.value.photo.length, plain.value.fingerprints.length], [1024, 0]);
  for (const fingerprint of [0, 512, 1024]) {
    const three = cardParts(answer([1, 0, 4, 0, fingerprint >> 8, 0], 1024 + fingerprint), 3);
    assert.ok(three.ok && Buffer.compare(three.value.text, text) === 0, `with ${fingerprint} bytes of fingerprint`);
    assert.deepEqual([three.value.photo.length, three.value.fingerprints.length], [1024, fingerprint]);
  }
  assert.equal(cardParts(answer([1, 0, 4, 0], 1023), 2).ok, false);
  assert.equal(cardParts(answer([0, 255, 4, 0], 1025), 2).ok, false);
  assert.equal(cardParts(new Uint8Array(3), 2).ok, false);
});

test('an appended address has 70 bytes and whole characters', () => {
  const padded = (text: string) => {
    const bytes = Buffer.alloc(70, Buffer.from(' ', 'utf16le'));
    bytes.write(text, 'utf16le');
    return bytes;
  };
  assert.deepEqual(parseNewAddress(padded('江州市望江区柳荫路20号')), { ok: true, value: '江州市望江区柳荫路20号' });
  assert.equal(parseNewAddress(padded('江\ud873')).ok, false);
  assert.equal(parseNewAddress(padded('').subarray(2)).ok, false);
});

test('only a 2023 card of a permanent resident leads to an older number', () => {
  assert.deepEqual(formerNumberLink(block({ 242: 'XXX', 248: 'Y', 250: '011' })), { nationality: 'XXX', link: '011' });
  assert.deepEqual(formerNumberLink(block({ 242: 'XXX', 248: 'Y' })), { nationality: 'XXX', link: '' });
  assert.equal(formerNumberLink(block({ 248: 'I', 250: '011' })), undefined);
});

test('the authority code of a 2017 card stands where others have an issuer, and may be absent', () => {
  const fields = { 120: '1', 122: 'XXX380100840229', 158: '多简', 188: '20200101', 204: '20300101', 220: '19840229' };
  assert.equal(parsed({ ...fields, 240: '1500', 248: 'I' }).issuer, '1500');
  assert.equal(parsed({ ...fields, 248: 'I' }).issuer, '');
});
