import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { signingKeys } from './signing-keys.ts';

const pem = () => String(generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }));

test('a key is read once as long as there is room, and a new key of a terminal is another one', () => {
  const keyOf = signingKeys(2);
  const [one, two, three] = [pem(), pem(), pem()];
  const first = keyOf(one);
  assert.equal(keyOf(one), first);
  assert.ok(!keyOf(two).equals(first));
  keyOf(three);
  assert.notEqual(keyOf(one), first, 'the oldest made room');
  assert.ok(keyOf(one).equals(first));
  assert.throws(() => keyOf('no key'));
});
