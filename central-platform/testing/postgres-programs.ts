import { accessSync, constants, readFileSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const DEBIAN = '/usr/lib/postgresql';
/** The oldest release the platform runs on. */
const OLDEST = 15;

/** The folder with initdb and postgres: Debian keeps them out of PATH, one folder a release. */
export function findPostgres(): string | undefined {
  const debian = entriesOf(DEBIAN)
    .map(Number)
    .filter((release) => release >= OLDEST)
    .sort((a, b) => b - a)
    .map((release) => join(DEBIAN, String(release), 'bin'));
  return [...debian, ...(process.env['PATH'] ?? '').split(delimiter)].find((folder) =>
    ['initdb', 'postgres'].every((program) => isProgram(join(folder, program))),
  );
}

/** PostgreSQL refuses to run as root: then as the user that Debian made for it, or as nobody. */
export function runsAs(): { readonly uid?: number; readonly gid?: number } | undefined {
  if (process.getuid?.() !== 0) return {};
  const people = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = ['postgres', 'nobody'].map((name) => people.find(([one]) => one === name)).find((one) => one);
  return found && { uid: Number(found[2]), gid: Number(found[3]) };
}

/** Why no PostgreSQL can be started here; undefined when one can. */
export function whyNoPostgres(): string | undefined {
  if (process.platform !== 'linux') return 'the test set-up starts PostgreSQL on Linux only';
  if (findPostgres() === undefined) return `no PostgreSQL ${OLDEST} or newer is installed (initdb, postgres)`;
  return runsAs() === undefined ? 'PostgreSQL does not run as root, and there is no other user' : undefined;
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
