import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { MIGRATIONS } from '@kiosk/sync-agent/journal/file/schema.ts';
import { BACKUP_FOLDER, type PromiseMade } from './promises.ts';

/** Copies of the journal beside it. */
export interface Copies {
  /** Schemas of which the copy before a migration is there. */
  readonly schemas: ReadonlySet<number>;
  /** Generations of the backup, in their order. */
  readonly backups: readonly string[];
  /** A copy that is not whole, and why. */
  readonly damaged: string | undefined;
}

const NONE: Copies = { schemas: new Set(), backups: [], damaged: undefined };

/** Looks at the copies beside a journal that was opened, where the workload ever made one. */
export function copiesIn(dataDir: string, ever: readonly PromiseMade[]): Copies {
  if (!ever.some(({ kind }) => kind === 'older' || kind === 'backup')) return NONE;
  let damaged: string | undefined;
  const schemas = new Set<number>();
  for (let version = 1; version < MIGRATIONS.length; version++) {
    const name = `journal.db.v${version}.bak`;
    if (!existsSync(join(dataDir, name))) continue;
    const problem = problemOf(join(dataDir, name), version);
    if (problem === undefined) schemas.add(version);
    else damaged = `${name}: ${problem}`;
  }
  const folder = join(dataDir, BACKUP_FOLDER);
  const backups: string[] = [];
  for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
    if (!name.endsWith('.db')) continue;
    const problem = problemOf(join(folder, name), MIGRATIONS.length);
    if (problem === undefined) backups.push(name);
    else damaged = `${name}: ${problem}`;
  }
  return { schemas, backups, damaged };
}

function problemOf(file: string, version: number): string | undefined {
  try {
    const db = new Database(file, { readonly: true });
    try {
      const damage: unknown = db.pragma('quick_check(1)', { simple: true });
      const found: unknown = db.pragma('user_version', { simple: true });
      if (damage !== 'ok') return String(damage);
      return found === version ? undefined : `it has schema ${String(found)} instead of ${version}`;
    } finally {
      db.close();
    }
  } catch (error) {
    return String(error);
  }
}

export function missingCopy(
  made: Extract<PromiseMade, { kind: 'older' | 'backup' }>,
  { schemas, backups, damaged }: Copies,
): string | undefined {
  if (damaged !== undefined) return `a copy is not whole: ${damaged}`;
  if (made.kind === 'backup') {
    return (backups.at(-1) ?? '') >= made.name ? undefined : `the backup ${made.name} is gone, and none is newer`;
  }
  for (let version = made.version; version < MIGRATIONS.length; version++) {
    if (!schemas.has(version)) return `schema ${version} was left behind without a copy`;
  }
  return undefined;
}
