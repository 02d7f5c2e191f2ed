import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { columnsOf, encodeGb18030, inRom, layOutRow, printable, wrap } from './escpos-text.ts';

const slipText = fc
  .array(fc.constantFrom(...'公积金账户，。（）《》“”·—aB7 .,-:/¥￥㛃𠮷龘éК'.split(/(?:)/u)), { maxLength: 120 })
  .map((parts) => printable(parts.join('')));

test('no text can smuggle a command to the printer', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const bytes = encodeGb18030(printable(text));
      assert.ok(
        bytes.every((byte) => byte >= 0x20 && byte !== 0x7f),
        'a control byte is left in the text',
      );
    }),
  );
});

test('every text survives the way through GB18030, four-byte characters included', () => {
  fc.assert(
    fc.property(slipText, (text) => assert.equal(iconv.decode(Buffer.from(encodeGb18030(text)), 'gb18030'), text)),
  );
});

test('columns are what the bytes take on paper: one byte one column, two or four bytes two columns', () => {
  fc.assert(
    fc.property(slipText, (text) => {
      const expected = [...text].reduce((sum, character) => sum + (encodeGb18030(character).length === 1 ? 1 : 2), 0);
      assert.equal(columnsOf(text), expected);
    }),
  );
});

test('wrapping loses nothing but spaces at line ends and never makes a line too long', () => {
  fc.assert(
    fc.property(slipText, fc.integer({ min: 4, max: 48 }), (text, width) => {
      const lines = wrap(text, width);
      for (const line of lines) assert.ok(columnsOf(line) <= width, `“${line}” is wider than ${width} columns`);
      assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
    }),
  );
});

test('a row keeps its label at the left edge, its value at the right edge, and both whole', () => {
  fc.assert(
    fc.property(slipText, slipText, fc.constantFrom(32, 48), (label, value, width) => {
      const lines = layOutRow(label, value, width);
      for (const line of lines) assert.ok(columnsOf(line) <= width, `“${line}” is wider than ${width} columns`);
      assert.equal(lines.join('').replaceAll(' ', ''), (label + value).replaceAll(' ', ''));
    }),
  );
});

test('no line begins with closing punctuation where the line before has room to give', () => {
  assert.deepEqual(wrap('一二三四，五', 8), ['一二三', '四，五']);
  assert.deepEqual(wrap('一二三（四）', 8), ['一二三', '（四）']);
});

test('a number is not cut in the middle', () => {
  assert.deepEqual(wrap('编号 R1234567', 12), ['编号', 'R1234567']);
});

test('rare characters of names are not in the ROM of the model, common ones are', () => {
  assert.equal(inRom('江州市住房公积金 ￥12.50 “镕喆堃龘”', 'gbk'), true);
  for (const rare of ['㛃', '𠮷', '𬭊']) assert.equal(inRom(rare, 'gbk'), false, `${rare} has four bytes`);
  assert.equal(inRom('镕', 'gb2312'), false);
  assert.equal(inRom('𠮷', 'gb18030'), true);
});

test('the yen sign of Unicode becomes the one that Chinese printers have', () => {
  assert.equal(printable('¥5'), '￥5');
});
