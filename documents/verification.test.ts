import assert from 'node:assert/strict';
import { test } from 'node:test';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { exampleStatement } from './deposit-statement/example.ts';
import { canonicalContent } from './deposit-statement/schema.ts';
import {
  formatVerificationCode,
  normaliseVerificationCode,
  sameVerificationCode,
  verificationCode,
  verificationLink,
} from './verification.ts';

const key = new TextEncoder().encode('key of this test');
const person = syntheticPerson('ordinary', '2026-11-21');
const statement = exampleStatement(person, person.accounts[0]!, { from: '2025-12-01', to: '2026-11-21' });
const code = verificationCode(canonicalContent(statement), key);

test('a code has sixteen characters that survive being read aloud', () => {
  assert.match(code, /^[0-9A-HJKMNP-TV-Z]{16}$/);
  assert.match(formatVerificationCode(code), /^(\S{4} ){3}\S{4}$/);
});

test('any changed figure, name or number asks for another code; printing again does not', () => {
  const codeOf = (changed: typeof statement) => verificationCode(canonicalContent(changed), key);
  const rows = statement.rows.map((row, i) => (i === 0 ? { ...row, inFen: row.inFen + 1 } : row));
  assert.notEqual(codeOf({ ...statement, rows }), code);
  assert.notEqual(codeOf({ ...statement, openingFen: 0 }), code);
  assert.notEqual(codeOf({ ...statement, person: { ...statement.person, name: '他人' } }), code);
  assert.notEqual(verificationCode(canonicalContent(statement), new Uint8Array(32)), code);
  assert.equal(codeOf({ ...statement, reprint: 2, printedAt: statement.printedAt + 1 }), code);
});

test('a code typed from paper with the usual confusions is recognised', () => {
  assert.equal(normaliseVerificationCode(' o1il-0aBc '), '01110ABC');
  assert.ok(sameVerificationCode(formatVerificationCode(code).toLowerCase(), code));
  assert.equal(sameVerificationCode(code.slice(1), code), false);
  assert.equal(sameVerificationCode('', code), false);
});

test('the QR code leads to the page that verifies and names nobody', () => {
  const link = verificationLink(statement.verifyUrl, statement.documentNumber, code);
  assert.equal(link, `https://gjj.jiangzhou.example/v?n=${statement.documentNumber}&c=${code}`);
});
