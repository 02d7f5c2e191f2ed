import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkCharacter, hasValidCheckCharacter } from './check-char.ts';
import { formatDocumentNumber, makeDocumentNumber, parseDocumentNumber } from './document-number.ts';
import { formatRequestNumber, makeRequestNumber, parseRequestNumber } from './request-number.ts';
import { formatResumeCode, makeResumeCode, parseResumeCode } from './resume-code.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const code = (length: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });

const documentNumber = fc
  .record({
    centre: code(8),
    date: fc.constantFrom('2026-11-21', '2024-02-29', '2027-01-01'),
    terminal: code(6),
    sequence: fc.integer({ min: 1, max: 999_999 }),
  })
  .map((parts) => ({ parts, number: makeDocumentNumber(parts) }));
const requestNumber = fc
  .record({ terminal: code(6), counter: fc.integer({ min: 1, max: 999_999_999_999 }) })
  .map((parts) => ({ parts, number: makeRequestNumber(parts) }));
const resumeCode = fc
  .infiniteStream(fc.nat(255))
  .map((bytes) => makeResumeCode((n) => Uint8Array.from([...bytes.take(n)])));

test('the published example of Mod 37,36', () => {
  assert.equal(checkCharacter('A12425GABC1234002'), 'M');
  assert.ok(hasValidCheckCharacter('A12425GABC1234002M'));
});

test('a document number is read back as it was made, however it is written', () => {
  fc.assert(
    fc.property(documentNumber, ({ parts, number }) => {
      assert.equal(number.length, 29);
      for (const typed of [number, formatDocumentNumber(number), number.toLowerCase()]) {
        assert.deepEqual(parseDocumentNumber(typed), { ok: true, value: { number, ...parts } });
      }
    }),
  );
});

test('a request number is read back as it was made, also past a million', () => {
  fc.assert(
    fc.property(requestNumber, ({ parts, number }) => {
      for (const typed of [number, formatRequestNumber(number), ` ${number.toLowerCase()} `]) {
        assert.deepEqual(parseRequestNumber(typed), { ok: true, value: { number, ...parts } });
      }
    }),
  );
  assert.equal(
    formatRequestNumber(makeRequestNumber({ terminal: 'JZ0030', counter: 427 })).slice(0, 17),
    'YTJ JZ0030 000427',
  );
});

test('two requests never have the same number', () => {
  fc.assert(
    fc.property(requestNumber, requestNumber, (a, b) => {
      const same = a.parts.terminal === b.parts.terminal && a.parts.counter === b.parts.counter;
      assert.equal(a.number === b.number, same);
    }),
  );
});

test('one wrong character makes any of the three numbers invalid', () => {
  const numbers = fc.oneof(
    documentNumber.map(({ number }) => ({ number, valid: (text: string) => parseDocumentNumber(text).ok })),
    requestNumber.map(({ number }) => ({ number, valid: (text: string) => parseRequestNumber(text).ok })),
    resumeCode.map((number) => ({ number, valid: (text: string) => parseResumeCode(text).ok })),
  );
  fc.assert(
    fc.property(numbers, fc.nat(), fc.constantFrom(...alphabet), ({ number, valid }, position, char) => {
      const at = position % number.length;
      fc.pre(number[at] !== char);
      assert.equal(valid(number.slice(0, at) + char + number.slice(at + 1)), false);
    }),
    { numRuns: 500 },
  );
});

test('any two swapped characters make a resume code invalid', () => {
  fc.assert(
    fc.property(resumeCode, fc.nat(7), fc.nat(7), (code, a, b) => {
      fc.pre(code[a] !== code[b]);
      const swapped = [...code];
      [swapped[a], swapped[b]] = [swapped[b]!, swapped[a]!];
      assert.equal(parseResumeCode(swapped.join('')).ok, false);
    }),
  );
});

test('a resume code holds nothing that is mistaken on paper', () => {
  fc.assert(
    fc.property(resumeCode, (code) => {
      assert.match(code, /^[2-9A-HJKMNP-Z]{8}$/);
      assert.deepEqual(parseResumeCode(formatResumeCode(code).toLowerCase()), { ok: true, value: code });
    }),
  );
});

test('numbers that say what is wrong with them', () => {
  const good = makeDocumentNumber({ centre: '38010000', date: '2026-11-21', terminal: 'JZ0030', sequence: 427 });
  const wrong = good.slice(0, -1) + (good.endsWith('0') ? '1' : '0');
  assert.deepEqual(parseDocumentNumber(wrong), { ok: false, error: 'check-character' });
  assert.deepEqual(parseDocumentNumber(good.replace('20261121', '20261131')), { ok: false, error: 'date' });
  assert.deepEqual(parseDocumentNumber(''), { ok: false, error: 'form' });
  assert.deepEqual(parseRequestNumber('ABC'), { ok: false, error: 'form' });
  assert.deepEqual(parseResumeCode('0000 0000'), { ok: false, error: 'form' });
});

test('a part that does not fit is a bug in the caller', () => {
  assert.throws(() => makeRequestNumber({ terminal: 'jz1', counter: 1 }), RangeError);
  assert.throws(() => makeRequestNumber({ terminal: 'JZ0030', counter: 0 }), RangeError);
  assert.throws(
    () => makeDocumentNumber({ centre: 'X', date: '2026-11-21', terminal: 'JZ0030', sequence: 1 }),
    RangeError,
  );
});
