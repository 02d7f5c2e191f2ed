import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EntryData, EntryBody, type EntryType, type StreamName } from '@kiosk/contract/journal/entry.ts';
import Database from 'better-sqlite3';

interface StoredEntry {
  readonly stream: StreamName;
  readonly seq: number;
  readonly body: Buffer;
}

/** A copy taken while a checkpoint runs may not fit together; the next one will. */
const TRIES = 5;

/**
 * Looks into a terminal's journal from outside, as an auditor would: a copy of the disk, without any key. The agent
 * holds the file itself exclusively.
 */
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
    return this.#read()
      .filter((row) => !stream || row.stream === stream)
      .map((row) => EntryBody.parse(JSON.parse(row.body.toString('utf8'))).data);
  }

  #read(tries = TRIES): StoredEntry[] {
    const folder = mkdtempSync(join(tmpdir(), 'journal-copy-'));
    try {
      for (const end of ['', '-wal']) {
        if (existsSync(this.#file + end)) copyFileSync(this.#file + end, join(folder, `journal.db${end}`));
      }
      const db = new Database(join(folder, 'journal.db'));
      const rows = db.prepare('SELECT stream, seq, body FROM entry ORDER BY stream, seq').all() as StoredEntry[];
      db.close();
      return rows;
    } catch (error) {
      if (tries <= 1) throw error;
      return this.#read(tries - 1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}
