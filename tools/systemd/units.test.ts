import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { FORGETFUL } from '@kiosk/contract/kernel/forget.ts';

const UNITS = readdirSync(import.meta.dirname).filter((name) => /\.(service|target)$/.test(name));
const SERVICES = UNITS.filter((name) => name.endsWith('.service'));
const NODE_SERVICES = ['device-host.service', 'sync-agent.service', 'central-platform.service'];

const textOf = (unit: string) => readFileSync(path.join(import.meta.dirname, unit), 'utf8');
/** Without comments: an option that is left out on purpose is named in one. */
const settingsOf = (unit: string) => textOf(unit).replaceAll(/^#.*$/gm, '');

/** Runs systemd-analyze, which needs no running systemd for this; undefined, and the test skipped, without it. */
function analyze(t: TestContext, ...args: string[]) {
  const run = spawnSync('systemd-analyze', args, { encoding: 'utf8', env: { ...process.env, SYSTEMD_COLORS: '0' } });
  if (!run.error) return { status: run.status, output: run.stdout + run.stderr };
  t.skip('systemd-analyze is not installed');
  return undefined;
}

/** Copies of the units whose programs exist: verify wants every command to be executable. */
function installedUnits(t: TestContext): string[] {
  const root = mkdtempSync(path.join(tmpdir(), 'kiosk-units-'));
  t.after(() => rmSync(root, { recursive: true }));
  return UNITS.map((unit) => {
    const text = textOf(unit).replaceAll(/(?<=^ExecStart=|-- )(\/(?:opt|usr\/bin)\/\S+)/gm, (command) => {
      const placed = path.join(root, command);
      mkdirSync(path.dirname(placed), { recursive: true });
      writeFileSync(placed, '#!/bin/sh\n');
      chmodSync(placed, 0o755);
      return placed;
    });
    const file = path.join(root, unit);
    writeFileSync(file, text);
    return file;
  });
}

test('systemd understands every unit, and every unit that one needs is there', (t) => {
  const verified = analyze(t, 'verify', '--recursive-errors=yes', '--man=no', ...installedUnits(t));
  if (!verified) return;
  assert.equal(verified.status, 0, verified.output);
  // An option that is misspelt is a warning and is then not in force.
  const ours = verified.output.split('\n').filter((line) => UNITS.some((unit) => line.includes(unit)));
  assert.deepEqual(ours, [], 'systemd-analyze verify complains about our units');
});

for (const [unit, most] of [
  ['sync-agent.service', 2],
  ['central-platform.service', 2],
  ['device-host.service', 2],
  ['kiosk-window.service', 5],
] as const) {
  test(`the exposure of ${unit} is at most ${most} of 10`, (t) => {
    const file = path.join(import.meta.dirname, unit);
    const judged = analyze(t, 'security', '--offline=true', `--threshold=${most * 10}`, '--no-pager', file);
    if (judged) assert.equal(judged.status, 0, judged.output);
  });
}

test('a program that ends is started again, but not for ever', () => {
  for (const unit of [...NODE_SERVICES, 'kiosk-window.service']) {
    const settings = settingsOf(unit);
    assert.match(settings, /^Restart=always$/m, unit);
    assert.match(settings, /^StartLimitIntervalSec=300$/m, unit);
    assert.match(settings, /^StartLimitBurst=\d+$/m, unit);
  }
});

test('no program runs as root or shares a user, and all of a terminal are in the group of its sockets', () => {
  const users = [...NODE_SERVICES, 'kiosk-window.service'].map((unit) => {
    const user = /^User=(.+)$/m.exec(settingsOf(unit))?.[1];
    assert.ok(user !== undefined && user !== 'root', `${unit} names no user of its own`);
    return user;
  });
  assert.equal(new Set(users).size, users.length, users.join());
  for (const unit of ['device-host.service', 'sync-agent.service', 'kiosk-window.service', 'kiosk-sockets.service']) {
    assert.match(settingsOf(unit), /^Group=kiosk$/m, unit);
  }
});

test('nothing that a just-in-time compiler needs is forbidden, and nothing that Chromium builds its sandbox from', () => {
  for (const unit of SERVICES) assert.doesNotMatch(settingsOf(unit), /^MemoryDenyWriteExecute=/m, unit);
  const window = settingsOf('kiosk-window.service');
  for (const option of ['RestrictNamespaces', 'PrivateUsers', 'SystemCallFilter', 'ProcSubset']) {
    assert.doesNotMatch(window, new RegExp(`^${option}=`, 'm'), `${option} would break the renderer's sandbox`);
  }
  assert.doesNotMatch(window, /--no-sandbox/);
});

test('a program that lives on after its depositors is started so that what it frees is overwritten', () => {
  for (const unit of ['device-host.service', 'sync-agent.service']) {
    const set = [...settingsOf(unit).matchAll(/^Environment=(.+)$/gm)].flatMap(([, line]) => line!.split(' '));
    for (const [name, value] of Object.entries(FORGETFUL)) assert.ok(set.includes(`${name}=${value}`), unit);
  }
});

test('no crash and no swap can put what a depositor typed on the disk', () => {
  for (const unit of [...NODE_SERVICES, 'kiosk-window.service']) {
    assert.match(settingsOf(unit), /^LimitCORE=0$/m, unit);
    assert.match(settingsOf(unit), /^MemorySwapMax=0$/m, unit);
  }
});
