import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Piece, readDate, readDigits, readMoney, readNumber } from './numbers.ts';

const words = (pieces: readonly Piece[], between: string) => pieces.map(({ text }) => text).join(between);
const zh = (pieces: readonly Piece[]) => words(pieces, '');
const en = (pieces: readonly Piece[]) => words(pieces, ' ');

test('numbers are said as people count', () => {
  for (const [number, chinese, english] of [
    [0, '零', 'zero'],
    [10, '十', 'ten'],
    [15, '十五', 'fifteen'],
    [20, '二十', 'twenty'],
    [105, '一百零五', 'one hundred and five'],
    [115, '一百一十五', 'one hundred and fifteen'],
    [222, '两百二十二', 'two hundred and twenty two'],
    [2005, '两千零五', 'two thousand and five'],
    [2050, '两千零五十', 'two thousand and fifty'],
    [10_005, '一万零五', 'ten thousand and five'],
    [20_000, '两万', 'twenty thousand'],
    [22_000, '两万两千', 'twenty two thousand'],
    [100_500, '十万零五百', 'one hundred thousand five hundred'],
    [120_000, '十二万', 'one hundred and twenty thousand'],
    [300_010_000, '三亿零一万', 'three hundred million ten thousand'],
    [-7, '负七', 'minus seven'],
  ] as const) {
    assert.equal(zh(readNumber('zh', number)), chinese);
    assert.equal(en(readNumber('en', number)), english);
  }
});

test('money is said with its smallest unit', () => {
  assert.equal(zh(readMoney('zh', 5_864_502)), '五万八千六百四十五元零二分');
  assert.equal(zh(readMoney('zh', 120_000)), '一千两百元');
  assert.equal(zh(readMoney('zh', 120_050)), '一千两百元五角');
  assert.equal(zh(readMoney('zh', 5)), '五分');
  assert.equal(zh(readMoney('zh', 0)), '零元');
  assert.equal(zh(readMoney('zh', -1_025)), '负十元二角五分');
  assert.equal(en(readMoney('en', 5_864_502)), 'fifty eight thousand six hundred and forty five point zero two yuan');
});

test('dates are said as they are read', () => {
  assert.equal(zh(readDate('zh', '2026-11-21')), '二零二六年十一月二十一日');
  assert.equal(zh(readDate('zh', '2026-01')), '二零二六年一月');
  assert.equal(en(readDate('en', '2026-11-21')), 'twenty one November two thousand and twenty six');
});

test('a number to write down is said digit by digit', () => {
  assert.equal(words(readDigits('zh', 'K7 40'), ' '), 'K 七 四 零');
  assert.deepEqual(readDigits('en', '-x')[0], { clip: 'letter.x', text: 'X' });
});

/** What a listener makes of Chinese numerals, written down independently of how they are said. */
function heardChinese(text: string): number {
  let [total, group, digit] = [0, 0, 0];
  for (const word of text.replaceAll('两', '二').replaceAll('零', '')) {
    const value = '零一二三四五六七八九'.indexOf(word);
    const size = ({ 十: 10, 百: 100, 千: 1000 } as Readonly<Record<string, number>>)[word];
    if (value >= 0) digit = value;
    else if (size) {
      group += (digit || 1) * size;
      digit = 0;
    } else {
      total = word === '亿' ? (total + group + digit) * 100_000_000 : total + (group + digit) * 10_000;
      [group, digit] = [0, 0];
    }
  }
  return total + group + digit;
}

function heardEnglish(text: string): number {
  const small =
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
      ' ',
    );
  const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
  let [total, group] = [0, 0];
  for (const word of text.split(' ')) {
    if (small.includes(word)) group += small.indexOf(word);
    else if (tens.includes(word)) group += (tens.indexOf(word) + 2) * 10;
    else if (word === 'hundred') group *= 100;
    else if (word !== 'and') {
      total += group * { thousand: 1e3, million: 1e6, billion: 1e9 }[word]!;
      group = 0;
    }
  }
  return total + group;
}

const number = fc.oneof(fc.nat(30_000), fc.nat(999_999_999), fc.bigInt({ min: 0n, max: 999_999_999_999n }).map(Number));

test('what is said is what was meant', () => {
  fc.assert(
    fc.property(number, (meant) => {
      assert.equal(heardChinese(zh(readNumber('zh', meant))), meant);
      assert.equal(heardEnglish(en(readNumber('en', meant))), meant);
    }),
    { numRuns: 500 },
  );
});

test('money that is said is the money that was meant, to the fen', () => {
  fc.assert(
    fc.property(fc.nat(2_000_000_000), (fen) => {
      const [, yuan = '', jiao = '', cent = ''] =
        /^(?:(.*)元)?零?(?:(.)角)?(?:(.)分)?$/.exec(zh(readMoney('zh', fen))) ?? [];
      assert.equal(heardChinese(yuan) * 100 + heardChinese(jiao) * 10 + heardChinese(cent), fen);
    }),
    { numRuns: 500 },
  );
});

test('every part of a number has a clip of its own', () => {
  fc.assert(
    fc.property(number, fc.constantFrom('zh', 'en'), (meant, language) => {
      for (const piece of [...readNumber(language, meant), ...readMoney(language, meant)]) {
        assert.ok(piece.clip !== null && piece.text !== '', JSON.stringify(piece));
      }
    }),
  );
});
