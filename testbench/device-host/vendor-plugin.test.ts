import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { DeviceConfig } from '@kiosk/contract/config.ts';
import { wordsOfStep } from '@kiosk/contract/services/self-test-words.ts';
import type { PluginFault } from '@kiosk/device-drivers/suites/vendor-plugin.matrix.ts';
import { compile, noCompiler } from '../simulators/compiler.ts';
import { DeviceHostUnderTest } from './terminal.ts';

const MISBEHAVING = fileURLToPath(new URL('../simulators/vendor-plugin/misbehaving.ts', import.meta.url));
const SOURCE = new URL(import.meta.resolve('@kiosk/device-drivers/plugin/reference/plugin.c'));
const WLT = Buffer.from(Uint8Array.from({ length: 1024 }, (_, i) => (i * 7) & 0xff)).toString('base64');
const PICTURE = { width: 2, height: 2, rgb: Buffer.alloc(12, 90).toString('base64') };
/** Short pauses; long enough waits for a busy machine. */
const TIMES = { helloWithinMs: 30_000, answerWithinMs: 30_000, backOffFirstMs: 20, backOffMostMs: 100 };

const entry = (id: string, port: string, options: object = {}): DeviceConfig => ({
  id,
  driver: 'vendor-plugin',
  port,
  options: { ...TIMES, ...options },
});

describe('plug-ins of the machine configuration', { timeout: 600_000, skip: noCompiler() ?? false }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'vendor-plugin-'));
  const program = join(dir, 'plugin');
  let host: DeviceHostUnderTest;
  const misbehaving = (fault: PluginFault, options: object = {}) =>
    entry(fault, process.execPath, { args: [MISBEHAVING, 'answer', fault, join(dir, fault)], ...options });

  before(async () => {
    compile(SOURCE, program);
    host = new DeviceHostUnderTest();
    host.start([
      entry('matcher', program, { capabilities: ['photo', 'face', 'fingerprint', 'camera'] }),
      entry('lacking', process.execPath, {
        args: [MISBEHAVING, 'answer', 'problem', join(dir, 'problem')],
        capabilities: ['face'],
      }),
      entry('missing', '/nowhere/plugin', { backOffFirstMs: 60_000 }),
      misbehaving('crash'),
      misbehaving('garbage'),
      misbehaving('hang', { answerWithinMs: 1_000 }),
    ]);
    const gone = host.exited().then(() => assert.fail(host.log));
    await Promise.race([host.until(({ devices }) => devices.every(({ state }) => state !== 'starting')), gone]);
  });
  after(async () => {
    assert.equal(await host.end(), 0, host.log);
    const left = processesOf(dir);
    await host.close();
    rmSync(dir, { recursive: true });
    assert.deepEqual(left, [], 'plug-ins outlive the device-host');
  });

  const statusOf = (id: string) => host.client.snapshot!.devices.find((device) => device.id === id)!;

  test('each is a device: what runs, what it is called, what it can do, and what is wrong', () => {
    const shown = ['matcher', 'lacking', 'missing'].map(statusOf);
    assert.deepEqual(
      shown.map(({ kind, state, code, identity, capabilities }) => [kind, state, code, identity, capabilities?.vendor]),
      [
        ['vendorPlugin', 'ready', undefined, 'reference 1', ['photo', 'face', 'fingerprint', 'camera']],
        ['vendorPlugin', 'fault', 'E1702', 'misbehaving 1', ['photo']],
        ['vendorPlugin', 'offline', 'E1701', undefined, undefined],
      ],
    );
  });

  test('what it can do is asked of the device-host', async () => {
    const photo = await host.client.call('decodePhoto', { wlt: WLT });
    assert.ok(photo.ok, JSON.stringify(photo));
    assert.deepEqual([photo.value.width, photo.value.height], [102, 126]);
    const same = await host.client.call('compareFaces', { photo: PICTURE, live: PICTURE });
    assert.deepEqual(same.ok && same.value, { score: 1 });
    const template = Buffer.alloc(512, 3).toString('base64');
    const finger = await host.client.call('compareFingerprints', { template, live: template });
    assert.deepEqual(finger.ok && finger.value, { score: 1 });
  });

  test('a self-test tells each step in words, and what to do where it does not pass', async () => {
    const tested = await Promise.all(
      ['matcher', 'lacking', 'missing'].map((deviceId) => host.client.call('selfTest', { deviceId })),
    );
    const [good, lacking, missing] = tested.map((test) => (test.ok ? test.value : assert.fail(JSON.stringify(test))));
    const failed = (steps: { name: string; passed: boolean; code?: string | undefined }[]) =>
      steps.filter(({ passed }) => !passed).map(({ name, code }) => [name, code]);
    assert.deepEqual(failed(good!.steps), []);
    assert.deepEqual(
      good!.steps.map(({ name }) => name),
      ['program', 'says who it is', 'offers', 'photo', 'face', 'fingerprint'],
    );
    assert.deepEqual(failed(lacking!.steps), [['offers', 'E1702']]);
    assert.equal(lacking!.steps.at(-1)?.detail, 'lacking: licence missing', 'the word of the library is the evidence');
    assert.deepEqual(failed(missing!.steps), [
      ['program', 'E1701'],
      ['says who it is', 'E1701'],
    ]);
    for (const { steps } of [good!, lacking!, missing!])
      for (const { name } of steps) assert.ok(wordsOfStep(name), `"${name}" has no words`);
  });

  for (const fault of ['crash', 'garbage', 'hang'] as const) {
    test(`${fault}: the self-test finds it, the device is started again, and nobody else notices`, async () => {
      const tested = await host.client.call('selfTest', { deviceId: fault });
      const trial = tested.ok ? tested.value.steps.at(-1) : undefined;
      assert.deepEqual([trial?.name, trial?.passed, trial?.code], ['photo', false, 'E1701'], JSON.stringify(tested));
      await host.until(({ devices }) =>
        devices.some(({ id, state, counters }) => id === fault && state === 'ready' && counters['resets'] === 1),
      );
      const again = await host.client.call('selfTest', { deviceId: fault });
      assert.ok(again.ok && again.value.passed, JSON.stringify(again));
      const history = await host.client.call('deviceHistory', { deviceId: fault });
      assert.ok(history.ok && history.value.changes.some(({ state, code }) => state === 'offline' && code === 'E1701'));
      assert.deepEqual(statusOf('matcher').counters, {}, 'another plug-in was started again too');
    });
  }

  test('one that is killed while nobody asks it comes back by itself', async () => {
    const [pid] = processesOf(program);
    assert.ok(pid !== undefined, 'the plug-in does not run');
    process.kill(pid, 'SIGKILL');
    await host.until(({ devices }) => devices[0]?.state === 'ready' && devices[0].counters['resets'] === 1);
    assert.ok((await host.client.call('decodePhoto', { wlt: WLT })).ok);
  });

  test('a trace shows that something went, and no byte of it', async () => {
    await host.client.call('setTrace', { deviceId: 'matcher', on: true });
    await host.client.call('decodePhoto', { wlt: WLT });
    const lines: string[] = [];
    await host.client.call(
      'readTrace',
      { deviceId: 'matcher', follow: false },
      { onProgress: ({ hex }) => lines.push(hex) },
    );
    assert.ok(lines.length >= 2, 'nothing was traced');
    assert.doesNotMatch(lines.join(' '), /[0-9A-F]/, 'bytes of a person in the trace');
  });
});

test('a wrong entry names the field, its value and what is allowed, and the program does not start', async (t) => {
  const misspelt = { ...entry('decoder', '/opt/decoder'), prot: '/opt/decoder' };
  const wrong = [
    [misspelt, 'devices.0.prot: no such field; allowed: id, driver, port, usb, options'],
    [entry('decoder', 'decoder.exe'), 'decoder.port: "decoder.exe" is not allowed; the whole path of a program'],
    [
      entry('decoder', '/opt/decoder', { capabilities: ['fotos'] }),
      'decoder.options.capabilities.0: "fotos" is not allowed; allowed: photo, face, fingerprint, camera',
    ],
    [
      entry('decoder', '/opt/decoder', { argv: [] }),
      'decoder.options.argv: no such field; allowed: args, env, capabilities, helloWithinMs, answerWithinMs, backOffFirstMs, backOffMostMs',
    ],
  ] as const;
  for (const [config, detail] of wrong) {
    const host = new DeviceHostUnderTest();
    t.after(() => host.close());
    host.start([config]);
    assert.equal(await host.exited(), 78);
    const said = host.log.split('\n').flatMap((line) => (line ? [JSON.parse(line) as Record<string, unknown>] : []));
    const last = said.at(-1);
    assert.deepEqual([last?.['code'], last?.['detail']], ['E8101', detail], host.log);
  }
});

/** Ids of the processes whose command line holds this. */
function processesOf(what: string): number[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) return [];
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'utf8')
        .split('\0')
        .some((word) => word.startsWith(what))
        ? [pid]
        : [];
    } catch {
      return [];
    }
  });
}
