import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as fontkit from 'fontkit';
import { type Run, shaperOf, standsAlone } from './shaper.ts';

function openFont(weight: string): fontkit.Font {
  const font = fontkit.create(readFileSync(join(import.meta.dirname, `../../assets/fonts/NotoSansSC-${weight}.ttf`)));
  if (!('layout' in font)) throw new TypeError('a collection');
  return font;
}

const FONTS = new Map(['Regular', 'Bold'].map((weight) => [weight, openFont(weight)]));
const ALL = Array.from({ length: 0x10000 }, (_, unit) => unit).filter(standsAlone);
const isHan = (unit: number) => unit >= 0x4e00 && unit <= 0x9fff;

/** Glyph by glyph, as the characters are when nothing joins or moves them. */
const sideBySide = (font: fontkit.Font, text: string) =>
  Array.from(text, (char) => font.glyphForCodePoint(char.codePointAt(0)!)).map(({ id, advanceWidth }) => [
    id,
    advanceWidth,
    0,
    0,
    0,
  ]);
const shaped = ({ glyphs, positions }: Run) =>
  glyphs.map(({ id }, i) => {
    const { xAdvance, yAdvance, xOffset, yOffset } = positions[i]!;
    return [id, xAdvance, yAdvance, xOffset, yOffset];
  });

test('digits and punctuation that stand alone are neither joined nor kerned, whichever follows which', () => {
  const marks = [...ALL.filter((unit) => !isHan(unit)), ...'年月日中第页'].map((mark) =>
    typeof mark === 'number' ? String.fromCharCode(mark) : mark,
  );
  for (const [weight, font] of FONTS) {
    for (const first of marks) {
      for (const second of marks) {
        const text = first + second;
        assert.deepEqual(shaped(font.layout(text)), sideBySide(font, text), `'${text}' in ${weight}`);
      }
    }
    for (const text of ['1,234,567.89', '2026年11月21日 08:15', '第 1 页，共 12 页', '（12%）：3/4']) {
      assert.deepEqual(shaped(font.layout(text)), sideBySide(font, text), `'${text}' in ${weight}`);
    }
  }
});

test('Chinese characters are neither joined nor kerned', () => {
  for (const [weight, font] of FONTS) {
    const text = String.fromCodePoint(...ALL.filter((unit) => isHan(unit) && font.hasGlyphForCodePoint(unit)));
    for (const order of [text, [...text].reverse().join('')]) {
      assert.deepEqual(shaped(font.layout(order)), sideBySide(font, order), `a kern or a ligature in ${weight}`);
    }
  }
});

test('a glyph says the text of this document, not of the one before', () => {
  const font = openFont('Regular');
  // A radical and the character it is part of share a drawing.
  const [radical, character] = ['\u2f08', '人'];
  const codePoints = (text: string) => shaperOf(font)(text).glyphs.map((glyph) => [glyph.id, ...glyph.codePoints]);
  const [first] = codePoints(radical);
  const [second] = codePoints(character);
  assert.equal(first![0], second![0], 'the two no longer share a glyph: take two others that do');
  assert.deepEqual([first![1], second![1]], [0x2f08, character.codePointAt(0)]);
});
