import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { consoleBrowser, got, refusal } from '../testing/console-client.ts';
import { startTestPlatform } from '../testing/installation.ts';

const PROGRAM = fileURLToPath(new URL('../first-administrator.ts', import.meta.url));

test('the first administrator of a centre: made once beside the running platform, signs in once with the code, is in the log', async (t) => {
  const platform = await startTestPlatform({ config: { consoleListener: { port: 0 } } });
  t.after(() => platform.end());
  const file = join(platform.installation.dir, 'platform.json');
  writeFileSync(file, JSON.stringify(platform.installation.config));
  const run = (...typed: string[]) =>
    promisify(execFile)(process.execPath, [PROGRAM, ...typed], { env: { ...process.env, PLATFORM_CONFIG: file } });
  await assert.rejects(run('--login', 'Chen Yu', '--name', '陈宇'), { code: 2 });
  const { stdout } = await run('--login', 'chen.yu', '--name', '陈宇（演示）');
  const [login = '', secret = ''] = stdout.trim().split(/\s+/);
  const browser = consoleBrowser(new URL(platform.running.consoleUrl!).origin);
  const me = await got(browser.signIn({ login, secret }));
  assert.deepEqual([me.role, me.mustChangeSecret], ['administrator', true]);
  assert.equal(await refusal(browser.staff({})), 'E2511', 'nothing before the code is changed');
  await got(browser.changeSecret({ old: secret, new: 'a walk by the river at six' }));
  assert.equal((await got(browser.staff({}))).rows.length, 1);
  const log = await got(browser.audit({ action: 'staff.firstAdministrator' }));
  assert.deepEqual(
    log.rows.map(({ actor, subject }) => [actor, subject]),
    [['installation', 'chen.yu']],
  );
  await assert.rejects(run('--login', 'second.one', '--name', '再来一个'), { code: 1 });
  assert.equal((await got(browser.staff({}))).rows.length, 1);
});
