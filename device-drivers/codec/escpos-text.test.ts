import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { columnsOf } from '@kiosk/documents/columns.ts';
import { encodeGb18030, inRom, printable } from './escpos-text.ts';

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

test('rare characters of names are not in the ROM of the model, common ones are', () => {
  assert.equal(inRom('江州市住房公积金 ￥12.50 “镕喆堃龘”', 'gbk'), true);
  for (const rare of ['㛃', '𠮷', '𬭊']) assert.equal(inRom(rare, 'gbk'), false, `${rare} has four bytes`);
  assert.equal(inRom('镕', 'gb2312'), false);
  assert.equal(inRom('𠮷', 'gb18030'), true);
});

test('the yen sign of Unicode becomes the one that Chinese printers have', () => {
  assert.equal(printable('¥5'), '￥5');
});

test('what a small character ROM holds: level 1 and 2, and the signs before them', () => {
  assert.ok(inRom('公积金，。7', 'gb2312'));
  // Of GBK only, and of GB18030 only.
  assert.ok(!inRom('镕', 'gb2312'));
  assert.ok(!inRom('𠮷', 'gb2312'));
});

test('half a character is in no ROM', () => {
  assert.ok(!inRom('\ud842', 'gb18030'));
});
