import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { type TestContext, describe, test } from 'node:test';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { SPEEDS, type Speed } from '@kiosk/device-drivers/codec/sdt.ts';
import { sdtIdCardReader } from '@kiosk/device-drivers/drivers/sdt-id-reader/driver.ts';
import { SerialPort } from 'serialport';
import { BRISK, simulatedReader } from './bench.ts';
import type { IdReaderOptions } from './simulator.ts';

const TIMES = { ...BRISK.times, answer: 200, answerSearch: 100 };

async function reader(t: TestContext, module_: Partial<IdReaderOptions>, options: Record<string, unknown> = {}) {
  const simulated = await simulatedReader(module_);
  const news = new EventEmitter();
  const log: string[] = [];
  const created = sdtIdCardReader.create(
    { id: 'under-test', driver: 'sdt-serial', port: simulated.port, options: { times: TIMES, ...options } },
    {
      clock: systemClock,
      log: (_level, message) => void log.push(message),
      onStatus: () => news.emit('status'),
      onEvent: () => {},
    },
  );
  assert.ok(created.ok, JSON.stringify(created));
  const device = created.value;
  t.after(async () => {
    await device.stop();
    await simulated.close();
  });
  device.start();
  const until = async (state: string) => {
    while (device.status().state !== state) await once(news, 'status');
  };
  const speed = async () => ((await simulated.simulator.call('state')) as { speed: Speed }).speed;
  return { ...simulated, device, until, speed, log };
}

async function readsACard({ device, hands }: Awaited<ReturnType<typeof reader>>): Promise<void> {
  const laid = await hands.layCard();
  const read = await device.readIdCard({ signal: new AbortController().signal, onProgress: () => {} });
  assert.deepEqual(read, { ok: true, value: laid });
}

describe('the speed of the line', { timeout: 60_000 }, () => {
  for (const speed of SPEEDS) {
    test(`a module set to ${speed} baud is found and changed to 115200`, async (t) => {
      const at = await reader(t, { speed });
      await at.until('ready');
      assert.equal(await at.speed(), 115200);
      await readsACard(at);
    });

    test(`a module set to ${speed} baud is taken as it is`, async (t) => {
      const at = await reader(t, { speed }, { switchSpeed: false });
      await at.until('ready');
      assert.equal(await at.speed(), speed);
      await readsACard(at);
    });
  }

  test('the configuration wants another speed than the factory', async (t) => {
    const at = await reader(t, { speed: 115200 }, { baudRate: 38400 });
    await at.until('ready');
    assert.equal(await at.speed(), 38400);
    await readsACard(at);
  });

  test('a module that says it changed its speed and did not is found again and taken as it is', async (t) => {
    const at = await reader(t, { speed: 19200, stubborn: true });
    await at.until('ready');
    await readsACard(at);
    assert.equal(at.log.filter((line) => /another speed/.test(line)).length, 1, 'told more than once');
  });

  test('a module of another speed is not looked for where the configuration says so', async (t) => {
    const at = await reader(t, { speed: 9600 }, { search: false });
    await at.until('offline');
    assert.equal(at.device.status().code, 'E1101');
  });

  test('a module that lost its power and its speed is found again', async (t) => {
    const at = await reader(t, { speed: 57600 }, { switchSpeed: false });
    await at.until('ready');
    await at.hands.unplug();
    await at.until('offline');
    await at.hands.plug();
    await at.until('ready');
    await readsACard(at);
  });

  test('at a wrong speed, or with a parity that shows, the module hears noise and answers noise', async (t) => {
    const at = await simulatedReader({ speed: 57600 });
    t.after(() => at.close());
    for (const settings of [{ baudRate: 115200 }, { baudRate: 57600, parity: 'odd' }] as const) {
      const port = new SerialPort({ path: at.port, ...settings });
      await once(port, 'open');
      const answered = once(port, 'data');
      port.write(Buffer.from('AAAAAA96690003 11FFED'.replace(' ', ''), 'hex'));
      const [answer] = (await answered) as [Buffer];
      assert.equal(answer.includes(Buffer.from('AAAAAA9669', 'hex')), false);
      await new Promise<void>((resolve) => port.close(() => resolve()));
    }
    assert.deepEqual(await at.simulator.call('commands'), []);
  });
});

test('a module of the first series knows no fingerprints; text and picture come all the same', async (t) => {
  const at = await reader(t, { firstSeries: true });
  await at.until('ready');
  for (let i = 0; i < 2; i++) {
    const laid = await at.hands.layCard('everything');
    const read = await at.device.readIdCard({
      signal: new AbortController().signal,
      onProgress: () => {},
      extras: ['fingerprints', 'photoWlt'],
    });
    assert.ok(read.ok);
    assert.equal(read.value.idNumber, laid.idNumber);
    assert.deepEqual(Object.keys(read.value.extras ?? {}), ['photoWlt']);
    await at.hands.liftCard();
    await at.hands.lookedForLifting(1);
  }
  const commands = (await at.simulator.call('commands')) as string[];
  assert.equal(commands.filter((command) => command === 'readTextPhotoFingerprint').length, 1, 'asked once a life');
});

test('options that are wrong are refused with the field and what is allowed', () => {
  for (const [options, field] of [
    [{ baudRate: 230400 }, 'baudRate'],
    [{ times: { answer: -1 } }, 'times.answer'],
    [{ parity: 'even' }, 'parity'],
  ] as const) {
    const created = sdtIdCardReader.create(
      { id: 'reader', driver: 'sdt-serial', port: '/dev/null', options },
      { clock: systemClock, log: () => {}, onStatus: () => {}, onEvent: () => {} },
    );
    assert.equal(!created.ok && created.error.code, 'E8101');
    assert.ok(((!created.ok && created.error.detail) || '').includes(field), field);
  }
});
