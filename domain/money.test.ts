import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { capitalWords } from './capital-words.ts';
import { divideHalfUp, formatYuan, multiply, parseYuan, percent, sum } from './money.ts';

const anyFen = fc.integer({ min: -9_000_000_000_000_00, max: 9_000_000_000_000_00 });

test('every amount survives being written and read again', () => {
  fc.assert(
    fc.property(anyFen, (fen) => {
      const text = formatYuan(fen);
      assert.match(text, /^-?\d{1,3}(,\d{3})*\.\d{2}$/);
      assert.deepEqual(parseYuan(text), { ok: true, value: fen });
    }),
  );
});

test('amounts as people and files write them', () => {
  const cases: [string, number][] = [
    ['58,645.02', 5_864_502],
    ['58645.02', 5_864_502],
    ['-0.5', -50],
    ['100', 10_000],
    [' 0.00 ', 0],
    ['-0.00', 0],
  ];
  for (const [text, fen] of cases) assert.deepEqual(parseYuan(text), { ok: true, value: fen }, text);
});

test('what is not an amount is refused, never rounded', () => {
  const cases: [string, string][] = [
    ['', 'not-money'],
    ['5,86.02', 'not-money'],
    ['1.2.3', 'not-money'],
    ['1e3', 'not-money'],
    ['NaN', 'not-money'],
    ['１００', 'not-money'],
    ['0.005', 'too-many-decimals'],
    ['99999999999999999', 'too-large'],
  ];
  for (const [text, error] of cases) assert.deepEqual(parseYuan(text), { ok: false, error }, text);
});

test('half a fen is rounded away from zero, on both sides of it', () => {
  assert.equal(divideHalfUp(5n, 10n), 1);
  assert.equal(divideHalfUp(-5n, 10n), -1);
  assert.equal(divideHalfUp(4n, 10n), 0);
  assert.ok(Object.is(divideHalfUp(-4n, 10n), 0), 'no minus zero: it would print as -0.00');
});

test('rounding is never off by more than half a unit', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), fc.bigInt({ min: 1n, max: 10n ** 6n }), (n, d) => {
      const difference = 2n * (BigInt(divideHalfUp(n, d)) * d - n);
      assert.ok(difference <= d && difference >= -d);
    }),
  );
});

test('monthly deposits of both sides, rounded to fen and to whole yuan', () => {
  const cases: [number, string, string, number, number][] = [
    [3_730_200, '7', '7', 522_228, 522_200],
    [269_000, '7', '7', 37_660, 37_600],
    [876_543, '8', '5', 113_950, 113_900],
    [654_321, '10', '10', 130_864, 130_800],
    [269_000, '5', '5', 26_900, 27_000],
  ];
  for (const [base, unit, person, toFen, toYuan] of cases) {
    const both = (step: 1 | 100) => multiply(base, percent(unit), step) + multiply(base, percent(person), step);
    assert.equal(both(1), toFen, `base ${base}, to fen`);
    assert.equal(both(100), toYuan, `base ${base}, to yuan: each side is rounded before they are added`);
  }
});

test('a fraction of a fen in the program is a bug and stops it', () => {
  assert.throws(() => formatYuan(0.5), RangeError);
  assert.throws(() => sum([1, Number.NaN]), RangeError);
  assert.throws(() => multiply(2 ** 53, percent('1')), RangeError);
});

test('capital words of known amounts', () => {
  const cases: [number, string][] = [
    [400_340, '肆仟零叁元肆角整'],
    [100_100, '壹仟零壹元整'],
    [10_000_005, '壹拾万元零伍分'],
    [846_800, '捌仟肆佰陆拾捌元整'],
    [50, '伍角整'],
    [5, '伍分'],
    [0, '零元整'],
    [1_640_902, '壹万陆仟肆佰零玖元零贰分'],
    [1_000_100_00, '壹佰万零壹佰元整'],
    [1_000_000_000_000, '壹佰亿元整'],
    [320_000_000_000_000, '叁万贰仟亿元整'],
    [-100, '负壹元整'],
  ];
  for (const [fen, words] of cases) assert.equal(capitalWords(fen), words);
});

test('capital words read back to the amount they were made from', () => {
  fc.assert(
    fc.property(fc.nat({ max: 999_999_999_999_99 }), (fen) => assert.equal(readCapital(capitalWords(fen)), fen)),
  );
});

/** An independent reader: multiplies up sections of 万 and 亿. */
function readCapital(words: string): number {
  const digits = '零壹贰叁肆伍陆柒捌玖';
  const places: Record<string, number> = { 拾: 10, 佰: 100, 仟: 1000 };
  const [whole, rest] = words.includes('元') ? (words.split('元') as [string, string]) : ['', words];
  let total = 0;
  let section = 0;
  let digit = 0;
  for (const char of whole) {
    if (digits.includes(char)) digit = digits.indexOf(char);
    else if (places[char]) {
      section += digit * places[char];
      digit = 0;
    } else {
      total = char === '亿' ? (total + section + digit) * 1e8 : total + (section + digit) * 1e4;
      section = digit = 0;
    }
  }
  const jiao = /(.)角/.exec(rest)?.[1];
  const cent = /(.)分/.exec(rest)?.[1];
  return (total + section + digit) * 100 + (jiao ? digits.indexOf(jiao) * 10 : 0) + (cent ? digits.indexOf(cent) : 0);
}
