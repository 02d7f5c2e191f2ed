import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { catalogue } from '@kiosk/contract/errors/catalogue.ts';
import { admit, isLoopback } from './admission.ts';
import { pageHeaders } from './content-policy.ts';
import { layoutOf } from './layout.ts';
import { isAllowedKey } from './lockdown-keys.ts';
import { PageFiles } from './page-files.ts';
import { answer } from './page-answer.ts';
import { stoppedPage } from './stopped-page.ts';

let folder: string;
let files: PageFiles;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kiosk-pages-'));
  await mkdir(path.join(folder, 'pages', 'assets'), { recursive: true });
  await writeFile(path.join(folder, 'pages', 'index.html'), '<!doctype html>');
  await writeFile(path.join(folder, 'pages', 'assets', 'a.js'), 'let a;');
  await writeFile(path.join(folder, 'pages', 'notes.txt'), 'not for screens');
  await writeFile(path.join(folder, 'secret.js'), 'secret');
  files = new PageFiles(path.join(folder, 'pages'));
});
after(() => rm(folder, { recursive: true, force: true }));

const get = (url: string, method = 'GET') => answer({ url, method }, files);

test('the screens are served with a policy that allows nothing else', async () => {
  const page = await get('app://kiosk/');
  assert.equal(page.status, 200);
  const policy = page.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.match(policy, /require-trusted-types-for 'script'/);
  assert.doesNotMatch(policy, /unsafe|https?:|\*|data:/);
  assert.equal((await get('app://kiosk/assets/a.js')).headers.get('content-type'), 'text/javascript; charset=utf-8');
  assert.equal(pageHeaders()['connect-src'], undefined);
});

test('a request names a file of the screens exactly or gets nothing', async () => {
  for (const url of [
    'app://kiosk/../secret.js',
    'app://kiosk/assets/../../secret.js',
    'app://kiosk/%2e%2e/secret.js',
    'app://kiosk/..%2fsecret.js',
    'app://kiosk/..%5csecret.js',
    'app://kiosk/assets/%2e%2e%2f%2e%2e%2fsecret.js',
    'app://kiosk//etc/passwd',
    'app://kiosk/notes.txt',
    'app://kiosk/assets',
    'app://kiosk/INDEX.html',
    'app://kiosk/index.html%00.js',
    'app://other/index.html',
    'file:///etc/passwd',
  ]) {
    const { status } = await get(url);
    assert.ok(status === 403 || status === 404, `${url} was answered ${status}`);
  }
  assert.equal((await get('app://kiosk/', 'POST')).status, 403);
});

test('the page for a machine that cannot run says a code and holds no script', () => {
  for (const code of [...Object.keys(catalogue), '<script>', '']) {
    const page = stoppedPage(code);
    assert.doesNotMatch(page, /<script|style=|on\w+=/);
    assert.match(page, /E\d{4}/);
  }
});

test('keys that type or move the focus pass, everything else does not', () => {
  const plain = { control: false, alt: false, meta: false };
  for (const key of ['a', 'Z', '7', '-', 'Tab', 'Enter', 'Backspace', ' ']) {
    assert.ok(isAllowedKey({ ...plain, key }), key);
  }
  for (const key of ['F5', 'F11', 'F12', 'Escape', 'BrowserBack', 'PrintScreen', 'ContextMenu', 'Alt', 'Meta']) {
    assert.ok(!isAllowedKey({ ...plain, key }), key);
  }
  for (const chord of [{ control: true }, { alt: true }, { meta: true }]) {
    for (const key of ['r', 'p', 'w', 'i', 'F4', 'Tab']) assert.ok(!isAllowedKey({ ...plain, ...chord, key }), key);
  }
});

test('a runtime for tests refuses a platform that is not on this machine', () => {
  const at = (url: string) => ({ mode: 'development' as const, platform: { url } as never });
  const tests = { testOnly: true, sandboxOff: true };
  for (const url of [
    'https://platform.example',
    'https://10.0.0.1',
    'https://127.0.0.1.example',
    'https://localhost.example',
  ]) {
    const result = admit(at(url), tests);
    assert.equal(result.ok ? 'admitted' : result.error.code, 'E8102', url);
  }
  for (const url of ['https://127.0.0.1:8443', 'https://localhost:1', 'https://[::1]:1']) {
    assert.equal(admit(at(url), tests).ok, true, url);
  }
  assert.equal(admit(at('https://platform.example'), { testOnly: false, sandboxOff: false }).ok, true);
  assert.equal(isLoopback('127.0.0.1'), true);
});

test('a production terminal refuses to run without the sandbox', () => {
  const result = admit(
    { mode: 'production', platform: { url: 'https://platform.example' } as never },
    { testOnly: false, sandboxOff: true },
  );
  assert.equal(result.ok ? 'admitted' : result.error.code, 'E8103');
});

test('a package runs what it carries, a checkout its sources', () => {
  const facts = { bundle: '/app/dist/main', resources: '/r', node: undefined };
  assert.equal(layoutOf({ ...facts, packaged: true }).sessionEntry, path.join('/r', 'programs', 'session.mjs'));
  assert.equal(layoutOf({ ...facts, packaged: true }).node, path.join('/r', 'node'));
  assert.equal(layoutOf({ ...facts, packaged: false }).sessionEntry, path.join('/app', 'kiosk-app/session/main.ts'));
});
