import { ClassicLevel } from 'classic-level';
import { open as openLmdb } from 'lmdb';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { GENESIS, entryDigest, nextLink } from '@kiosk/contract/journal/chain.ts';
import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import { randomBytes } from '@kiosk/contract/journal/random.ts';
import { intl } from '@kiosk/contract/journal/suite/suite.ts';
import { TERMINAL } from './bench-journal.ts';

/** Another store, asked for the same: entries as JSON, salted, chained, and on the disk when the promise is kept. */
export interface Peer {
  commit(entries: readonly EntryData[]): Promise<void> | void;
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
    const salt = randomBytes(16);
    const body = Buffer.from(JSON.stringify({ v: 1, at, data }), 'utf8');
    head = nextLink(intl, head, TERMINAL, 'telemetry', ++seq, entryDigest(intl, salt, body));
    return { seq, at, salt, link: Buffer.from(head, 'hex'), body };
  };
}

/** A store of keys and values keeps an entry as one value. */
const packed = ({ salt, link, body }: Linked): Buffer => Buffer.concat([salt, link, body]);
const keyOf = (seq: number): string => `telemetry ${String(seq).padStart(12, '0')}`;

/** Durable by default: a synchronous transaction answers when it is flushed. */
export function lmdbPeer(folder: string): Peer {
  const db = openLmdb<Buffer, string>({ path: join(folder, 'lmdb'), encoding: 'binary', overlappingSync: false });
  const link = chain();
  return {
    commit: (entries) =>
      db.transactionSync(() => {
        for (const entry of entries.map(link)) void db.put(keyOf(entry.seq), packed(entry));
      }),
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
    close: () => db.close(),
  };
}

/** The runtime's own SQLite with the table and the settings of the journal. */
export function nodeSqlitePeer(folder: string): Peer {
  const db = new DatabaseSync(join(folder, 'node.db'));
  db.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 4000;
    CREATE TABLE entry (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, salt BLOB NOT NULL, link BLOB NOT NULL,
      body BLOB NOT NULL) STRICT`);
  const begin = db.prepare('BEGIN IMMEDIATE');
  const insert = db.prepare('INSERT INTO entry (seq, at, salt, link, body) VALUES (?, ?, ?, ?, ?)');
  const commit = db.prepare('COMMIT');
  const link = chain();
  return {
    commit(entries) {
      begin.run();
      for (const { seq, at, salt, link: after, body } of entries.map(link)) insert.run(seq, at, salt, after, body);
      commit.run();
    },
    close: () => db.close(),
  };
}
