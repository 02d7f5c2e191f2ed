import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { TraceLine } from '@kiosk/contract/services/device-host.ts';
import { wordsOfStep } from '@kiosk/contract/services/self-test-words.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { type RunningSimulator, spawnSimulator } from '../simulators/process.ts';
import { DeviceHostUnderTest } from './terminal.ts';

const PERSON = syntheticPerson('ordinary', '2026-11-21');
const SLIP_TEXT = 'KEEP THIS TO YOURSELF';

const simulator = (name: string, options: unknown) =>
  spawnSimulator(new URL(`../simulators/${name}/main.ts`, import.meta.url), options);
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase().replace(/../g, '$& ').trim();

describe('what a technician finds out', { timeout: 60_000 }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'diagnostics-'));
  const host = new DeviceHostUnderTest();
  const ids = ['id-reader', 'slip-printer', 'a4-printer'];
  let simulators: readonly RunningSimulator[];

  before(async () => {
    simulators = await Promise.all([
      simulator('id-reader', { dir }),
      simulator('slip-printer', { dir }),
      simulator('document-printer', { dir, millisecondsPerPage: 100 }),
    ]);
    const drivers = ['sdt-serial', 'escpos', 'ipp'];
    host.start(
      simulators.map(({ ready }, i) => ({
        id: ids[i]!,
        driver: drivers[i]!,
        port: String(ready['port']),
        options: {},
      })),
    );
    await host.allReady();
  });
  after(async () => {
    await host.close();
    await Promise.all(simulators.map((running) => running.stop()));
    rmSync(dir, { recursive: true });
  });

  test('self-tests side by side: every step has words and a time, every device its supplies', async () => {
    const tests = await Promise.all(ids.map((deviceId) => host.client.call('selfTest', { deviceId })));
    for (const tested of tests) {
      assert.ok(tested.ok && tested.value.passed, JSON.stringify(tested));
      for (const { name, milliseconds, code } of tested.value.steps) {
        assert.ok(wordsOfStep(name), `"${name}" has no words in contract/services/self-test-words.ts`);
        assert.ok(milliseconds !== undefined, `"${name}" does not say how long it took`);
        assert.equal(code, undefined, 'a step that passed says what to do');
      }
    }
    const { devices } = host.client.snapshot!;
    assert.deepEqual(devices[1]?.supplies, [{ kind: 'paper', level: 'full' }]);
    assert.deepEqual(
      devices[2]?.supplies?.map(({ kind, level }) => `${kind} ${level}`),
      ['paper full', 'toner full', 'other full'],
    );
    assert.ok(
      devices.every(({ capabilities }) => capabilities),
      'a driver does not say what it can do',
    );
  });

  test('paper that runs out is in the supplies, the self-test says what to do, and the history keeps it', async () => {
    await simulators[1]!.call('fault', { kind: 'paperEnd' });
    await host.until(({ devices }) => devices[1]?.supplies?.[0]?.level === 'out');
    const tested = await host.client.call('selfTest', { deviceId: 'slip-printer' });
    const paper = tested.ok ? tested.value.steps.find(({ name }) => name === 'paper') : undefined;
    assert.deepEqual([paper?.passed, paper?.code], [false, 'E4202']);
    await simulators[1]!.call('clearFaults');
    await host.allReady();
    const history = await host.client.call('deviceHistory', { deviceId: 'slip-printer' });
    assert.deepEqual(history.ok && history.value.changes.slice(0, 2).map(({ state, code }) => [state, code]), [
      ['ready', undefined],
      ['fault', 'E4202'],
    ]);
  });

  test('a trace shows what was asked and answered, and not a byte of a card or a slip', async () => {
    const lines: TraceLine[] = [];
    for (const deviceId of ids) assert.ok((await host.client.call('setTrace', { deviceId, on: true })).ok);
    const reading = host.client.call('readIdCard', {});
    await simulators[0]!.call('layCard', { person: PERSON });
    assert.ok((await reading).ok);
    await simulators[0]!.call('liftCard');
    const slip = { number: 'S-9', blocks: [{ type: 'text' as const, text: SLIP_TEXT }] };
    assert.ok((await host.client.call('printSlip', { operationId: 'operation-traced', slip })).ok);
    for (const deviceId of ids) {
      const onProgress = (line: TraceLine) => void lines.push(line);
      assert.ok((await host.client.call('readTrace', { deviceId, follow: false }, { onProgress })).ok);
    }
    const all = lines.map(({ hex }) => hex).join('\n');
    assert.match(all, /AA AA AA 96 69 00 03 30 01 32/, 'the command that reads a card is not in the trace');
    assert.match(all, /00 00 90 ·· ··/, 'the status of the answer is not in the trace, or its data is');
    for (const secret of [
      Buffer.from(PERSON.name, 'utf16le'),
      Buffer.from(PERSON.idNumber, 'utf16le'),
      Buffer.from(PERSON.birthDate.replaceAll('-', ''), 'utf16le'),
      Buffer.from(SLIP_TEXT, 'latin1'),
    ]) {
      assert.ok(!all.includes(hexOf(secret).slice(0, 11)), 'personal bytes in the trace');
    }
  });

  test('events are numbered without a gap, and the snapshot tells the last number', async () => {
    const seen: number[] = [host.client.snapshot!.lastEvent];
    const stop = host.client.on('statusChanged', ({ seq }) => void seen.push(seq));
    await simulators[1]!.call('fault', { kind: 'coverOpen' });
    await host.until(({ devices }) => devices[1]?.code === 'E4203');
    await simulators[1]!.call('clearFaults');
    const { lastEvent } = await host.allReady();
    stop();
    assert.deepEqual(
      seen,
      Array.from({ length: lastEvent - seen[0]! + 1 }, (_, i) => seen[0]! + i),
    );
  });
});

test('a driver that fails in a timer, a promise or its start harms nobody else and comes back', async (t) => {
  const host = new DeviceHostUnderTest(fileURLToPath(new URL('broken-drivers.ts', import.meta.url)));
  t.after(() => host.close());
  const failed = new Set<string>();
  const stop = host.client.onSnapshot((snapshot) => {
    for (const { id, code } of snapshot?.devices ?? []) if (code === 'E9006') failed.add(id);
  });
  const names = ['healthy', 'timer', 'promise', 'start'];
  host.start(names.map((name) => ({ id: name, driver: name, port: name, options: {} })));
  const { devices } = await host.until(({ devices: all }) =>
    all.slice(1).every(({ state, counters }) => state === 'ready' && counters['driverFaults'] === 1),
  );
  stop();
  assert.deepEqual(devices[0]?.counters, {}, 'the bug of another driver was laid at the wrong door');
  assert.ok(!failed.has('healthy'));
  assert.match(host.log, /driver failed/);
  assert.doesNotMatch(host.log, /a bug in a driver/, 'the message of an unknown error may hold anything');
  assert.equal(await host.end(), 0, host.log);
});
