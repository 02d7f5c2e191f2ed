import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardContradictions } from './id-card-check.ts';
import { formerPermanentResidentNumber, icaoCheckDigit } from './former-number.ts';
import { idCheckCharacter } from './id-number.ts';
import { syntheticIdNumber } from './synthetic.ts';

const idNumber = syntheticIdNumber('1991-04-18', 24);
const resident = { kind: 'resident', idNumber, birthDate: '1991-04-18', sex: '2' } as const;

/** Region 38 and country 999 do not exist. */
const number2023 = ((body: string) => body + idCheckCharacter(body))('938' + '999' + '19840229' + '001');

test('number, birth date and sex agree', () => {
  assert.deepEqual(cardContradictions(resident), []);
});

test('a birth date or a sex that the number contradicts', () => {
  assert.deepEqual(cardContradictions({ ...resident, birthDate: '1991-04-19' }), ['birthDate']);
  assert.deepEqual(cardContradictions({ ...resident, sex: '1' }), ['sex']);
  assert.deepEqual(cardContradictions({ ...resident, birthDate: '1990-04-18', sex: '1' }), ['birthDate', 'sex']);
});

test('an unknown or unstated sex contradicts nothing', () => {
  for (const sex of ['0', '9'] as const) assert.deepEqual(cardContradictions({ ...resident, sex }), []);
});

test('a number that does not check out is said, not what follows from it', () => {
  const wrong = idNumber.slice(0, 17) + (idNumber.endsWith('0') ? '1' : '0');
  assert.deepEqual(cardContradictions({ ...resident, idNumber: wrong, sex: '1' }), ['number']);
});

test('a 2023 number begins with 9 and tells the birth date, not the sex', () => {
  const card = { kind: 'permanentResident2023', idNumber: number2023, birthDate: '1984-02-29' } as const;
  for (const sex of ['1', '2'] as const) assert.deepEqual(cardContradictions({ ...card, sex }), []);
  assert.deepEqual(cardContradictions({ ...card, sex: '1', birthDate: '1984-02-28' }), ['birthDate']);
  assert.deepEqual(cardContradictions({ ...card, kind: 'resident', sex: '2' })[0], 'number');
  assert.deepEqual(cardContradictions({ ...resident, kind: 'permanentResident2023' }), ['number']);
});

test('a 2017 number has letters, a region, a short birth date and an ICAO check digit', () => {
  const body = 'XXX' + '3801' + '840229' + '1';
  const card = { kind: 'permanentResident2017', birthDate: '1984-02-29', sex: '1' } as const;
  const good = body + icaoCheckDigit(body);
  assert.deepEqual(cardContradictions({ ...card, idNumber: good }), []);
  assert.deepEqual(cardContradictions({ ...card, idNumber: good, birthDate: '1984-02-28' }), ['birthDate']);
  const wrong = body + ((Number(good.at(-1)) + 1) % 10);
  assert.deepEqual(cardContradictions({ ...card, idNumber: wrong }), ['number']);
});

test('ICAO check digits, by the examples of Doc 9303', () => {
  assert.equal(icaoCheckDigit('L898902C3'), '6');
  assert.equal(icaoCheckDigit('740812'), '2');
  assert.equal(icaoCheckDigit('ZE184226B<<<<<'), '1');
  assert.throws(() => icaoCheckDigit('ä'), RangeError);
});

test('the number before the 2023 card is worked out from it', () => {
  const former = formerPermanentResidentNumber({ nationality: 'XXX', link: '011', number: number2023 });
  assert.equal(former?.slice(0, 14), 'XXX' + '3801' + '840229' + '1');
  const card = { kind: 'permanentResident2017', idNumber: former!, birthDate: '1984-02-29', sex: '1' } as const;
  assert.deepEqual(cardContradictions(card), []);
});

test('no card before, or a card that says too little', () => {
  for (const [nationality, link, number] of [
    ['XXX', '', number2023],
    ['XX', '011', number2023],
    ['XXX', 'A11', number2023],
    ['XXX', '011', idNumber],
  ] as const) {
    assert.equal(formerPermanentResidentNumber({ nationality, link, number }), undefined);
  }
});
