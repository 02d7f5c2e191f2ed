import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { ending } from '../testing/ending.ts';
import { temporaryFolder } from '../testing/journal.ts';
import { firstSnapshot } from './presence.ts';

/** Nobody moves this clock: whoever waits for it never comes back. */
const still = new ManualClock();
const silent = { snapshot: undefined, onSnapshot: () => () => {} };

test('no socket: the program is not there, and nobody waits for it', async (t) => {
  assert.equal(await firstSnapshot(join(temporaryFolder(t), 'sync-agent.sock'), silent, still), undefined);
});

test('the socket of a killed program: the same', async (t) => {
  const path = join(temporaryFolder(t), 'sync-agent.sock');
  const listening = `require('node:net').createServer().listen(process.argv[1], () => console.log('ready'))`;
  const child = spawn(process.execPath, ['-e', listening, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  assert.ok(existsSync(path), 'a killed program leaves its socket');
  assert.equal(await firstSnapshot(path, silent, still), undefined);
});

test('somebody listens and says nothing: this one is waited for, up to its limit', async (t) => {
  const path = join(temporaryFolder(t), 'sync-agent.sock');
  const server = createServer((socket) => void socket.resume()).listen(path);
  ending(t, () => server.close());
  await once(server, 'listening');
  const clock = new ManualClock();
  let listening = () => {};
  const asked = new Promise<void>((resolve) => (listening = resolve));
  const client = {
    snapshot: undefined,
    onSnapshot: () => {
      listening();
      return () => {};
    },
  };
  const found = firstSnapshot(path, client, clock);
  await asked;
  clock.advance(3_000);
  assert.equal(await found, undefined);
});

test('somebody listens and lets us in', async (t) => {
  const path = join(temporaryFolder(t), 'sync-agent.sock');
  const server = createServer((socket) => void socket.resume()).listen(path);
  ending(t, () => server.close());
  await once(server, 'listening');
  assert.equal(await firstSnapshot(path, { snapshot: 'state', onSnapshot: () => () => {} }, still), 'state');
});
