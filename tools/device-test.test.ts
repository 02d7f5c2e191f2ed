import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { text } from 'node:stream/consumers';
import { spawnSimulator } from '@kiosk/testbench/simulators/process.ts';

/** As a technician types it; the configuration holds nothing but devices. */
async function deviceTest(t: TestContext, devices: readonly object[], id: string) {
  const folder = mkdtempSync(join(tmpdir(), 'device-test-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'terminal.json');
  writeFileSync(file, JSON.stringify({ devices }));
  // A test runner inside this one must not think that it is a part of it.
  const { NODE_TEST_CONTEXT: _outer, ...env } = process.env;
  const child = spawn(process.execPath, [join(import.meta.dirname, 'device-test.ts'), file, id], { env });
  const ended = once(child, 'exit');
  const [out, problem] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: (await ended)[0] as number | null, out, problem };
}

test('a device is tried with the port and the options of the configuration; what needs a hand is skipped', async (t) => {
  const simulator = await spawnSimulator(new URL('../testbench/simulators/slip-printer/main.ts', import.meta.url), {});
  t.after(() => simulator.stop());
  const printer = { driver: 'escpos', port: String(simulator.ready['port']) };
  const devices = [
    { id: 'slip-printer', ...printer, options: { columns: 32 } },
    { id: 'wrong', ...printer, options: { columns: 33 } },
  ];
  const tried = await deviceTest(t, devices, 'slip-printer');
  assert.equal(tried.code, 0, `${tried.out}${tried.problem}`);
  assert.match(tried.out, /slip-printer: escpos at tcp:[\s\S]*✔ a slip comes out once[\s\S]*# needs somebody/);
  assert.equal(((await simulator.call('slips')) as unknown[]).length, 1, 'one slip came out of the printer');
  const refused = await deviceTest(t, devices, 'wrong');
  assert.equal(refused.code, 1, 'options of the entry reach the driver');
  assert.match(refused.out, /refused its configuration/);
});

test('a device that is not in the configuration is answered with those that are', async (t) => {
  const { code, problem } = await deviceTest(
    t,
    [{ id: 'a4-printer', driver: 'ipp', port: 'ipp://printer/ipp' }],
    'lamp',
  );
  assert.equal(code, 2);
  assert.match(problem, /no device lamp .* a4-printer/);
});
