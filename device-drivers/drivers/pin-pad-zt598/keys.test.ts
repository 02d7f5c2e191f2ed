import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { type KeyComponent, keyManagement } from './keys.ts';
import { SETUP } from './reducer.play.ts';
import type { PadStep } from './state.ts';

const signal = new AbortController().signal;
const CHECK = '0A1B2C3D';
/** Good for nothing: it is in no pad. */
const KEY = {
  algorithm: '3des',
  under: 1,
  slot: 0x30,
  use: 'pin',
  valueHex: 'A5'.repeat(16),
  checkValue: CHECK,
} as const;

/** A pad that answers in this order, and then for ever with the last one. */
function pad(...answers: readonly Result<string>[]) {
  const asked: { readonly name: string; readonly body: Uint8Array }[] = [];
  const said: string[] = [];
  let loaded = 0;
  const management = keyManagement({
    setup: SETUP,
    log: (level, message, fields) => void said.push(JSON.stringify({ level, message, fields })),
    pinKeyLoaded: () => void loaded++,
    ask(steps: readonly PadStep[]) {
      const last = steps.at(-1);
      assert.ok(last?.is === 'send');
      asked.push({ name: last.request.name, body: Uint8Array.from(last.request.body) });
      return Promise.resolve(answers[Math.min(asked.length, answers.length) - 1] ?? fail('E1401'));
    },
  });
  return { ...management, asked, said, loaded: () => loaded };
}

const component = (by: string, bytes = 16): KeyComponent => ({
  by,
  key: new Uint8Array(bytes).fill(0xa5),
  checkValue: CHECK,
});
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);
const isZero = (bytes: Uint8Array) => bytes.every((byte) => byte === 0);

test('two people bring a master key, and nothing of it is left behind', async () => {
  const components = [component('chen'), component('lin')] as const;
  const { loadMasterKey, asked, said } = pad(ok(CHECK), ok('11223344'));
  assert.equal(codeOf(await loadMasterKey({ slot: 1, components, checkValue: '11223344' }, { signal })), 'ok');
  assert.deepEqual(
    asked.map(({ name }) => name),
    ['master key component', 'master key component'],
  );
  assert.ok(components.every(({ key }) => isZero(key)));
  assert.ok(!said.join().includes('A5A5'));
});

test('one person alone, or halves of unequal length, bring no key', async () => {
  for (const components of [
    [component('chen'), component('chen')],
    [component('chen'), component('lin', 24)],
    [component('chen', 8), component('lin', 8)],
  ] as const) {
    const { loadMasterKey, asked } = pad(ok(CHECK));
    assert.equal(codeOf(await loadMasterKey({ slot: 1, components, checkValue: CHECK }, { signal })), 'E1402');
    assert.equal(asked.length, 0, 'the pad heard nothing of it');
    assert.ok(components.every(({ key }) => isZero(key)));
  }
});

test('a component that the pad refuses ends the loading; one whose check value differs is erased', async () => {
  const key = () => ({ slot: 1, components: [component('chen'), component('lin')] as const, checkValue: CHECK });
  assert.equal(codeOf(await pad(fail('E1403')).loadMasterKey(key(), { signal })), 'E1403');
  const { loadMasterKey, asked, said } = pad(ok('FFFFFFFF'));
  assert.equal(codeOf(await loadMasterKey(key(), { signal })), 'E1402');
  assert.equal(asked.at(-1)?.name, 'erase key');
  assert.match(said.join(), /erased/);
});

test('a work key is believed when its check value is right, at least three bytes of it', async () => {
  for (const [answer, code] of [
    [ok(CHECK), 'ok'],
    [ok(CHECK.toLowerCase().padEnd(16, '0')), 'ok'],
    [ok('0A1B'), 'E1402'],
    [ok('0A1B2C00'), 'E1402'],
    [fail('E1401'), 'E1401'],
  ] as const) {
    const { loadKey, loaded } = pad(answer);
    assert.equal(codeOf(await loadKey(KEY, { signal })), code);
    assert.equal(loaded(), code === 'ok' ? 1 : 0);
  }
});

test('only a PIN key brings the pad back into service; an SM4 key needs no authentication', async () => {
  const mac = pad(ok(CHECK));
  assert.equal(codeOf(await mac.loadKey({ ...KEY, use: 'mac' }, { signal })), 'ok');
  assert.equal(mac.loaded(), 0);
  const sm4 = pad(ok(CHECK));
  assert.equal(codeOf(await sm4.loadKey({ ...KEY, algorithm: 'sm4' }, { signal })), 'ok');
  const short = pad(ok(CHECK));
  assert.equal(codeOf(await short.loadKey({ ...KEY, valueHex: 'A5' }, { signal })), 'E1402');
  assert.equal(short.asked.length, 0);
});

test('a MAC of long data goes in pieces, each chained to the one before', async () => {
  const data = new Uint8Array(1_000).fill(0x31);
  const x919 = pad(ok('0123456789ABCDEF'));
  assert.deepEqual(await x919.mac({ slot: 0x31, algorithm: 'x9.19', data }, { signal }), ok('0123456789ABCDEF'));
  assert.equal(x919.asked.length, 4, 'three pieces of single DES and the last block');
  const head = (at: number) => Buffer.from(x919.asked[at]!.body.subarray(4, 12)).toString('hex');
  assert.deepEqual([head(0), head(1)], ['3131313131313131', '30127456b89afcde']);

  const pboc = pad(ok('0123456789ABCDEF'));
  await pboc.mac({ slot: 0x31, algorithm: 'pboc', data: new Uint8Array(0) }, { signal });
  assert.equal(Buffer.from(pboc.asked[0]!.body.subarray(4)).toString('hex'), '8000000000000000');

  const sm4 = pad(ok('0123456789ABCDEF'.repeat(2)));
  await sm4.mac({ slot: 0x51, algorithm: 'sm4', data }, { signal });
  assert.equal(sm4.asked.length, 5);
  assert.match(Buffer.from(sm4.asked[1]!.body).toString('latin1'), /^e51(0123456789ABCDEF){2}40/);
});

test('a MAC that the pad refuses in the middle is none', async () => {
  const data = new Uint8Array(600);
  for (const algorithm of ['x9.19', 'sm4'] as const) {
    const { mac, asked } = pad(fail('E1402'));
    assert.equal(codeOf(await mac({ slot: 0x31, algorithm, data }, { signal })), 'E1402');
    assert.equal(asked.length, 1);
  }
});
