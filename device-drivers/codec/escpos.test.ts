import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SlipBlock, SlipDocument } from '@kiosk/contract/slip.ts';
import type { GlyphOutline } from './escpos-raster.ts';
import { type SlipEncoding, encodeSlip, layOutSlip } from './escpos.ts';
import { MISSING } from './escpos-text.ts';

const slip = (...blocks: readonly SlipBlock[]): SlipDocument => ({ number: '0001', blocks: [...blocks] });
const text = (words: string, more: Partial<Extract<SlipBlock, { type: 'text' }>> = {}): SlipBlock => ({
  type: 'text',
  text: words,
  align: 'left',
  size: 1,
  bold: false,
  ...more,
});
/** A glyph that fills its cell. */
const BLOCK: GlyphOutline = {
  advance: 1,
  contours: [
    [
      { x: 0, y: -0.14 },
      { x: 1, y: -0.14 },
      { x: 1, y: 0.86 },
      { x: 0, y: 0.86 },
    ],
  ],
};

/** GS v 0, normal size; behind it width in bytes and height in dots. */
const BAND = Buffer.from([0x1d, 0x76, 0x30, 0]);

function encode(document: SlipDocument, encoding: Partial<SlipEncoding> = {}) {
  const asked: string[] = [];
  const font = (weight: string) => (character: string) => {
    asked.push(`${weight} ${character}`);
    return character === '𠮷' || character === ' ' ? undefined : BLOCK;
  };
  const glyphs = { regular: font('regular'), bold: font('bold') };
  const bytes = Buffer.from(encodeSlip(document, { columns: 32, rom: 'gbk', glyphs, ...encoding }));
  return { hex: bytes.toString('hex'), bytes, asked };
}

test('a slip begins with a printer that knows nothing and ends with a cut', () => {
  const { hex } = encode(slip({ type: 'rule' }));
  assert.ok(hex.startsWith('1b401c26'), 'initialise, then Chinese mode');
  assert.ok(hex.includes(Buffer.from('-'.repeat(32)).toString('hex')));
  assert.match(hex, /1d5601/, 'partial cut');
});

test('text is aligned, bold and doubled as the slip wants it', () => {
  for (const [more, command] of [
    [{ align: 'left' }, '1b6100'],
    [{ align: 'center' }, '1b6101'],
    [{ align: 'right' }, '1b6102'],
    [{ bold: true }, '1b4501'],
    [{ size: 2 }, '1d2111'],
  ] as const) {
    const { hex } = encode(slip(text('回执', more)));
    assert.ok(hex.includes(command), `${JSON.stringify(more)} needs ${command}`);
    assert.ok(hex.includes('bbd8d6b4'), 'the text itself, in GB18030');
  }
});

test('rows, feeds and codes', () => {
  const lines = layOutSlip(slip({ type: 'row', label: '业务', value: '提取' }, { type: 'space', lines: 3 }), 32);
  assert.deepEqual(lines[0], { type: 'text', text: `业务${' '.repeat(24)}提取`, align: 'left', size: 1, bold: false });
  const { hex } = encode(slip({ type: 'space', lines: 3 }));
  assert.ok(hex.includes('1b6403'));
  for (const [data, dots] of [
    ['A'.repeat(120), 6],
    ['A'.repeat(121), 4],
  ] as const) {
    const size = Buffer.from([0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x43, dots]).toString('hex');
    assert.ok(encode(slip({ type: 'qr', data })).hex.includes(size), `${data.length} bytes, ${dots} dots a module`);
  }
});

test('a character that the printer lacks is drawn, with its whole line, in bands', () => {
  const { bytes, asked } = encode(slip(text('林𬭊 A', { bold: true })), { rom: 'gb2312' });
  assert.ok(asked.includes('bold 𬭊') && asked.includes('bold 林'));
  const bands: number[][] = [];
  for (let at = bytes.indexOf(BAND); at >= 0; at = bytes.indexOf(BAND, at + 1)) {
    bands.push([...bytes.subarray(at + BAND.length, at + BAND.length + 4)]);
  }
  assert.deepEqual(bands, [
    [48, 0, 24, 0],
    [48, 0, 8, 0],
  ]);
});

test('a character that nobody has is shown as missing, an empty place as empty', () => {
  const { asked } = encode(slip(text('𠮷 A')));
  assert.deepEqual(asked, ['regular 𠮷', `regular ${MISSING}`, 'regular  ', 'regular A']);
});

test('a drawn line stands where a printed one would', () => {
  const firstDot = (align: 'left' | 'center' | 'right') => {
    const { bytes } = encode(slip(text('𬭊', { align })));
    const at = bytes.indexOf(BAND) + BAND.length + 4;
    return bytes.subarray(at, at + 48).findIndex((byte) => byte !== 0);
  };
  // 32 columns of 12 dots are 48 bytes; the glyph has two columns, 3 bytes.
  assert.deepEqual([firstDot('left'), firstDot('center'), firstDot('right')], [0, 22, 45]);
});
