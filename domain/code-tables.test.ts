import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NATIONS } from './card-codes.ts';
import { ACCOUNT_STATES, ENTRY_KINDS, INTEREST_ENTRY, isCode } from './code-tables.ts';

test('the nation table has not shifted where public copies of it do', () => {
  assert.equal(NATIONS.size, 58);
  assert.deepEqual(
    ['01', '05', '14', '25', '28', '42', '46', '56'].map((code) => NATIONS.get(code)),
    ['汉', '维吾尔', '白', '水', '景颇', '怒', '德昂', '基诺'],
  );
});

test('an unknown code is noticed', () => {
  assert.ok(isCode(ACCOUNT_STATES, '01'));
  assert.equal(isCode(ACCOUNT_STATES, '1'), false);
  assert.equal(isCode(ACCOUNT_STATES, 'toString'), false);
});

test('interest is the entry called 年终结息', () => assert.equal(ENTRY_KINDS[INTEREST_ENTRY], '年终结息'));
