import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import Database from 'better-sqlite3';
import pg from 'pg';
import { postgresTables } from '../store/engine/postgres.ts';
import { sqliteTables } from '../store/engine/sqlite.ts';
import { openPostgresStore } from '../store/postgres-store.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { type Db, STEPS } from '../store/tables/tables.ts';
import { startPostgres } from './postgres.ts';
import { whyNoPostgres } from './postgres-programs.ts';

/**
 * A database a test runs on. One loop, and a suite runs on all of them:
 *
 *     for (const { name, skip, open } of engines)
 *       test(`what happens (${name})`, { skip }, async (t) => { const db = await open(t); … });
 */
export interface Engine {
  readonly name: 'sqlite' | 'postgres';
  /** Why it cannot run here, for the option of a test. */
  readonly skip: string | false;
  /** Empty tables of this release; closed and gone after the test. */
  open(t: TestContext): Promise<Db>;
  /** An empty store; closed and gone after the test. */
  openStore(t: TestContext): Promise<Store>;
  /** An empty database of a test by where it is: a file, or a URL as in DATABASE_URL. */
  place(t: TestContext): Promise<{ readonly file: string } | { readonly url: string }>;
}

/** Only SQLite where the machine has no PostgreSQL, told as skipped. KIOSK_TEST_DATABASE_URL or DATABASE_URL names a server to use. */
export const engines: readonly Engine[] = [
  {
    name: 'sqlite',
    skip: false,
    async open(t) {
      const db = await sqliteTables(new Database(':memory:'));
      t.after(() => db.destroy());
      return db;
    },
    async openStore(t) {
      const folder = mkdtempSync(join(tmpdir(), 'store-'));
      const store = must(await openSqliteStore(join(folder, 'platform.db')));
      t.after(async () => {
        await store.close();
        rmSync(folder, { recursive: true, force: true });
      });
      return store;
    },
    async place(t) {
      const folder = mkdtempSync(join(tmpdir(), 'store-'));
      t.after(() => rmSync(folder, { recursive: true, force: true }));
      return { file: join(folder, 'platform.db') };
    },
  },
  {
    name: 'postgres',
    skip: givenUrl() === undefined ? (whyNoPostgres() ?? false) : false,
    async open(t) {
      const url = await freshDatabase(t);
      const db = await postgresTables(url, 4);
      t.after(() => db.destroy());
      return db;
    },
    async openStore(t) {
      const store = must(await openPostgresStore(await freshDatabase(t), { connections: 4 }));
      t.after(() => store.close());
      return store;
    },
    place: async (t) => ({ url: await freshDatabase(t) }),
  },
];

function must<T>(opened: Result<T>): T {
  if (!opened.ok) throw new Error(`${opened.error.code} ${opened.error.detail}`);
  return opened.value;
}

async function freshDatabase(t: TestContext): Promise<string> {
  const { url, drop } = await createDatabase();
  // By force: a test's hooks run in the order they were added in, and whatever uses it is closed after this.
  t.after(drop);
  return url;
}

/** A PostgreSQL database with the tables of this release in it and nothing else; `empty`: not even those. */
export async function createDatabase({ empty = false } = {}): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const urlOf = await (server ??= serverOfThisProcess());
  const template = empty ? 'template0' : await (templateMade ??= makeTemplate(urlOf));
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(urlOf, async (client) => void (await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`)));
  return {
    url: urlOf(name),
    async drop() {
      // A server of this process goes with everything on it.
      if (givenUrl() === undefined) return;
      await onServer(
        urlOf,
        async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
      );
    },
  };
}

type UrlOf = (database: string) => string;
let server: Promise<UrlOf> | undefined;
let templateMade: Promise<string> | undefined;

/** A server that stands for a whole run of tests, or one somebody named. */
function givenUrl(): string | undefined {
  return process.env['KIOSK_TEST_DATABASE_URL'] ?? process.env['DATABASE_URL'];
}

async function serverOfThisProcess(): Promise<UrlOf> {
  const given = givenUrl();
  if (given === undefined) return (await startPostgres()).url;
  return (database) => {
    const url = new URL(given);
    url.pathname = `/${database}`;
    return url.href;
  };
}

/** Making all tables takes longer than copying them. Named after the steps, so that an older one is not taken for it. */
async function makeTemplate(urlOf: UrlOf): Promise<string> {
  const steps = STEPS.map(({ name, up }) => name + up.toString()).join();
  const template = `kiosk_template_${createHash('sha256').update(steps).digest('hex').slice(0, 12)}`;
  await onServer(urlOf, async (client) => {
    // Test files run beside each other on one server.
    await client.query('SELECT pg_advisory_lock(3801)');
    const there = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (there.rowCount !== 0) return;
    const making = `${template}_making`;
    await client.query(`DROP DATABASE IF EXISTS ${making} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${making}`);
    await (await postgresTables(urlOf(making), 1)).destroy();
    await client.query(`ALTER DATABASE ${making} RENAME TO ${template}`);
  });
  return template;
}

async function onServer(urlOf: UrlOf, act: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf('postgres') });
  await client.connect();
  try {
    await act(client);
  } finally {
    await client.end();
  }
}
