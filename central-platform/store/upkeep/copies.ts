import { rm } from 'node:fs/promises';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import Database from 'better-sqlite3';
import pg from 'pg';
import { postgresTables } from '../engine/postgres.ts';
import { sqliteTables } from '../engine/sqlite.ts';
import type { Db } from '../tables/tables.ts';
import { runClient } from './client-programs.ts';
import { type Heads, prove } from './proof.ts';

/** Where a store is. */
export type Place = { readonly file: string } | { readonly url: string };

/** How copies of one engine are made and put back. Errors: E6110. */
export interface Copies {
  readonly ending: string;
  make(copy: string): Promise<Result<void>>;
  /** Puts a copy back somewhere of its own, compares, and takes that away again. Rows that were compared. */
  proven(copy: string, before: Heads): Promise<Result<number>>;
  /** Puts a copy back for good, where nothing is yet. */
  restore(copy: string, to: string): Promise<Result<void>>;
}

export const copiesOf = (place: Place): Copies =>
  'file' in place ? sqliteCopies(place.file) : postgresCopies(place.url);

function sqliteCopies(file: string): Copies {
  /** SQLite's own way: a sound copy of one moment while others write. */
  async function copy(from: string, to: string): Promise<Result<void>> {
    const source = new Database(from, { readonly: true, fileMustExist: true });
    try {
      await source.backup(to);
    } finally {
      source.close();
    }
    // One file and nothing beside it, until a platform opens it.
    const made = new Database(to);
    made.pragma('journal_mode = DELETE');
    made.close();
    return ok(undefined);
  }
  return {
    ending: 'db',
    make: (to) => caught(() => copy(file, to)),
    proven: (from, before) =>
      caught(async () => {
        const scratch = `${from}.restored`;
        await rm(scratch, { force: true });
        try {
          await copy(from, scratch);
          const database = new Database(scratch);
          const check = String(database.pragma('integrity_check', { simple: true }));
          const foreign = database.pragma('foreign_key_check') as unknown[];
          if (check !== 'ok' || foreign.length > 0) {
            database.close();
            return fail('E6110', `integrity: ${check.slice(0, 200)}; foreign keys: ${foreign.length}`);
          }
          return await provenIn(await sqliteTables(database), before);
        } finally {
          for (const ending of ['', '-wal', '-shm']) await rm(scratch + ending, { force: true });
        }
      }),
    restore: (from, to) => caught(() => copy(from, to)),
  };
}

function postgresCopies(url: string): Copies {
  const back = ['--no-owner', '--no-privileges', '--exit-on-error', '--single-transaction'];
  return {
    ending: 'dump',
    make: (to) => runClient('pg_dump', url, ['--format=custom', '--no-owner', '--no-privileges', `--file=${to}`]),
    proven: (from, before) =>
      caught(async () => {
        const name = `${new URL(url).pathname.slice(1) || 'kiosk'}_proof_${process.pid}`;
        const there = new URL(url);
        there.pathname = `/${name}`;
        await onServer(url, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
        await onServer(url, `CREATE DATABASE "${name}"`);
        try {
          const restored = await runClient('pg_restore', there.href, [...back, from]);
          return restored.ok ? await provenIn(await postgresTables(there.href, 1), before) : restored;
        } finally {
          await onServer(url, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
        }
      }),
    restore: (from, to) => runClient('pg_restore', to, [...back, from]),
  };
}

async function provenIn(db: Db, before: Heads): Promise<Result<number>> {
  try {
    return await prove(db, before);
  } finally {
    await db.destroy();
  }
}

async function onServer(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

async function caught<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    // Of a file or a connection: it says where and why, and quotes no row.
    return fail('E6110', error instanceof Error ? error.message.slice(0, 500) : String(error));
  }
}
