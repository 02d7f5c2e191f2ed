import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { maskAccount, maskIdNumber, maskName, maskPhone, maskUnitName } from './masking.ts';
import { syntheticIdNumber, syntheticPhone } from './synthetic.ts';

const anyText = fc.string({ unit: 'grapheme', maxLength: 40 });

test('the masks a depositor sees', () => {
  assert.equal(maskIdNumber(syntheticIdNumber('1996-12-31', 31)), '3****************X');
  assert.equal(maskPhone(syntheticPhone(42)), '122******42');
  assert.equal(maskAccount('380110000017'), '********0017');
  assert.equal(maskName('沈知夏'), '沈*');
  assert.equal(maskUnitName('江州星河科技有限公司'), '江州**科技有限公司');
  assert.equal(maskUnitName('江州市第一人民医院'), '江州**人民医院');
  assert.equal(maskUnitName('江州科技有限公司'), '江州**有限公司');
});

test('names of every make keep one character', () => {
  assert.equal(maskName('阿依慕·图尔荪'), '阿*');
  assert.equal(maskName('𬭊林'), '𬭊*', 'a surrogate pair must not be cut in two');
  assert.equal(maskName('葛\u{e0100}青'), '葛\u{e0100}*', 'a variation selector belongs to its character');
  assert.equal(maskName('Anna Example'), 'A*');
});

test('what is too short to be masked is masked whole', () => {
  assert.equal(maskName('林'), '*');
  assert.equal(maskName(''), '*');
  assert.equal(maskIdNumber('12'), '*'.repeat(16));
  assert.equal(maskPhone('12345'), '*'.repeat(6));
  assert.equal(maskAccount('1234567'), '*'.repeat(8));
  assert.equal(maskAccount(''), '*'.repeat(8));
  assert.equal(maskUnitName('X'), '**');
});

test('no mask shows more than it may, or more than half', () => {
  const masks: [string, (text: string) => string, number][] = [
    ['ID number', maskIdNumber, 2],
    ['phone', maskPhone, 5],
    ['account', maskAccount, 4],
  ];
  for (const [name, mask, most] of masks) {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = [...mask(text)].filter((char) => char !== '*').length;
        assert.ok(shown <= most, `${name}: ${shown} characters shown`);
        assert.ok(shown <= [...text.trim()].length / 2, `${name}: more than half shown`);
      }),
    );
  }
});

test('a mask does not tell how long the text was', () => {
  for (const mask of [maskIdNumber, maskPhone, maskAccount, maskName]) {
    const stars = (text: string) => mask(text).replace(/[^*]/g, '').length;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), (n) => assert.equal(stars('7'.repeat(n)), stars('7'.repeat(60)))),
    );
  }
});

test('the proper name of a unit never shows', () => {
  const proper = fc.string({ unit: fc.constantFrom(...'星河长虹绿园云岭青禾'), minLength: 2, maxLength: 8 });
  const ending = fc.constantFrom('科技有限公司', '有限责任公司', '医院', '中学', '商行', '');
  fc.assert(fc.property(proper, ending, (name, end) => assert.ok(!maskUnitName(`江州${name}${end}`).includes(name))));
});
