import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GRAMMARS, type Grammar, NOTHING_PENDING, type Rules, type Scanned, decode, flush, judge } from './scanner.ts';

const RULES: Rules = { grammars: ['text'], longest: 40 };
const scanned = (text: string, rules = RULES) => decode(NOTHING_PENDING, Buffer.from(text), rules).found;
const verdict = (found: Scanned | undefined) => (found?.is === 'refused' ? found.because : found?.is);

test('codes with any terminator, cut anywhere, come out whole and in order', () => {
  const code = fc.stringMatching(/^[\x21-\x7e]{1,30}$/);
  const end = fc.constantFrom('\r', '\n', '\r\n');
  fc.assert(
    fc.property(fc.array(fc.tuple(code, end), { maxLength: 6 }), fc.array(fc.nat(200)), (lines, cuts) => {
      const bytes = Buffer.from(lines.map((line) => line.join('')).join(''));
      const places = cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b);
      const found: Scanned[] = [];
      let pending = NOTHING_PENDING;
      for (const [i, place] of [...places, bytes.length].entries()) {
        const decoded = decode(pending, bytes.subarray(i === 0 ? 0 : places[i - 1], place), RULES);
        pending = decoded.pending;
        found.push(...decoded.found);
      }
      assert.deepEqual(
        found,
        lines.map(([text]) => ({ is: 'code', text })),
      );
    }),
  );
});

test('every control character, at the start, inside and at the end, refuses the whole code', () => {
  for (let point = 0; point < 128; point++) {
    if (point >= 0x20 && point !== 0x7f) continue;
    if (point === 0x0a || point === 0x0d) continue;
    for (const at of [0, 3, 6]) {
      const text = `${'TICKET'.slice(0, at)}${String.fromCharCode(point)}${'TICKET'.slice(at)}`;
      assert.equal(verdict(scanned(`${text}\r`)[0]), 'control', `U+${point.toString(16)} at ${at}`);
    }
  }
});

test('an over-long code is thrown away to its end, and the next one is taken', () => {
  const found = scanned(`${'A'.repeat(41)}BBB\r\nNEXT\r\n`);
  assert.deepEqual(found.map(verdict), ['tooLong', 'code']);
  assert.equal(verdict(scanned(`${'A'.repeat(40)}\r`)[0]), 'code', 'the longest one is no longer than it may be');
});

test('a code whose end never came is not a code', () => {
  const { pending } = decode(NOTHING_PENDING, Buffer.from('TICK'), RULES);
  assert.deepEqual(flush(pending).map(verdict), ['unfinished']);
  assert.deepEqual(flush(NOTHING_PENDING), []);
});

test('what is longer in bytes than in characters is measured in bytes', () => {
  assert.equal(verdict(judge(Buffer.from('金'.repeat(14)), RULES)), 'tooLong');
  assert.equal(verdict(judge(Buffer.from('金'.repeat(13)), RULES)), 'code');
});

test('a machine takes the kinds of code it names', () => {
  const cases: readonly [string, Grammar, boolean][] = [
    ['20261121004217', 'digits', true],
    ['123', 'digits', false],
    ['AB.12_x-9', 'token', true],
    ['two words', 'token', false],
    ['https://example.invalid/c?d=1', 'link', true],
    ['http://example.invalid/', 'link', false],
    ['javascript:alert(1)', 'link', false],
    ['住房公积金', 'text', true],
    ['住房公积金', 'token', false],
  ];
  for (const [text, grammar, taken] of cases) {
    assert.equal(judge(Buffer.from(text), { grammars: [grammar], longest: 100 }).is, taken ? 'code' : 'refused', text);
  }
  assert.deepEqual(Object.keys(GRAMMARS), ['text', 'digits', 'token', 'link']);
});

test('the answer to a question is taken out where a line begins, and only there', () => {
  const answer = Uint8Array.of(0x21);
  const { found } = decode(NOTHING_PENDING, Buffer.from('!!A!B\r'), RULES, answer);
  assert.deepEqual(found, [{ is: 'answer' }, { is: 'answer' }, { is: 'code', text: 'A!B' }]);
});
