import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Envelope,
  Envelope as EnvelopeShape,
  type Statement,
  inTime,
  keyIdOf,
  openEnvelope,
  signedBytes,
} from './downlink.ts';
import { Parameters, SAFE_PARAMETERS } from './parameters.ts';

const centre = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');
const keys = new Map([[keyIdOf(centre.publicKey), centre.publicKey]]);
const reader = { terminalId: '300120', centreId: '38010000' };
const statement = (change: Partial<Statement> = {}): Statement => ({
  v: 1,
  kind: 'parameters',
  version: 3,
  audience: { centreId: '38010000' },
  issuedAt: 1_000_000,
  notBefore: 1_000_000,
  expires: 2_000_000_000,
  content: SAFE_PARAMETERS,
  ...change,
});

function envelope(said: unknown, pair = centre, bytesToSign = signedBytes): Envelope {
  const bytes = Buffer.from(typeof said === 'string' ? said : JSON.stringify(said));
  return {
    keyId: keyIdOf(pair.publicKey),
    statementBase64: bytes.toString('base64'),
    signatureBase64: sign(null, bytesToSign(bytes), pair.privateKey).toString('base64'),
  };
}

const verdict = (sent: Envelope) => {
  const opened = openEnvelope(sent, keys, reader);
  return opened.ok ? opened.value.version : opened.error.code;
};

test('what the centre signed for all its terminals, or for this one, is read', () => {
  assert.equal(verdict(envelope(statement())), 3);
  assert.equal(verdict(envelope(statement({ audience: { terminalId: '300120' } }))), 3);
});

test('somebody else’s signature, one over something else, and one under our key’s name are refused', () => {
  assert.equal(verdict(envelope(statement(), stranger)), 'E2301');
  assert.equal(verdict({ ...envelope(statement(), stranger), keyId: keyIdOf(centre.publicKey) }), 'E2301');
  assert.equal(verdict(envelope(statement(), centre, (bytes) => Buffer.from(bytes))), 'E2301', 'without the prefix');
  assert.equal(verdict({ ...envelope(statement()), signatureBase64: '' }), 'E2301');
});

test('what is for another terminal or another centre is refused, although its signature is good', () => {
  assert.equal(verdict(envelope(statement({ audience: { terminalId: '300121' } }))), 'E2302');
  assert.equal(verdict(envelope(statement({ audience: { centreId: '38020000' } }))), 'E2302');
});

test('signed nonsense is told apart from forgery', () => {
  for (const said of ['not JSON', 'null', { ...statement(), v: 2 }, { ...statement(), kind: 'programme' }]) {
    assert.equal(verdict(envelope(said)), 'E2305');
  }
});

test('one changed bit anywhere, and it is nobody’s word any more', () => {
  const good = envelope(statement());
  const parts = ['statementBase64', 'signatureBase64'] as const;
  fc.assert(
    fc.property(fc.constantFrom(...parts), fc.nat(), fc.integer({ min: 0, max: 7 }), (part, at, bit) => {
      const bytes = Buffer.from(good[part], 'base64');
      bytes[at % bytes.length]! ^= 1 << bit;
      assert.equal(verdict({ ...good, [part]: bytes.toString('base64') }), 'E2301');
    }),
  );
});

test('early or late by more than a badly kept clock is not in time', () => {
  const said = statement({ notBefore: 1_000_000_000, expires: 2_000_000_000 });
  const at = (now: number) => {
    const result = inTime(said, now);
    return result.ok ? 'in time' : result.error.code;
  };
  assert.deepEqual([300_000_000, 999_500_000, 1_500_000_000, 2_000_500_000, 2_700_000_000].map(at), [
    'E2304',
    'in time',
    'in time',
    'in time',
    'E2304',
  ]);
});

test('an envelope of a later release keeps what this one does not know: bytes are never written anew', () => {
  const later = envelope({ ...statement(), content: { ...SAFE_PARAMETERS, colour: 'green' }, hint: 'new' });
  const kept = EnvelopeShape.parse(JSON.parse(JSON.stringify(later)));
  assert.deepEqual(kept, later);
  const opened = openEnvelope(kept, keys, reader);
  assert.ok(opened.ok && Parameters.safeParse(opened.value.content).success);
});
