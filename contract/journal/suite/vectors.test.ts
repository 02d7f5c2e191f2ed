import assert from 'node:assert/strict';
import { createCipheriv, createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, hash } from 'node:crypto';
import { describe, test } from 'node:test';
import { canSign, signStatement, verifyStatement } from '../signing.ts';
import { aesGcm } from './aead.ts';
import { hpkeReceive, hpkeSend } from './hpke.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
const x25519 = (secret: string) =>
  createPrivateKey({ key: hex('302e020100300506032b656e04220420' + secret), format: 'der', type: 'pkcs8' });

describe('published vectors: what the runtime computes is what the standards say', () => {
  test('SM3: GB/T 32905, appendix A', () => {
    assert.equal(hash('sm3', 'abc'), '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
    assert.equal(hash('sm3', 'abcd'.repeat(16)), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732');
  });

  test('HMAC-SM3: GM/T 0042, appendix D.3', () => {
    const key = hex('0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20');
    assert.equal(
      createHmac('sm3', key).update('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'.repeat(2)).digest('hex'),
      'ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a',
    );
  });

  test('SM4: one block of GB/T 32907, appendix A, and counter mode', () => {
    const key = hex('0123456789abcdeffedcba9876543210');
    const block = createCipheriv('sm4-ecb', key, null).setAutoPadding(false);
    assert.equal(block.update(key).toString('hex'), '681edf34d206965e86b3e94f536e4246');
    // Counter mode is that block cipher over a counter: two blocks, the second with the counter one higher.
    const counter = hex('000102030405060708090a0b0c0d0e0f');
    const next = hex('000102030405060708090a0b0c0d0e10');
    const stream = createCipheriv('sm4-ecb', key, null)
      .setAutoPadding(false)
      .update(Buffer.concat([counter, next]));
    assert.deepEqual(createCipheriv('sm4-ctr', key, counter).update(Buffer.alloc(32)), stream);
  });

  test('HPKE: RFC 9180, appendix A.1.1 (base mode, X25519, HKDF-SHA256, AES-128-GCM)', () => {
    const algorithms = { kem: 0x0020, kdf: 0x0001, aeadId: 0x0001, hash: 'sha256', aead: aesGcm(128) } as const;
    const recipient = x25519('4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8');
    const ephemeral = x25519('52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736');
    const info = hex('4f6465206f6e2061204772656369616e2055726e');
    const clear = hex('4265617574792069732074727574682c20747275746820626561757479');
    const sender = hpkeSend(algorithms, createPublicKey(recipient), info, ephemeral);
    assert.equal(
      sender.encapsulated.toString('hex'),
      '37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431',
    );
    const sealed = sender.seal(0n, clear, Buffer.from('Count-0'));
    assert.equal(
      sealed.toString('hex'),
      'f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a',
    );
    const second = sender.seal(1n, clear, Buffer.from('Count-1'));
    assert.equal(
      second.toString('hex'),
      'af2d7e9ac9ae7e270f46ba1f975be53c09f8d875bdc8535458c2494e8a6eab251c03d0c22a56b8ca42c2063b84',
    );
    const receiver = hpkeReceive(algorithms, recipient, sender.encapsulated, info);
    assert.deepEqual(receiver.open(1n, second, Buffer.from('Count-1')), clear);
  });
});

describe('heads signed with SM2', () => {
  const statement = Buffer.from('kiosk-head-v1\n');
  const stored = () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' });
    return createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  };

  test('a stored key signs and verifies; another key, and an altered statement, do not', () => {
    const key = stored();
    assert.ok(canSign(key));
    const signature = signStatement(key, statement);
    assert.ok(verifyStatement(createPublicKey(key), statement, signature));
    assert.ok(!verifyStatement(createPublicKey(key), Buffer.from('kiosk-head-v2\n'), signature));
    assert.ok(!verifyStatement(createPublicKey(stored()), statement, signature));
  });

  test('a key that was never stored would sign something else, and is refused', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' });
    assert.ok(!canSign(privateKey));
    assert.throws(() => signStatement(privateKey, statement), TypeError);
  });
});
