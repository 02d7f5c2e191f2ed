import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Duplex } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type ServiceClient, clientOver } from '@kiosk/contract/rpc/client.ts';
import { sessionScreen } from '@kiosk/contract/screen/service.ts';
import type { ScreenName, View } from '@kiosk/contract/screen/view.ts';
import { TOKEN, startFakeServices } from './testing/fake-services.ts';
import { IDENTITY } from './testing/fixtures.ts';

const SESSION_TOKEN = 'token of this session';

async function startProcess(t: TestContext) {
  const services = await startFakeServices();
  const file = (name: string) => path.join(services.socketDir, name);
  await writeFile(file('token'), TOKEN);
  const config = {
    mode: 'development',
    terminal: IDENTITY,
    devices: [],
    platform: { url: 'https://127.0.0.1:1', caFile: '-', certificateFile: '-', keyFile: '-' },
    signingKeyFile: '-',
    centreKeyFile: '-',
    configurationKeyFile: '-',
    techniciansFile: '-',
    dataDir: services.socketDir,
    socketDir: services.socketDir,
    tokenFile: file('token'),
  };
  await writeFile(file('config.json'), JSON.stringify(config));
  const child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url))], {
    env: { ...process.env, KIOSK_CONFIG: file('config.json'), KIOSK_SESSION_TOKEN: SESSION_TOKEN },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  t.after(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await services.close();
  });
  const client = clientOver(
    sessionScreen,
    Duplex.from({ readable: child.stdout, writable: child.stdin }),
    SESSION_TOKEN,
  );
  return { services, child, client };
}

/** Waits until the screen is the one named. The first snapshot of a reserve is null: nothing to show yet. */
function until(client: ServiceClient<typeof sessionScreen>, name: ScreenName): Promise<View> {
  return new Promise((resolve) => {
    const stop = client.onSnapshot((view) => {
      if (view?.content.screen !== name) return;
      queueMicrotask(() => stop());
      resolve(view);
    });
  });
}

const welcomed = (client: ServiceClient<typeof sessionScreen>) =>
  new Promise<void>((resolve) => void client.onSnapshot(() => resolve()));

async function exitOf(child: ChildProcess): Promise<unknown> {
  const [code] = await once(child, 'exit');
  return code;
}

test('a session in reserve shows nothing, then the first screen, then the card that is laid', async (t) => {
  const { client, services, child } = await startProcess(t);
  await welcomed(client);
  assert.equal(client.snapshot, null, 'a reserve shows nothing');
  assert.ok(!services.calls.includes('readIdCard'), 'a reserve leaves the reader alone');
  assert.ok((await client.call('activate', {})).ok);
  await until(client, 'attract');
  services.layCard();
  const view = await until(client, 'enterCode');
  assert.equal(view.frame.person, '沈*');
  const ended = new Promise<string>((resolve) => client.on('ended', ({ reason }) => resolve(reason)));
  await client.call('act', { type: 'end' });
  await until(client, 'goodbye');
  await client.call('act', { type: 'end' });
  assert.equal(await ended, 'ended');
  const exited = exitOf(child);
  client.close();
  assert.equal(await exited, 0, 'the session goes when whoever started it is gone');
});

test('a session without a configuration says why and ends', async (t) => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url))], {
    env: { PATH: process.env['PATH'], KIOSK_SESSION_TOKEN: SESSION_TOKEN },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  assert.equal(await exitOf(child), 1);
  assert.match(said, /E8101/);
});
