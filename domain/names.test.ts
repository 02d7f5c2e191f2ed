import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameForComparison, sameName } from './names.ts';

test('a bank writes another dot than the identity card', () => {
  const onCard = '阿依慕·图尔荪';
  for (const dot of ['\u2022', '\u2027', '\u30fb', '\uff65', '\uff0e', '.', ' · ', '\u22c5']) {
    assert.ok(sameName(onCard, `阿依慕${dot}图尔荪`), `dot U+${dot.trim().codePointAt(0)!.toString(16)}`);
  }
});

test('a name without its dot is another name', () => assert.equal(sameName('阿依慕·图尔荪', '阿依慕图尔荪'), false));

test('spaces and case of Latin names do not count', () => {
  assert.equal(nameForComparison('  Anna   example '), 'ANNA EXAMPLE');
});

test('rare characters are compared as they are', () => {
  assert.ok(sameName('周䶮', ' 周䶮'));
  assert.equal(sameName('周䶮', '周龑'), false);
});
