// The first account of a centre's console, made where the platform is installed.

import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { loadConfig } from './config.ts';
import { Login } from './management/contract/common.ts';
import { addMember } from './management/staff.ts';
import { newSecret } from './management/secrets.ts';
import { openStore } from './store/open-store.ts';

const USAGE = `Usage: PLATFORM_CONFIG=FILE node central-platform/first-administrator.ts --login LOGIN --name NAME

Makes the console's first administrator and prints a one-time password, once. It has to be changed at the first sign-in.
Refused when there is an administrator: they add the others on the page. The platform may run meanwhile.
LOGIN: lower-case letters, digits, dots and dashes. Exit codes: 0 made, 1 refused, 2 usage.`;

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}

export async function main(
  typed: readonly string[],
  say: (line: string) => void = (line) => void process.stdout.write(`${line}\n`),
  complain: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
): Promise<number> {
  const { login = '', name = '', help = false } = options(typed) ?? {};
  if (help || !Login.safeParse(login).success || name.trim() === '' || name.length > 40) {
    (help ? say : complain)(USAGE);
    return help ? 0 : 2;
  }
  const config = loadConfig();
  const opened = config.ok ? await openStore(config.value) : config;
  if (!opened.ok) {
    complain(`${opened.error.code}  ${opened.error.detail ?? ''}`);
    return 1;
  }
  const store = opened.value;
  try {
    const there = (await store.staff.list()).find(({ role, state }) => role === 'administrator' && state === 'active');
    if (there) {
      complain(`there is an administrator already (${there.login}); more are added on the page`);
      return 1;
    }
    const secret = newSecret();
    const parts = { clock: systemClock, store };
    if (!(await addMember(parts, { login, name: name.trim(), role: 'administrator', secret }))) {
      complain(`the login ${login} is taken`);
      return 1;
    }
    await store.audit.append({
      ...{ at: systemClock.now(), actor: 'installation', action: 'staff.firstAdministrator', subject: login },
      detail: {},
    });
    say(`${login}  ${secret}`);
    complain('Shown this once. It has to be changed at the first sign-in.');
    return 0;
  } finally {
    await store.close();
  }
}

function options(typed: readonly string[]) {
  try {
    return parseArgs({
      args: [...typed],
      options: { login: { type: 'string' }, name: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch {
    return undefined;
  }
}
