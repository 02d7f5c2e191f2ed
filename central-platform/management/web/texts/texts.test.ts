import assert from 'node:assert/strict';
import test from 'node:test';
import { texts } from './texts.ts';

/** Names, formats and keys that stand in Latin letters in a Chinese page as well. */
const LATIN = new Set(['English', 'CSV', 'PDF', 'A4', 'G', 'NaN', 'undefined']);

function leaves(tree: object, path = ''): [string, unknown][] {
  return Object.entries(tree).flatMap(([key, value]): [string, unknown][] =>
    typeof value === 'object' && value !== null ? leaves(value, `${path}${key}.`) : [[`${path}${key}`, value]],
  );
}

/** A text with something put in its places. */
function said(value: unknown): string {
  if (typeof value !== 'function') return String(value);
  const span = { count: 3, unit: 'hour' };
  const asks = /count:|english\(span/.test(value.toString());
  return String(asks ? value(span) : value('12', 12, 12));
}

test('both languages say the same things', () => {
  assert.deepEqual(
    leaves(texts.en).map(([path]) => path),
    leaves(texts.zh).map(([path]) => path),
  );
});

test('nothing is left empty', () => {
  for (const language of ['zh', 'en'] as const)
    for (const [path, value] of leaves(texts[language])) assert.notEqual(value, '', `${language} ${path} is empty`);
});

test('Chinese texts hold no words left in English', () => {
  for (const [path, value] of leaves(texts.zh)) {
    const unknown = (said(value).match(/[A-Za-z][A-Za-z0-9]*/g) ?? []).filter((word) => !LATIN.has(word));
    assert.deepEqual(unknown, [], `zh ${path}: ${said(value)}`);
  }
});

test('English texts hold no Chinese but the name of the language', () => {
  for (const [path, value] of leaves(texts.en)) {
    if (path === 'shell.otherLanguage') continue;
    assert.doesNotMatch(said(value), /[\u4e00-\u9fff。，]/, `en ${path}`);
  }
});

test('one of something is not many in English', () => {
  assert.equal(texts.en.fleet.lead(1).startsWith('1 terminal,'), true);
  assert.equal(texts.en.shell.ago({ count: 1, unit: 'minute' }), '1 minute ago');
  assert.equal(texts.zh.shell.ago({ count: 3, unit: 'second' }), '刚刚');
});
