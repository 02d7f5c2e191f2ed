import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { loadFonts, missingCharacters, type Weight } from '../fonts.ts';
import { Sheet } from '../layout/sheet.ts';

const fonts = await loadFonts(join(import.meta.dirname, '../../assets/fonts'));
const folder = mkdtempSync(join(tmpdir(), 'names-'));
after(() => rmSync(folder, { recursive: true }));

const DPI = 144;
const SIZE = 40;
const LEFT = 40;
const STEP = 60;

/** Of each extension of GB 18030-2022 the first, the last and one from within, and characters that names are known to have. */
const RARE = [
  ...['𠮷', '𬱖', '𨭎', '𬭊', '𫖯', '𬍛'],
  ...[0x20000, 0x2a6d6, 0x2a700, 0x2b734, 0x2b740, 0x2b81d, 0x2b820, 0x2cea1, 0x2ceb0, 0x2ebe0].map((code) =>
    String.fromCodePoint(code),
  ),
];

/** Ink of a line of text, as dots of the page from its left edge, by column; undefined without pdftoppm. */
async function inkOf(texts: readonly string[], weight: Weight): Promise<number[][] | undefined> {
  const sheet = new Sheet(fonts, { title: 'T', author: 'A', subject: 'S', createdAt: 0 });
  sheet.addPage();
  texts.forEach((text, i) => sheet.text(text, LEFT, 10 + i * STEP, { size: SIZE, weight }));
  const file = join(folder, 'names.pdf');
  writeFileSync(file, await sheet.finish());
  const run = spawnSync('pdftoppm', ['-r', String(DPI), '-gray', '-singlefile', file, join(folder, 'names')]);
  if (run.error) return undefined;
  assert.equal(String(run.stderr), '', 'the reader complains about the fonts in the file');
  const picture = readFileSync(join(folder, 'names.pgm'));
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(picture.toString('latin1', 0, 40))!;
  const width = Number(header[1]);
  const scale = DPI / 72;
  return texts.map((_, i) => {
    const columns = new Array<number>(width).fill(0);
    for (let y = (10 + i * STEP) * scale; y < (10 + (i + 1) * STEP) * scale; y++) {
      for (let x = 0; x < width; x++) columns[x]! += 255 - picture[header[0].length + y * width + x]!;
    }
    return columns;
  });
}

const places = (columns: readonly number[], from: number, length: number) =>
  columns.slice(Math.round(((LEFT + from) * DPI) / 72), Math.round(((LEFT + from + length) * DPI) / 72));
const inkIn = (columns: readonly number[], from: number, length: number) =>
  places(columns, from, length).reduce((sum, ink) => sum + ink, 0);

test('every Chinese character of GB 18030-2022 up to level 3 can be printed', () => {
  const blocks = [
    [0x3400, 0x4db5],
    [0x4e00, 0x9fef],
    [0x20000, 0x2a6d6],
    [0x2a700, 0x2b734],
    [0x2b740, 0x2b81d],
    [0x2b820, 0x2cea1],
    [0x2ceb0, 0x2ebe0],
  ] as const;
  for (const [first, last] of blocks) {
    const all = Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i));
    assert.deepEqual(missingCharacters(fonts, all), [], `${first.toString(16)}–${last.toString(16)}`);
  }
});

test('rare characters are ink on paper, each its own, not a blank and not the box for what is missing', async (t) => {
  for (const weight of ['regular', 'bold'] as const) {
    const ink = await inkOf(
      RARE.slice(0, 13).map((char) => `江${char}江`),
      weight,
    );
    if (!ink) return t.skip('pdftoppm not installed');
    const pictures = ink.map((columns) => places(columns, SIZE, SIZE).join());
    assert.equal(new Set(pictures).size, pictures.length, 'two characters look the same: the box for what is missing?');
    ink.forEach((columns, i) => {
      const middle = inkIn(columns, SIZE, SIZE);
      assert.ok(middle > 0.25 * inkIn(columns, 0, SIZE), `${RARE[i]} in ${weight} leaves (almost) no ink`);
      // What follows it stands where it would beside a common character.
      assert.ok(Math.abs(inkIn(columns, 2 * SIZE, SIZE) - inkIn(columns, 0, SIZE)) < 3000, `${RARE[i]} moves the line`);
    });
  }
});

test('a rare character in bold is heavier than in regular', async (t) => {
  const [regular, bold] = [await inkOf(['𠮷'], 'regular'), await inkOf(['𠮷'], 'bold')];
  if (!regular || !bold) return t.skip('pdftoppm not installed');
  assert.ok(inkIn(bold[0]!, 0, SIZE) > 1.15 * inkIn(regular[0]!, 0, SIZE), 'look at RARE_HAN_THICKENING');
});

test('middle dots of every form, and foreign letters, are seen', async (t) => {
  const names = [
    '阿·米娜',
    '阿•米娜',
    '阿．米娜',
    '阿‧米娜',
    '阿・米娜',
    'Łęś ğşı',
    'Nguyễn Ān',
    'Ştefăn',
    'O’Brien-Ñu',
  ];
  assert.deepEqual(missingCharacters(fonts, names), []);
  const ink = await inkOf(names, 'regular');
  if (!ink) return t.skip('pdftoppm not installed');
  const plain = await inkOf(['阿　米娜', 'Les gsi', 'Nguyen An'], 'regular');
  for (const i of [0, 1, 2, 3, 4]) assert.ok(inkIn(ink[i]!, 0, 160) > inkIn(plain![0]!, 0, 160) + 500, names[i]);
  assert.ok(inkIn(ink[5]!, 0, 160) > inkIn(plain![1]!, 0, 160), 'the marks of Łęś ğşı are lost');
  assert.ok(inkIn(ink[6]!, 0, 220) > inkIn(plain![2]!, 0, 220), 'the marks of Nguyễn are lost');
});

test('a line is as wide as it is measured, whichever fonts it takes', () => {
  const sheet = new Sheet(fonts, { title: 'T', author: 'A', subject: 'S', createdAt: 0 });
  const style = { size: 10 };
  assert.equal(sheet.widthOf('江𠮷州𬱖', style), 40);
  assert.equal(sheet.widthOf('江𠮷', style) + sheet.widthOf('Ł𬱖', style), sheet.widthOf('江𠮷Ł𬱖', style));
  const name = '买买提·吐尔逊𠮷'.repeat(4).slice(0, 30);
  for (const line of sheet.wrap(name, 90, style)) {
    assert.ok(sheet.widthOf(line, style) <= 90, line);
    assert.doesNotMatch(line, /^·/, 'a middle dot begins a line');
  }
  assert.equal(sheet.wrap(name, 90, style).join(''), name);
});
