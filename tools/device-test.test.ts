import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { text } from 'node:stream/consumers';
import { EXTRA_DEVICES, startDevices } from '@kiosk/testbench/bench/machine.ts';

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

test('every device of a machine passes with nobody at it, with the port and the options of its entry', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'device-test-'));
  const machine = await startDevices({ dir, millisecondsPerPage: 20, extras: EXTRA_DEVICES });
  t.after(async () => {
    await machine.stop();
    rmSync(dir, { recursive: true });
  });
  const printer = machine.config.find(({ id }) => id === 'slip-printer');
  const wrong = { ...printer, id: 'wrong', options: { columns: 33 } };

  for (const { id, driver } of machine.config) {
    const { code, out, problem } = await deviceTest(t, machine.config, id);
    assert.equal(code, 0, `${out}${problem}`);
    assert.ok(out.includes(`${id}: ${driver} at `), `another suite ran:\n${out}`);
    assert.match(out, /# needs (somebody|hands)/, 'what needs a hand is skipped and says so');
  }
  assert.equal(((await machine.slipPrinter.call('slips')) as unknown[]).length, 1, 'one slip came out of the printer');
  const refused = await deviceTest(t, [wrong], 'wrong');
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
