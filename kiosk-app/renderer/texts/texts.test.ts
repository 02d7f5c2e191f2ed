import assert from 'node:assert/strict';
import test from 'node:test';
import { catalogue } from '@kiosk/contract/errors/catalogue.ts';
import { texts } from './texts.ts';

/** Words a Chinese screen may show in Latin letters. */
const LATIN_IN_CHINESE = new Set(['English', 'A4']);
/** Tried below, with the arguments they want. */
const DATES = new Set(['span', 'moment']);
const SAMPLE_ARGUMENTS = ['2026-10-11', '2026-11-12'];

function leaves(tree: object, path = ''): [string, unknown][] {
  return Object.entries(tree).flatMap(([key, value]): [string, unknown][] =>
    typeof value === 'object' && value !== null ? leaves(value, `${path}${key}.`) : [[`${path}${key}`, value]],
  );
}

test('both languages say the same things', () => {
  assert.deepEqual(
    leaves(texts.en).map(([path]) => path),
    leaves(texts.zh).map(([path]) => path),
  );
});

test('nothing is left empty that is not empty on purpose', () => {
  for (const language of ['zh', 'en'] as const) {
    for (const [path, value] of leaves(texts[language])) {
      if (path === 'working.next.endSession') continue;
      assert.notEqual(value, '', `${language} ${path} is empty`);
    }
  }
});

test('Chinese texts hold no words left in English', () => {
  for (const [path, value] of leaves(texts.zh)) {
    if (DATES.has(path)) continue;
    const text = typeof value === 'function' ? String(value(...SAMPLE_ARGUMENTS)) : String(value);
    const latin = (text.match(/[A-Za-z][A-Za-z0-9]*/g) ?? []).filter((word) => word !== 'NaN' && word !== 'undefined');
    const unknown = latin.filter((word) => !LATIN_IN_CHINESE.has(word));
    assert.deepEqual(unknown, [], `zh ${path}: ${text}`);
  }
});

test('English texts hold no Chinese but the name of the language', () => {
  for (const [path, value] of leaves(texts.en)) {
    if (path === 'common.otherLanguage' || typeof value === 'function') continue;
    assert.doesNotMatch(String(value), /[\u4e00-\u9fff。，]/, `en ${path}`);
  }
});

test('every error code speaks to depositor and technician in both languages', () => {
  for (const [code, entry] of Object.entries(catalogue)) {
    for (const part of ['depositor', 'next', 'technician'] as const) {
      assert.match(entry[part].zh, /[\u4e00-\u9fff]/, `${code} ${part} zh`);
      assert.match(entry[part].en, /[A-Za-z]/, `${code} ${part} en`);
    }
  }
});

test('dates and periods read as people say them', () => {
  assert.equal(texts.zh.span({ from: '2025-11', to: '2026-10' }), '2025 年 11 月至 2026 年 10 月');
  assert.equal(texts.en.span({ from: '2025-11', to: '2026-10' }), 'November 2025 to October 2026');
  assert.equal(texts.zh.span({ from: '2026-10', to: '2026-10' }), '2026 年 10 月');
  assert.equal(texts.zh.day('2026-11-25'), '11 月 25 日 周三');
  assert.equal(texts.en.day('2026-11-25'), 'Wed 25 November');
  assert.equal(texts.zh.moment(Date.UTC(2026, 10, 20, 16, 5)), '11 月 21 日 00:05', 'the hall keeps China time');
});
