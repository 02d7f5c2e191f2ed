import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SlipDocument } from '@kiosk/contract/slip.ts';
import { type SlipEncoding, encodeSlip, layOutSlip } from '@kiosk/device-drivers/codec/escpos.ts';
import { inRom } from '@kiosk/device-drivers/codec/escpos-text.ts';
import fc from 'fast-check';
import { type Effect, Interpreter } from './interpreter.ts';
import { PAPER_DOTS, textOf } from './paper.ts';
import { renderSlip } from './render.ts';

const dot = { advance: 1, contours: [[0, 1, 1, 0].map((x, i) => ({ x, y: i < 2 ? 0 : 1 }))] };
const encoding: SlipEncoding = { columns: 48, rom: 'gbk', glyphs: { regular: () => dot, bold: () => dot } };

const words = fc.string({
  unit: fc.constantFrom(...'公积金账户，。（）《》“·—aB7 .-:/¥㛃𠮷龘\u001b\n'),
  maxLength: 80,
});
const block = fc.oneof(
  fc.record({
    type: fc.constant('text' as const),
    text: words,
    align: fc.constantFrom('left' as const, 'center' as const, 'right' as const),
    size: fc.constantFrom(1 as const, 2 as const),
    bold: fc.boolean(),
  }),
  fc.record({ type: fc.constant('row' as const), label: words, value: words }),
  fc.constant({ type: 'rule' as const }),
  fc.record({ type: fc.constant('space' as const), lines: fc.integer({ min: 1, max: 10 }) }),
  fc.record({
    type: fc.constant('qr' as const),
    data: fc.string({ unit: fc.constantFrom(...'abcXYZ019:/.-?=&'), minLength: 1, maxLength: 120 }),
  }),
);
const slips = fc
  .array(block, { minLength: 1, maxLength: 12 })
  .map((blocks) => SlipDocument.parse({ number: 'TEST', blocks }));

function run(bytes: Uint8Array): { interpreter: Interpreter; effects: Effect[]; left: number } {
  const interpreter = new Interpreter();
  const effects: Effect[] = [];
  let buffer = Buffer.from(bytes);
  for (;;) {
    const { taken, effect } = interpreter.step(buffer);
    if (taken === 0) return { interpreter, effects, left: buffer.length };
    buffer = buffer.subarray(taken);
    if (effect) effects.push(effect);
  }
}

test('whatever a slip says, the printer knows every command, cuts once, and prints the words that were laid out', () => {
  fc.assert(
    fc.property(slips, (slip) => {
      const { interpreter, effects, left } = run(encodeSlip(slip, encoding));
      assert.equal(left, 0, 'the last command is not complete');
      assert.deepEqual(
        effects.filter(({ type }) => type === 'unknown'),
        [],
      );
      assert.equal(effects.filter(({ type }) => type === 'cut').length, 1);
      const expected = layOutSlip(slip, 48).flatMap((line) => {
        if (line.type === 'feed') return [];
        if (line.type === 'qr') return [`[QR ${line.data}]`];
        return inRom(line.text, 'gbk') ? [line.text].filter(Boolean) : ['[picture]'];
      });
      const printed = textOf(interpreter.paper).split('\n').filter(Boolean);
      const joined = expected.filter((line, index) => line !== '[picture]' || expected[index - 1] !== '[picture]');
      assert.deepEqual(printed, joined);
      for (const item of interpreter.paper.items) {
        if (item.type === 'text') assert.ok(item.glyphs.every((glyph) => item.x + glyph.x + glyph.width <= PAPER_DOTS));
      }
    }),
    { numRuns: 60 },
  );
});

test('bytes may be cut anywhere', () => {
  fc.assert(
    fc.property(slips, fc.nat(), (slip, place) => {
      const bytes = encodeSlip(slip, encoding);
      const whole = run(bytes);
      const first = run(bytes.subarray(0, place % bytes.length));
      assert.ok(first.effects.length <= whole.effects.length);
    }),
    { numRuns: 40 },
  );
});

test('Chinese sent without Chinese mode comes out garbled, as on a real printer', () => {
  const { interpreter } = run(Buffer.from('1c2e' + 'd7d4d6fa' + '0a', 'hex'));
  assert.equal(textOf(interpreter.paper), '¤¤¤¤');
});

test('a character that the ROM lacks comes out as a box', () => {
  const { interpreter } = run(Buffer.from('1c26' + '8139ee39' + '0a', 'hex'));
  assert.equal(textOf(interpreter.paper), '□');
});

test('a picture of a slip shows markup as text', () => {
  const { interpreter } = run(Buffer.from('a<b>&"\n'));
  assert.match(renderSlip(interpreter.paper), /a&#60;b&#62;/);
});
