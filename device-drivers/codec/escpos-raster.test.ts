import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { SLIP_FONTS, fontGlyphs } from '../drivers/slip-escpos/glyphs.ts';
import { type Bitmap, type GlyphOutline, drawCells } from './escpos-raster.ts';

const square = (from: number, to: number) => [
  { x: from, y: from },
  { x: to, y: from },
  { x: to, y: to },
  { x: from, y: to },
];

function show({ widthBytes, height, data }: Bitmap): string[] {
  return Array.from({ length: height }, (_, row) =>
    [...data.subarray(row * widthBytes, (row + 1) * widthBytes)]
      .map((byte) => byte.toString(2).padStart(8, '0').replaceAll('0', '.').replaceAll('1', '#'))
      .join(''),
  );
}

test('a frame is drawn with its hole, because its inner contour runs the other way', () => {
  const frame: GlyphOutline = { advance: 1, contours: [square(0, 0.75), square(0.25, 0.5).reverse()] };
  const bitmap = drawCells([{ character: '口', x: 0, width: 8 }], () => frame, { widthDots: 8, height: 8, em: 8 });
  assert.deepEqual(show(bitmap), [
    '........',
    '######..',
    '######..',
    '##..##..',
    '##..##..',
    '######..',
    '######..',
    '........',
  ]);
});

test('a glyph wider than its cell is squeezed and never touches its neighbour', () => {
  const wide: GlyphOutline = { advance: 2, contours: [square(0, 2)] };
  const bitmap = drawCells([{ character: 'W', x: 8, width: 8 }], () => wide, { widthDots: 24, height: 8, em: 8 });
  for (const row of show(bitmap)) {
    assert.match(row, /^\.{8}.{8}\.{8}$/);
  }
});

test('rare characters of names are in the font that the product ships', () => {
  const glyphs = fontGlyphs(fileURLToPath(new URL('NotoSansSC-Regular.ttf', SLIP_FONTS)));
  for (const character of ['㛃', '䶮', '𬭊', '𬱖', '龘', '〓'])
    assert.ok(glyphs(character), `${character} is not in the font`);
  assert.equal(glyphs('𠮷'), undefined, 'now in the font: the slip can show it, take it out of this list');
  const bitmap = drawCells([{ character: '㛃', x: 0, width: 24 }], glyphs, { widthDots: 24, height: 24, em: 24 });
  const black = show(bitmap).join('').replaceAll('.', '').length;
  assert.ok(black > 80 && black < 400, `${black} of 576 dots are black: a solid block or next to nothing`);
});

test('a character that the font lacks leaves its place empty', () => {
  const nothing = drawCells([{ character: '口', x: 0, width: 8 }], () => undefined, { widthDots: 8, height: 8, em: 8 });
  assert.ok(nothing.data.every((byte) => byte === 0));
});
