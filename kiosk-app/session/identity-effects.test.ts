import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { PlatformRequest } from '@kiosk/contract/platform/api.ts';
import type { ServiceClient } from '@kiosk/contract/rpc/client.ts';
import type { deviceHost } from '@kiosk/contract/services/device-host.ts';
import type { syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import { syntheticCardNumber } from '@kiosk/domain/synthetic.ts';
import { identityEffects } from './identity-effects.ts';
import * as F from './testing/fixtures.ts';
import { provenBy } from './testing/identity-answers.ts';

const NUMBER = syntheticCardNumber(7);
const BLOCK = { format: 'sm4', blockHex: '0123456789ABCDEF0123456789ABCDEF', digits: 6 } as const;
const PICTURE = { width: 64, height: 64, rgb: Buffer.alloc(64 * 64 * 3, 7).toString('base64') };
const signal = new AbortController().signal;

/** Devices and platform as functions; everything they are called with is kept. */
function world(answers: Readonly<Record<string, unknown>> = {}) {
  const calls: { name: string; input: unknown }[] = [];
  const usual: Readonly<Record<string, unknown>> = {
    readBankCard: ok({ source: 'chip', number: NUMBER, luhnValid: true }),
    enterPin: ok(BLOCK),
    scanCode: ok({ text: '12345678901234567890 ' }),
    ejectCard: ok({}),
    readIdCard: ok({ ...F.CARD, extras: { photoWlt: Buffer.alloc(1024).toString('base64') } }),
    decodePhoto: ok(PICTURE),
    captureFace: ok(PICTURE),
    compareFaces: ok({ score: 0.91 }),
    bankCardTerms: ok({ bankName: '江州示范银行', format: 'sm4', minDigits: 6, maxDigits: 6 }),
    prove: ok(provenBy(['idCard', 'bankCard'])),
    ...answers,
  };
  const client = {
    call: (name: string, input: unknown) => {
      calls.push({ name, input });
      return Promise.resolve(usual[name]);
    },
  };
  const effects = identityEffects({
    agent: client as unknown as ServiceClient<typeof syncAgent>,
    host: client as unknown as ServiceClient<typeof deviceHost>,
    progress: () => {},
  });
  const proofs = () =>
    calls.filter(({ name }) => name === 'prove').map(({ input }) => (input as PlatformRequest<'prove'>).proof);
  return { effects, calls, proofs };
}
const prove = { do: 'prove', call: 9, token: 'token', card: null, consentAt: null } as const;

test('number and PIN block go from the devices to the platform, and no answer holds one', async () => {
  const { effects, proofs, calls } = world();
  const answers = [
    await effects.answer({ do: 'readBankCard', call: 1 }, signal),
    await effects.answer({ do: 'bankCardTerms', call: 2, token: 'token' }, signal),
    await effects.answer({ do: 'enterPin', call: 3 }, signal),
  ];
  const told = JSON.stringify(answers);
  assert.ok(
    !told.includes(NUMBER) && !told.includes(BLOCK.blockHex),
    'the state would hold a card number or a PIN block',
  );
  assert.deepEqual(calls.find(({ name }) => name === 'enterPin')?.input, {
    format: 'sm4',
    cardNumber: NUMBER,
    minDigits: 6,
    maxDigits: 6,
  });
  await effects.answer({ ...prove, factor: 'bankCard' }, signal);
  assert.deepEqual(proofs(), [{ kind: 'bankCard', cardNumber: NUMBER, block: BLOCK }]);
});

test('a PIN block is sent once; what was read is gone when the session forgets', async () => {
  const { effects, proofs } = world();
  await effects.answer({ do: 'readBankCard', call: 1 }, signal);
  await effects.answer({ do: 'bankCardTerms', call: 2, token: null }, signal);
  await effects.answer({ do: 'enterPin', call: 3 }, signal);
  await effects.answer({ ...prove, factor: 'bankCard' }, signal);
  assert.equal((await effects.answer({ ...prove, factor: 'bankCard' }, signal)).ok, false);
  await effects.answer({ do: 'scanAppCode', call: 4 }, signal);
  effects.forget();
  assert.equal((await effects.answer({ ...prove, factor: 'appCode' }, signal)).ok, false);
  assert.equal(proofs().length, 1);
});

test('a face: only of the card that was laid, and no picture goes to the platform or into an answer', async () => {
  const match = { do: 'matchFace', call: 1, idNumber: F.PERSON.idNumber } as const;
  const { effects, proofs } = world();
  const matched = await effects.answer(match, signal);
  assert.deepEqual(matched, ok({ score: 0.91 }));
  await effects.answer({ ...prove, factor: 'face', consentAt: 5 }, signal);
  assert.deepEqual(proofs(), [{ kind: 'face', score: 0.91, consentAt: 5 }]);
  const stranger = world();
  const other = await stranger.effects.answer({ ...match, idNumber: 'another' }, signal);
  assert.equal(!other.ok && other.error.code, 'E1209');
  assert.ok(!stranger.calls.some(({ name }) => name === 'captureFace'), 'a camera looked at the wrong person');
  const broken = world({ captureFace: fail('E1701') });
  assert.equal((await broken.effects.answer(match, signal)).ok, false);
});
