import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'node:http';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { CONSOLE_SECRET, type SeededConsole, startSeededConsole } from '../testing/console-seed.ts';
import { consoleBrowser, got, refusal, signedIn } from '../testing/console-client.ts';
import { hashSecret, isSecret, newSecret, weakness } from './secrets.ts';

const MINUTE = 60_000;
const pagesDir = mkdtempSync(join(tmpdir(), 'console-pages-'));
writeFileSync(join(pagesDir, 'index.html'), '<!doctype html><title>console</title>');
mkdirSync(join(pagesDir, 'assets'));
for (const name of ['index-CKVX_xRL.js', 'plain.js']) writeFileSync(join(pagesDir, 'assets', name), '//');
let seeded: SeededConsole;
before(async () => {
  seeded = await startSeededConsole({ staffOnly: true, config: { consoleListener: { port: 0, pagesDir } } });
});
after(async () => {
  await seeded.platform.end();
  rmSync(pagesDir, { recursive: true, force: true });
});

test('five wrong secrets lock the account for a quarter of an hour, whoever tries', async () => {
  const browser = consoleBrowser(seeded.url);
  const tries = [];
  for (let n = 0; n < 5; n++) tries.push(await refusal(browser.signIn({ login: 'sun.hua', secret: 'wrong' })));
  assert.deepEqual(tries, ['E2502', 'E2502', 'E2502', 'E2502', 'E2503']);
  assert.equal(
    await refusal(browser.signIn({ login: 'sun.hua', secret: CONSOLE_SECRET })),
    'E2503',
    'the right one too',
  );
  seeded.platform.clock.advance(15 * MINUTE + 1);
  assert.equal((await browser.signIn({ login: 'sun.hua', secret: CONSOLE_SECRET })).ok, true);
});

test('twenty tries at the same moment are twenty tries', async () => {
  const browser = consoleBrowser(seeded.url);
  const secrets = Array.from({ length: 20 }, (_, n) => (n === 19 ? CONSOLE_SECRET : `wrong ${n}`));
  const answers = await Promise.all(secrets.map((secret) => browser.signIn({ login: 'zhao.jie', secret })));
  assert.ok(answers.some((answer) => !answer.ok && answer.error.code === 'E2503'));
  assert.ok(answers.filter((answer) => answer.ok).length <= 1);
  const administrator = await signedIn(seeded.url, 'chen.yu');
  assert.equal((await got(administrator.unlockStaff({ login: 'zhao.jie' }))).lockedUntil, null);
  assert.equal((await browser.signIn({ login: 'zhao.jie', secret: CONSOLE_SECRET })).ok, true);
});

test('a login that does not exist is refused like a wrong secret', async () => {
  assert.equal(await refusal(consoleBrowser(seeded.url).signIn({ login: 'nobody', secret: 'x' })), 'E2502');
});

test('left alone for a quarter of an hour the session is over; with a request in between it is not', async () => {
  const browser = await signedIn(seeded.url, 'wang.min');
  seeded.platform.clock.advance(10 * MINUTE);
  assert.equal((await browser.me({})).ok, true);
  seeded.platform.clock.advance(10 * MINUTE);
  assert.equal((await browser.me({})).ok, true);
  seeded.platform.clock.advance(16 * MINUTE);
  assert.equal(await refusal(browser.me({})), 'E2501');
});

test('the cookie is for this server alone and no script reads it; a copy of it ends with the session', async () => {
  const response = await fetch(`${seeded.url}/console/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'wang.min', secret: CONSOLE_SECRET }),
  });
  assert.match(response.headers.get('set-cookie') ?? '', /; Path=\/console; HttpOnly; SameSite=Strict$/);
  const browser = await signedIn(seeded.url, 'wang.min');
  const headers = { cookie: browser.cookie };
  assert.equal((await fetch(`${seeded.url}/console/api/session`, { headers })).status, 200);
  await browser.signOut({});
  assert.equal((await fetch(`${seeded.url}/console/api/session`, { headers })).status, 401);
});

test('a new colleague changes the given secret first; a reset ends what was open', async () => {
  const administrator = await signedIn(seeded.url, 'chen.yu');
  const { secret } = await got(administrator.addStaff({ login: 'new.one', name: '新同事', role: 'operator' }));
  const browser = await signedIn(seeded.url, 'new.one', secret);
  assert.equal(await refusal(browser.fleet({})), 'E2511');
  assert.equal(await refusal(browser.changeSecret({ old: secret, new: 'new.one-2026-abcd' })), 'E2510');
  assert.equal(
    await refusal(browser.changeSecret({ old: 'not this one', new: 'quiet river under the bridge' })),
    'E2502',
  );
  assert.equal((await browser.changeSecret({ old: secret, new: 'quiet river under the bridge' })).ok, true);
  assert.equal((await browser.fleet({})).ok, true);
  await got(administrator.changeStaff({ login: 'new.one', role: 'supervisor' }));
  assert.equal(await refusal(browser.fleet({})), 'E2501', 'another role is another session');
  const again = await got(administrator.resetSecret({ login: 'new.one' }));
  assert.equal(await refusal(browser.signIn({ login: 'new.one', secret: 'quiet river under the bridge' })), 'E2502');
  await signedIn(seeded.url, 'new.one', again.secret);
  await got(administrator.changeStaff({ login: 'new.one', state: 'disabled' }));
  assert.equal(await refusal(browser.signIn({ login: 'new.one', secret: again.secret })), 'E2502');
});

test('the last administrator stays, and nobody changes their own role', async () => {
  const administrator = await signedIn(seeded.url, 'chen.yu');
  assert.equal(await refusal(administrator.changeStaff({ login: 'chen.yu', role: 'operator' })), 'E2506');
  await got(administrator.changeStaff({ login: 'li.qiang', role: 'administrator' }));
  const other = await signedIn(seeded.url, 'li.qiang');
  await got(other.changeStaff({ login: 'chen.yu', state: 'disabled' }));
  await got(other.changeStaff({ login: 'chen.yu', state: 'active' }));
  const first = await signedIn(seeded.url, 'chen.yu');
  await got(first.changeStaff({ login: 'li.qiang', role: 'operator' }));
});

test('another name for this machine, another site and a way out of the folder are refused', async () => {
  const { port } = new URL(seeded.url);
  const asked = request({ host: '127.0.0.1', port, path: '/console/', headers: { host: 'evil.example' } }).end();
  const [response] = (await once(asked, 'response')) as [import('node:http').IncomingMessage];
  response.resume();
  assert.equal(response.statusCode, 421);
  const crossSite = await fetch(`${seeded.url}/console/api/session`, { headers: { 'sec-fetch-site': 'cross-site' } });
  assert.equal(crossSite.status, 403);
  for (const path of ['/console/..%2f..%2fpackage.json', '/console/%2e%2e/platform.db', '/console/assets/none.js']) {
    assert.equal((await fetch(seeded.url + path)).status, 404, path);
  }
  const page = await fetch(`${seeded.url}/console/`);
  assert.equal(await page.text(), '<!doctype html><title>console</title>');
  assert.match(
    page.headers.get('content-security-policy') ?? '',
    /default-src 'none'; script-src 'self'; style-src 'self'/,
  );
});

test('secrets: hashed with a salt, weak ones named, given ones readable', async () => {
  const [one, two] = await Promise.all([hashSecret('quiet river'), hashSecret('quiet river')]);
  assert.notEqual(one, two);
  assert.equal(await isSecret('quiet river', one), true);
  assert.equal(await isSecret('quiet rivers', one), false);
  assert.equal(await isSecret('', undefined), false);
  assert.equal(weakness('password123456', 'wang'), 'made of common words and digits');
  assert.equal(weakness('aaaaaaaaaaaa', 'wang'), 'too few different characters');
  assert.equal(weakness('quiet river wang', 'wang'), 'contains the login');
  assert.match(newSecret(), /^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
});

test('what is named by its content is kept for good, the page itself is asked for each time, answers are kept nowhere', async () => {
  const kept = async (path: string) => (await fetch(`${seeded.url}${path}`)).headers.get('cache-control');
  assert.equal(await kept('/console/assets/index-CKVX_xRL.js'), 'public, max-age=31536000, immutable');
  assert.equal(await kept('/console/assets/plain.js'), 'no-cache');
  for (const page of ['/console/', '/console/index.html', '/console/fleet']) assert.equal(await kept(page), 'no-cache');
  assert.equal(await kept('/console/assets/missing-CKVX_xRL.js'), 'no-store');
  assert.equal(await kept('/console/api/fleet'), 'no-store');
});
