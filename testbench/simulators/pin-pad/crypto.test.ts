import assert from 'node:assert/strict';
import { test } from 'node:test';
import { panDigits } from '@kiosk/device-drivers/codec/zt598-commands.ts';
import { cbcMac, checkValue, decrypt, encrypt, pinBlock, plainBlock, retailMac } from './crypto.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
const bytes = (text: string) => Buffer.from(text, 'hex');

test('an ISO-0 block: control, length, PIN and fill, joined with twelve digits of the card number', () => {
  // Worked by hand: 04 1234 FFFFFFFFFF xor 0000 990000123456.
  assert.equal(panDigits('9900001234562'), '990000123456');
  assert.equal(hex(plainBlock('3des', '1234', '990000123456')), '0412ADFFFFEDCBA9');
});

test('the domestic variant has the same PIN field in sixteen bytes, and the card digits at its end', () => {
  assert.equal(hex(plainBlock('sm4', '1234', '990000123456')), '041234FFFFFFFFFFFFFF66FFFFEDCBA9');
});

test('the same block comes out again, and differs with the card', () => {
  for (const cipher of ['3des', 'sm4'] as const) {
    const key = bytes('0123456789ABCDEFFEDCBA9876543210');
    const block = pinBlock(cipher, key, '907214', '990000123456');
    assert.deepEqual(decrypt(cipher, key, block), plainBlock(cipher, '907214', '990000123456'));
    assert.notDeepEqual(block, pinBlock(cipher, key, '907214', '990000123457'));
  }
});

test('SM4 is the SM4 of GB/T 32907: the example of its appendix', () => {
  const key = bytes('0123456789ABCDEFFEDCBA9876543210');
  assert.equal(hex(encrypt('sm4', key, key)), '681EDF34D206965E86B3E94F536E4246');
});

test('a check value is zeros under the key', () => {
  // Single DES of zeros under this key stands in many manuals.
  assert.equal(hex(checkValue('3des', bytes('0123456789ABCDEF'))).slice(0, 6), 'D5D44F');
});

test('a retail MAC of one block is 3DES of it; of more, single DES goes before', () => {
  const key = bytes('0123456789ABCDEFFEDCBA9876543210');
  const one = bytes('4E6F772069732074');
  assert.deepEqual(retailMac(key, one), encrypt('3des', key, one));
  const two = Buffer.concat([one, bytes('68652074696D6520')]);
  const first = encrypt('3des', key.subarray(0, 8), one);
  const last = first.map((byte, i) => byte ^ two[8 + i]!);
  assert.deepEqual(retailMac(key, two), encrypt('3des', key, last));
});

test('a CBC-MAC in two calls, the first one giving the start of the second, is that of one', () => {
  const key = bytes('0123456789ABCDEFFEDCBA9876543210');
  const data = Buffer.from('sixteen bytes…sixteen bytes…');
  const whole = cbcMac('sm4', key, data.subarray(0, 32));
  assert.deepEqual(cbcMac('sm4', key, data.subarray(16, 32), cbcMac('sm4', key, data.subarray(0, 16))), whole);
});
