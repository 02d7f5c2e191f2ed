import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import { entryTable } from '../file/schema.ts';
import type { WrappedKeys } from './seal.ts';
import type { Store } from '../file/store.ts';
import { forEachStream } from './streams.ts';

export interface Row {
  readonly seq: number;
  readonly at: number;
  readonly requests: number;
  readonly salt: Buffer;
  readonly link: Buffer;
  readonly body: Buffer;
  readonly keys?: WrappedKeys | undefined;
}

/** Writes rows of the entry tables. All of it inside `store.write`. */
export interface EntryRows {
  insert(stream: StreamName, row: Row): void;
  /** Rows inserted by `work` wait for each other; the last are in the table before this returns. */
  together<T>(work: () => T): T;
  /** Nothing waits any more. */
  flush(): void;
}

/** Running a statement costs more than one row of it: with 16 rows each costs half, with more no less. */
const ROWS_TOGETHER = 16;
const COLUMNS = ['seq', 'at', 'requests', 'salt', 'link', 'body'];
const SEALED_COLUMNS = [...COLUMNS, 'key_terminal', 'key_centre'];

export function entryRows(store: Store): EntryRows {
  const prepare = (columns: readonly string[], rows = 1) =>
    forEachStream((stream) => {
      const row = `(${columns.map(() => '?').join()})`;
      const values = Array.from({ length: rows }, () => row).join();
      return store.db.prepare(`INSERT INTO ${entryTable(stream)} (${columns.join()}) VALUES ${values}`);
    });
  const one = prepare(COLUMNS);
  const sealed = prepare(SEALED_COLUMNS);
  const many = prepare(COLUMNS, ROWS_TOGETHER);
  const waiting = forEachStream((): Row[] => []);
  const queues = Object.entries(waiting) as [StreamName, Row[]][];
  let collecting = false;

  function write(stream: StreamName, { seq, at, requests, salt, link, body, keys }: Row): void {
    if (keys) sealed[stream].run(seq, at, requests, salt, link, body, keys.forTerminal, keys.forCentre);
    else one[stream].run(seq, at, requests, salt, link, body);
  }

  function writeMany(stream: StreamName, rows: readonly Row[]): void {
    const values: unknown[] = [];
    for (const { seq, at, requests, salt, link, body } of rows) values.push(seq, at, requests, salt, link, body);
    many[stream].run(...values);
  }

  function flush(): void {
    for (const [stream, rows] of queues) {
      for (const row of rows) write(stream, row);
      rows.length = 0;
    }
  }

  return {
    insert(stream, row) {
      if (!collecting) return write(stream, row);
      const rows = waiting[stream];
      rows.push(row);
      if (row.keys) return flush();
      if (rows.length < ROWS_TOGETHER) return;
      writeMany(stream, rows);
      rows.length = 0;
    },
    together(work) {
      collecting = true;
      try {
        const done = work();
        flush();
        return done;
      } finally {
        collecting = false;
        // After a throw the transaction is undone, and they with it.
        for (const [, rows] of queues) rows.length = 0;
      }
    },
    flush,
  };
}
