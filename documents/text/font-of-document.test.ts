import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as fontkit from 'fontkit';
import { fontOfDocument, type Run } from './font-of-document.ts';

function openFont(weight: string): fontkit.Font {
  const font = fontkit.create(readFileSync(join(import.meta.dirname, `../../assets/fonts/NotoSansSC-${weight}.ttf`)));
  if (!('layout' in font)) throw new TypeError('a collection');
  return font;
}

const fontkitsOwn = new Map(['Regular', 'Bold'].map((weight) => [weight, openFont(weight)]));
const shown = ({ glyphs, positions, advanceWidth }: Run) => ({
  glyphs: glyphs.map(({ id, codePoints }) => [id, ...codePoints]),
  places: positions.map(({ xAdvance, yAdvance, xOffset, yOffset }) => [xAdvance, yAdvance, xOffset, yOffset]),
  advanceWidth,
});

test('amounts and dates stand as the full shaping would set them, whatever character follows which', () => {
  const characters = [...'0123456789,.- '];
  const pairs = characters.flatMap((first) => characters.map((second) => first + second));
  for (const [weight, font] of fontkitsOwn) {
    const own = fontOfDocument(openFont(weight));
    for (const text of [...pairs, '1,234,567.89', '-0.05', '2026-11-21 ', '1990-01', '10', '  ']) {
      assert.deepEqual(
        shown(own.layout(text)),
        shown(font.layout(text)),
        `'${text}' in ${weight}: a kern or a ligature`,
      );
    }
  }
});

test('Chinese characters stand as the full shaping would set them', () => {
  for (const [weight, font] of fontkitsOwn) {
    const all = Array.from({ length: 0x9fff - 0x4e00 + 1 }, (_, i) => 0x4e00 + i);
    const text = String.fromCodePoint(...all.filter((codePoint) => font.hasGlyphForCodePoint(codePoint)));
    const own = fontOfDocument(openFont(weight));
    for (const order of [text, [...text].reverse().join('')]) {
      assert.deepEqual(shown(own.layout(order)), shown(font.layout(order)), `a kern or a ligature in ${weight}`);
    }
  }
});

test('a glyph says the text of this document, not of the one before', () => {
  const font = openFont('Regular');
  // A radical and the character it is part of share a drawing.
  const [radical, character] = ['\u2f08', '人'];
  const codePoints = (text: string) =>
    fontOfDocument(font)
      .layout(text)
      .glyphs.map((glyph) => [glyph.id, ...glyph.codePoints]);
  const [first] = codePoints(radical);
  const [second] = codePoints(character);
  assert.equal(first![0], second![0], 'the two no longer share a glyph: take two others that do');
  assert.deepEqual([first![1], second![1]], [0x2f08, character.codePointAt(0)]);
});
