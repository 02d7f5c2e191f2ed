import { type EntryData, EntryBody, type EntryType, type StreamName } from '@kiosk/contract/journal/entry.ts';
import Database from 'better-sqlite3';

/** Looks into a terminal's journal from outside, as an auditor would: read-only, without any key. */
export class JournalReader {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** Entries of one kind, oldest first. */
  all<T extends EntryType>(type: T): Extract<EntryData, { type: T }>[] {
    return this.entries().filter((e): e is Extract<EntryData, { type: T }> => e.type === type);
  }

  entries(stream?: StreamName): EntryData[] {
    const db = new Database(this.#file, { readonly: true });
    try {
      const rows = db.prepare('SELECT stream, seq, body FROM entry ORDER BY stream, seq').all() as {
        stream: StreamName;
        body: Buffer;
      }[];
      return rows
        .filter((row) => !stream || row.stream === stream)
        .map((row) => EntryBody.parse(JSON.parse(row.body.toString('utf8'))).data);
    } finally {
      db.close();
    }
  }
}
