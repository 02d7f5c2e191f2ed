import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { spawn } from 'node:child_process';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { WebSocket } from 'ws';
import { PageFiles } from '../main/page-files.ts';
import { SessionPool } from '../main/session-pool.ts';
import { writeConfig } from '../main/testing/terminal.ts';
import { bridgeScript } from './bridge-script.ts';
import { PreviewServer } from './preview-server.ts';

const FAKE = path.join(import.meta.dirname, '..', 'main', 'testing', 'fake-session.ts');

async function start(t: TestContext) {
  const folder = await mkdtemp(path.join(tmpdir(), 'kiosk-preview-'));
  await writeFile(path.join(folder, 'index.html'), '<!doctype html><html><head><title>x</title></head></html>');
  const server = new PreviewServer({ files: new PageFiles(folder), act: (action) => pool.act(action) });
  const pool = new SessionPool({
    command: { node: process.execPath, entry: FAKE, env: { PATH: process.env['PATH'] } },
    stage: server,
    clock: systemClock,
    log: () => undefined,
  });
  const url = await server.listen(0);
  t.after(async () => {
    await pool.stop();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });
  return { url, pool };
}

/** fetch() does not let a test write these headers. */
async function status(url: string, headers: Record<string, string>, method = 'GET'): Promise<number> {
  const call = request(url, { headers, method });
  call.end();
  const [answer] = (await once(call, 'response')) as [{ statusCode: number; resume(): void }];
  answer.resume();
  return answer.statusCode;
}

test('the preview serves the screens with the bridge before them and the same policy', async (t) => {
  const { url } = await start(t);
  const page = await fetch(url);
  assert.match(await page.text(), /<head><script src="\/bridge\.js"><\/script>/);
  const policy = page.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.equal((await fetch(new URL('/bridge.js', url))).status, 200);
  assert.equal((await fetch(new URL('/nothing.js', url))).status, 404);
});

test('another name, another site, another method: refused', async (t) => {
  const { url } = await start(t);
  const { host } = new URL(url);
  assert.equal(await status(url, { host: 'kiosk.example' }), 403, 'a name that was made to point here');
  assert.equal(await status(url, { host: '192.168.1.5' }), 403);
  assert.equal(await status(url, { host, origin: 'https://evil.example' }), 403);
  assert.equal(await status(url, { host, origin: 'null' }), 403);
  assert.equal(await status(url, { host }, 'POST'), 405);
  assert.equal(await status(url, { host }), 200);
});

test('a page of another site cannot join the bridge', async (t) => {
  const { url } = await start(t);
  const foreign = new WebSocket(new URL('/bridge', url), { origin: 'https://evil.example' });
  const [error] = (await once(foreign, 'error')) as [Error];
  assert.match(error.message, /hang up|ECONNRESET|403/);
});

test('a browser sees the view, acts, and sees the next session after this one', async (t) => {
  const { url, pool } = await start(t);
  pool.start();
  const browser = new WebSocket(new URL('/bridge', url));
  const messages: { t: string; value: { frame: { language: string; terminalId: string } } }[] = [];
  const seen = async (wanted: (m: (typeof messages)[number]) => boolean) => {
    for (;;) {
      const found = messages.find(wanted);
      if (found) return found;
      await once(browser, 'message');
    }
  };
  browser.on('message', (data) => messages.push(JSON.parse(String(data)) as (typeof messages)[number]));
  const first = await seen((m) => m.t === 'view');
  browser.send('{"t":"act","value":{"type":"noSuchAction"}}');
  browser.send('not json');
  browser.send(JSON.stringify({ t: 'act', value: { type: 'chooseLanguage', language: 'en' } }));
  await seen((m) => m.t === 'view' && m.value.frame.language === 'en');
  await seen((m) => m.t === 'sound');
  await seen((m) => m.t === 'key');
  browser.send(JSON.stringify({ t: 'act', value: { type: 'end' } }));
  await seen((m) => m.t === 'view' && m.value.frame.terminalId !== first.value.frame.terminalId);
  browser.close();
});

test('the bridge of a browser has the same surface as the preload', () => {
  class Silent {
    addEventListener(): void {}
  }
  const target: Record<string, unknown> = { WebSocket: Silent, location: { host: '127.0.0.1:1' } };
  runInNewContext(bridgeScript({ testOnly: true, electron: null }), target);
  assert.deepEqual(Object.keys(target['kiosk'] as object), ['act', 'onView', 'onSound', 'onKey', 'beat', 'runtime']);
});

test('a production configuration refuses the preview', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'kiosk-preview-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const config = await writeConfig(folder, { mode: 'production' });
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'main.ts')], {
    env: { ...process.env, KIOSK_CONFIG: config },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const [code] = (await once(child, 'close')) as [number];
  assert.equal(code, 78, said);
  assert.match(said, /E8103/);
});
