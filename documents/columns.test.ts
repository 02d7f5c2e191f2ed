import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { centreColumns, columnsOf, layoutRow, wrapColumns } from './columns.ts';

const anyText = fc.string({
  unit: fc.constantFrom(...'汉字缴存，。、（）·—“”𬭊', ...'abcXYZ019 .,:-', ' '),
  maxLength: 120,
});
const bare = (text: string) => text.replace(/\s/g, '');

test('Chinese takes two columns, Latin one, and narrow-looking signs two', () => {
  assert.equal(columnsOf('业务受理回执'), 12);
  assert.equal(columnsOf('YTJ JZ0030 000427 K'), 19);
  assert.equal(columnsOf('阿依慕·图尔荪'), 14);
  assert.equal(columnsOf('𬭊'), 2, 'a surrogate pair is one character');
  assert.equal(columnsOf('葛\u{e0100}'), 2, 'a variation selector takes no place');
});

test('no line is wider than the paper and no character is lost', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 2, max: 48 }), (text, columns) => {
      const lines = wrapColumns(text, columns);
      for (const line of lines)
        assert.ok(columnsOf(line) <= columns, `${JSON.stringify(line)} is wider than ${columns}`);
      assert.equal(bare(lines.join('')), bare(text));
    }),
    { numRuns: 1000 },
  );
});

test('words stay whole and a full stop is not alone on a line', () => {
  assert.deepEqual(wrapColumns('received, not decided', 12), ['received,', 'not decided']);
  assert.deepEqual(wrapColumns('已收到尚未办结。', 14), ['已收到尚未办', '结。']);
  assert.deepEqual(wrapColumns('第一行\n第二行', 48), ['第一行', '第二行']);
});

test('label and value share a line while they fit, and the value stays on the right when they do not', () => {
  assert.equal(layoutRow('页数', '3', 48)[0]!.length, 48 - 2);
  fc.assert(
    fc.property(anyText.map(bare), anyText.map(bare), (label, value) => {
      fc.pre(value !== '');
      const lines = layoutRow(label, value, 48);
      for (const line of lines) assert.ok(columnsOf(line) <= 48);
      assert.equal(bare(lines.join('')), label + value);
      assert.equal(Math.max(...lines.map(columnsOf)), 48, 'the value ends at the right edge');
    }),
  );
});

test('a long value is a block beside its label, flush right, with one left edge', () => {
  assert.deepEqual(layoutRow('事项', '关于窗口等候时间过长的意见，请尽快答复', 30), [
    '事项  关于窗口等候时间过长的意',
    '      见，请尽快答复',
  ]);
});

test('a heading stands in the middle', () => assert.equal(centreColumns('回执', 10), '   回执'));
