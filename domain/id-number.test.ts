import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays } from './dates.ts';
import { idCheckCharacter, parseIdNumber } from './id-number.ts';
import { syntheticIdNumber } from './synthetic.ts';

const anyId = fc
  .tuple(fc.integer({ min: 0, max: 36_000 }), fc.integer({ min: 0, max: 999 }))
  .map(([day, order]) => syntheticIdNumber(addDays('1925-01-01', day), order));

test('the worked example of GB 11643 has the check character X', () => {
  assert.equal(idCheckCharacter('110105' + '19491231' + '002'), 'X');
});

test('a correct number gives birth date and sex', () => {
  const value = syntheticIdNumber('1991-04-18', 24);
  assert.deepEqual(parseIdNumber(value), {
    ok: true,
    value: { value, region: '380100', birthDate: '1991-04-18', sex: 'female' },
  });
});

test('small x, spaces and full-width digits are what people type', () => {
  const value = syntheticIdNumber('1996-12-31', 31);
  assert.equal(value.at(-1), 'X', 'this test needs a number that ends in X');
  const fullWidth = [...value].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('');
  for (const typed of [
    value.toLowerCase(),
    `${value.slice(0, 6)} ${value.slice(6, 14)} ${value.slice(14)}`,
    fullWidth,
  ]) {
    const read = parseIdNumber(typed);
    assert.ok(read.ok && read.value.value === value, typed);
  }
});

test('the first check that fails is named', () => {
  const value = syntheticIdNumber('1991-04-18', 24);
  const errorOf = (text: string) => {
    const read = parseIdNumber(text);
    return read.ok ? 'none' : read.error;
  };
  assert.equal(errorOf(value.slice(0, 17)), 'length');
  assert.equal(errorOf(''), 'length');
  assert.equal(errorOf(`${value.slice(0, 5)}X${value.slice(6)}`), 'characters');
  assert.equal(errorOf(`${value.slice(0, 10)}0230${value.slice(14)}`), 'birth-date');
  assert.equal(errorOf(`${value.slice(0, 6)}0000${value.slice(10)}`), 'birth-date');
  assert.equal(errorOf(value.slice(0, 17) + ((Number(value[17]) + 1) % 10)), 'check-digit');
});

test('every single wrong character is caught', () => {
  fc.assert(
    fc.property(anyId, fc.nat(17), fc.constantFrom(...'0123456789X'), (id, at, char) => {
      fc.pre(id[at] !== char);
      assert.equal(parseIdNumber(id.slice(0, at) + char + id.slice(at + 1)).ok, false);
    }),
  );
});

test('every swap of two different neighbouring digits is caught', () => {
  fc.assert(
    fc.property(anyId, fc.nat(16), (id, at) => {
      fc.pre(id[at] !== id[at + 1]);
      assert.equal(parseIdNumber(id.slice(0, at) + id[at + 1]! + id[at]! + id.slice(at + 2)).ok, false);
    }),
  );
});
