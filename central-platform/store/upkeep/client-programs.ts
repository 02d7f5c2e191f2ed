import { execFile } from 'node:child_process';
import { access, constants, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';

const DEBIAN = '/usr/lib/postgresql';
const run = promisify(execFile);

/** Runs pg_dump or pg_restore of the newest release that is installed. Errors: E6110 with what to do. */
export async function runClient(
  program: 'pg_dump' | 'pg_restore',
  url: string,
  args: readonly string[],
): Promise<Result<void>> {
  const file = await find(program);
  if (file === undefined) {
    return fail(
      'E6110',
      `${program} is not installed: install Debian's postgresql-client, of the server's release or newer`,
    );
  }
  const { shown, env } = withoutPassword(url);
  try {
    await run(file, [`--dbname=${shown}`, ...args], { env, maxBuffer: 16 * 1024 * 1024 });
    return ok(undefined);
  } catch (error) {
    const said = String((error as { stderr?: unknown }).stderr ?? error).trim();
    return fail('E6110', `${program}: ${said.slice(0, 500)}`);
  }
}

/** Whoever lists the processes of a machine reads what they were called with. */
function withoutPassword(url: string): { readonly shown: string; readonly env: NodeJS.ProcessEnv } {
  const parsed = new URL(url);
  const password = decodeURIComponent(parsed.password) || parsed.searchParams.get('password');
  if (!password) return { shown: url, env: process.env };
  parsed.password = '';
  parsed.searchParams.delete('password');
  return { shown: parsed.href, env: { ...process.env, PGPASSWORD: password } };
}

async function find(program: string): Promise<string | undefined> {
  const releases = await readdir(DEBIAN).catch(() => []);
  const debian = releases.sort((a, b) => Number(b) - Number(a)).map((release) => join(DEBIAN, release, 'bin'));
  for (const folder of [...debian, ...(process.env['PATH'] ?? '').split(delimiter)]) {
    const file = join(folder, program);
    const there = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (there) return file;
  }
  return undefined;
}
