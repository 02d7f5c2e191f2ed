import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { type Zt598PinPad, zt598PinPad } from '@kiosk/device-drivers/drivers/pin-pad-zt598/driver.ts';
import { CARD, MAC_DATA, MASTER, SLOTS, WORK, hex, openPadBench, workKey } from './bench.ts';
import { cbcMac, checkValue, retailMac, xor } from './crypto.ts';

const FIRST = Buffer.from('A7D21C4F9038E56B1F8A2DC6405B7E93', 'hex');
const SECOND = xor(MASTER, FIRST);
const NEW_SLOT = 0x02;
const signal = new AbortController().signal;

describe('keys of a PIN pad', { timeout: 60_000 }, () => {
  let bench: Awaited<ReturnType<typeof openPadBench>>;
  let pad: Zt598PinPad;
  const news = new EventEmitter();
  const logged: string[] = [];

  const ceremony = (change: Partial<Record<'checkValue' | 'secondBy' | 'firstCheck', string>> = {}) => ({
    slot: NEW_SLOT,
    components: [
      { by: 'first', key: Uint8Array.from(FIRST), checkValue: change.firstCheck ?? kcv(FIRST) },
      { by: change.secondBy ?? 'second', key: Uint8Array.from(SECOND), checkValue: kcv(SECOND) },
    ] as const,
    checkValue: change.checkValue ?? kcv(MASTER),
  });
  const kcv = (key: Uint8Array) => hex(checkValue('3des', key)).slice(0, 6);
  const has = (slot: number) => bench.simulator.call('hasKey', { cipher: '3des', slot });

  before(async () => void (bench = await openPadBench()));
  after(() => bench.close());

  beforeEach(async () => {
    await bench.hands.putInOrder();
    const created = zt598PinPad.create(
      { id: 'under-test', driver: zt598PinPad.name, port: bench.port, options: { ...bench.options } },
      {
        clock: systemClock,
        log: (level, message, fields) => void logged.push(JSON.stringify({ level, message, fields })),
        onStatus: () => news.emit('status'),
        onEvent: () => {},
      },
    );
    assert.ok(created.ok);
    pad = created.value;
    pad.start();
    while (pad.status().state !== 'ready') await once(news, 'status');
  });

  afterEach(() => pad.stop());

  test('a master key in two components by two people, and a work key under it', async () => {
    const key = ceremony();
    assert.deepEqual(await pad.keys.loadMasterKey(key, { signal }), { ok: true, value: undefined });
    for (const { key: part } of key.components)
      assert.ok(
        part.every((byte) => byte === 0),
        'a component was left in memory',
      );
    assert.ok((await pad.keys.loadKey({ ...workKey('iso0'), under: NEW_SLOT }, { signal })).ok);
  });

  test('one person alone cannot load a master key', async () => {
    const key = ceremony({ secondBy: 'first' });
    const refused = await pad.keys.loadMasterKey(key, { signal });
    assert.equal(!refused.ok && refused.error.code, 'E1402');
    for (const { key: part } of key.components) assert.ok(part.every((byte) => byte === 0));
  });

  for (const [what, change] of [
    ['a component that was typed wrong', { firstCheck: '000000' }],
    ['components that do not belong together', { checkValue: '000000' }],
  ] as const) {
    test(`${what}: the slot is empty afterwards`, async () => {
      const refused = await pad.keys.loadMasterKey(ceremony(change), { signal });
      assert.equal(!refused.ok && refused.error.code, 'E1402');
      assert.equal(await has(NEW_SLOT), false);
    });
  }

  test('a work key whose check value differs is erased', async () => {
    const refused = await pad.keys.loadKey({ ...workKey('iso0'), checkValue: '000000' }, { signal });
    assert.equal(!refused.ok && refused.error.code, 'E1402');
    assert.equal(await has(SLOTS.iso0), false);
  });

  test('MACs as the bank computes them, also of more data than one command takes', async () => {
    assert.ok((await pad.keys.loadKey(workKey('mac'), { signal })).ok);
    assert.ok((await pad.keys.loadKey(workKey('sm4'), { signal })).ok);
    for (const data of [Buffer.from('8 bytes.'), MAC_DATA, Buffer.alloc(1_500, MAC_DATA)]) {
      const zeros = Buffer.concat([data], Math.max(1, Math.ceil(data.length / 8)) * 8);
      const marked = Buffer.concat([data, Buffer.of(0x80)]);
      const pboc = Buffer.concat([marked], Math.ceil(marked.length / 8) * 8);
      const wide = Buffer.concat([marked], Math.ceil(marked.length / 16) * 16);
      const cases = [
        ['x9.19', SLOTS.mac, retailMac(WORK.mac, zeros)],
        ['pboc', SLOTS.mac, retailMac(WORK.mac, pboc)],
        ['sm4', SLOTS.sm4, cbcMac('sm4', WORK.sm4, wide)],
      ] as const;
      for (const [algorithm, slot, expected] of cases) {
        const made = await pad.keys.mac({ slot, algorithm, data }, { signal });
        assert.equal(made.ok && made.value, hex(expected), `${algorithm} of ${data.length} bytes`);
      }
    }
  });

  test('no key and no component stands in any of it', () => {
    const text = logged.join('\n').toUpperCase();
    assert.ok(logged.length > 3);
    for (const secret of [FIRST, SECOND, MASTER, ...Object.values(WORK)].map(hex)) assert.ok(!text.includes(secret));
    assert.ok(!text.includes(CARD));
  });
});
