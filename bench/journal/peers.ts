import { ClassicLevel } from 'classic-level';
import { open as openLmdb } from 'lmdb';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { GENESIS, entryDigest, nextLink } from '@kiosk/contract/journal/chain.ts';
import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import { randomSalt } from '@kiosk/contract/journal/random.ts';
import { intl } from '@kiosk/contract/journal/suite/suite.ts';
import { TERMINAL } from './bench-journal.ts';

/** Another store, asked for the same: entries as JSON, salted, chained, and on the disk when the promise is kept. */
export interface Peer {
  commit(entries: readonly EntryData[]): Promise<void> | void;
  /** Sequences as they stand in the store, in its order. */
  stored(): Promise<readonly number[]> | readonly number[];
  close(): Promise<void> | void;
}

interface Linked {
  readonly seq: number;
  readonly at: number;
  readonly salt: Buffer;
  readonly link: Buffer;
  readonly body: Buffer;
}

/** What the journal does to an entry before it stores it. */
function chain(): (data: EntryData) => Linked {
  let seq = 0;
  let head = GENESIS;
  return (data) => {
    const at = Date.now();
    const salt = randomSalt();
    const body = Buffer.from(JSON.stringify({ v: 1, at, data }), 'utf8');
    head = nextLink(intl, head, TERMINAL, 'telemetry', ++seq, entryDigest(intl, salt, body));
    return { seq, at, salt, link: Buffer.from(head, 'hex'), body };
  };
}

/** A store of keys and values keeps an entry as one value. */
const packed = ({ salt, link, body }: Linked): Buffer => Buffer.concat([salt, link, body]);
const keyOf = (seq: number): string => `telemetry ${String(seq).padStart(12, '0')}`;
const seqOf = (key: string): number => Number(key.slice('telemetry '.length));

/** Durable by default: a synchronous transaction answers when it is flushed. */
export function lmdbPeer(folder: string): Peer {
  const db = openLmdb<Buffer, string>({ path: join(folder, 'lmdb'), encoding: 'binary', overlappingSync: false });
  const link = chain();
  return {
    commit: (entries) =>
      db.transactionSync(() => {
        for (const entry of entries.map(link)) void db.put(keyOf(entry.seq), packed(entry));
      }),
    stored: () => [...db.getKeys()].map(seqOf),
    close: () => db.close(),
  };
}

export async function classicLevelPeer(folder: string): Promise<Peer> {
  const db = new ClassicLevel<string, Buffer>(join(folder, 'level'), { valueEncoding: 'buffer' });
  await db.open();
  const link = chain();
  return {
    commit: (entries) =>
      db.batch(
        entries.map(link).map((entry) => ({ type: 'put' as const, key: keyOf(entry.seq), value: packed(entry) })),
        { sync: true },
      ),
    stored: async () => (await db.keys().all()).map(seqOf),
    close: () => db.close(),
  };
}

const ROW = '(?, ?, ?, ?, ?, ?)';

/**
 * The runtime's own SQLite with the table and the settings of the journal, which are read back as the journal does.
 * `together`: rows a statement.
 */
export function nodeSqlitePeer(folder: string, together: 1 | 16): Peer {
  const db = new DatabaseSync(join(folder, `node-${together}.db`));
  db.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 4000; PRAGMA secure_delete = ON;
    CREATE TABLE entry (seq INTEGER PRIMARY KEY CHECK (seq > 0), at INTEGER NOT NULL, requests INTEGER NOT NULL,
      salt BLOB NOT NULL, link BLOB NOT NULL, key_terminal BLOB, key_centre BLOB, body BLOB NOT NULL) STRICT`);
  const settings = ['locking_mode', 'journal_mode', 'synchronous', 'wal_autocheckpoint'];
  const found = settings.map((name) => Object.values(db.prepare(`PRAGMA ${name}`).get()!)[0]).join();
  if (found !== 'exclusive,wal,2,4000') throw new Error(`the settings of node:sqlite did not take: ${found}`);
  const begin = db.prepare('BEGIN IMMEDIATE');
  const insertInto = 'INSERT INTO entry (seq, at, requests, salt, link, body) VALUES';
  const one = db.prepare(`${insertInto} ${ROW}`);
  const many = db.prepare(`${insertInto} ${Array.from({ length: together }, () => ROW).join()}`);
  const commit = db.prepare('COMMIT');
  const link = chain();
  const valuesOf = ({ seq, at, salt, link: after, body }: Linked) => [seq, at, 0, salt, after, body];
  return {
    commit(entries) {
      begin.run();
      const linked = entries.map(link);
      let done = 0;
      if (together > 1) {
        for (; done + together <= linked.length; done += together) {
          many.run(...linked.slice(done, done + together).flatMap(valuesOf));
        }
      }
      for (const { seq, at, salt, link: after, body } of linked.slice(done)) one.run(seq, at, 0, salt, after, body);
      commit.run();
    },
    stored: () =>
      db
        .prepare('SELECT seq FROM entry ORDER BY seq')
        .all()
        .map((row) => Number(row['seq'])),
    close: () => db.close(),
  };
}
