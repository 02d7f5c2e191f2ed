import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { MIGRATIONS } from '@kiosk/sync-agent/journal/schema.ts';
import { BACKUP_FOLDER, type PromiseMade } from './promises.ts';

/** Copies of the journal that are whole, and a name that belongs to one that is not. */
export interface Copies {
  /** Schemas of which the copy before a migration is there. */
  readonly schemas: ReadonlySet<number>;
  /** Generations of the backup, in their order. */
  readonly backups: readonly string[];
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
    if (isWhole(join(dataDir, name), version)) schemas.add(version);
    else damaged = name;
  }
  const folder = join(dataDir, BACKUP_FOLDER);
  const backups: string[] = [];
  for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
    if (!name.endsWith('.db')) continue;
    if (isWhole(join(folder, name), MIGRATIONS.length)) backups.push(name);
    else damaged = name;
  }
  return { schemas, backups, damaged };
}

function isWhole(file: string, version: number): boolean {
  try {
    const db = new Database(file, { readonly: true });
    try {
      const found = db.pragma('quick_check(1)', { simple: true }) === 'ok';
      return found && db.pragma('user_version', { simple: true }) === version;
    } finally {
      db.close();
    }
  } catch {
    return false;
  }
}

export function missingCopy(
  made: Extract<PromiseMade, { kind: 'older' | 'backup' }>,
  { schemas, backups, damaged }: Copies,
): string | undefined {
  if (damaged !== undefined) return `${damaged} is not whole`;
  if (made.kind === 'backup') {
    return (backups.at(-1) ?? '') >= made.name ? undefined : `the backup ${made.name} is gone, and none is newer`;
  }
  for (let version = made.version; version < MIGRATIONS.length; version++) {
    if (!schemas.has(version)) return `schema ${version} was left behind without a copy`;
  }
  return undefined;
}
