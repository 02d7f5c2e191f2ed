import Database from 'better-sqlite3';
import type { KeyObject } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EntryBody, RequestPerson } from '@kiosk/contract/journal/entry.ts';
import { openJson, unwrapKey } from '@kiosk/contract/journal/sealing.ts';
import { Store } from '@kiosk/sync-agent/journal/file/store.ts';
import { type StreamVerdict, verifyAll } from '@kiosk/sync-agent/journal/chain/verify.ts';

/** A request as the centre can read it. `person` null: left without one; `unreadable`: sealed for another key, or altered. */
export interface RecoveredRequest {
  readonly seq: number;
  /** UTC ms of the terminal's clock. */
  readonly at: number;
  readonly requestNumber: string;
  readonly form: unknown;
  readonly person: RequestPerson | null | 'unreadable' | 'key destroyed';
}

export interface Recovered {
  readonly terminalId: string;
  readonly verdicts: readonly StreamVerdict[];
  readonly requests: readonly RecoveredRequest[];
}

/**
 * Reads the journal of a terminal that is gone: the file (with its log, when it is there) and the centre's private key
 * are enough. Works on a copy, because opening a journal changes it. Throws what SQLite throws when it is no journal.
 */
export function recover(file: string, centreKey: KeyObject): Recovered {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-recover-'));
  const copy = join(folder, 'journal.db');
  try {
    for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, copy + end);
    const db = new Database(copy, { fileMustExist: true });
    try {
      const terminalId = db.prepare<[], string>('SELECT terminal_id FROM terminal').pluck().get()!;
      const verdicts = verifyAll(new Store(db), terminalId);
      const rows = db.prepare<[], Row>('SELECT seq, at, body, key_centre FROM entry_business ORDER BY seq').all();
      return { terminalId, verdicts, requests: rows.flatMap((row) => request(row, centreKey)) };
    } finally {
      db.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Row {
  readonly seq: number;
  readonly at: number;
  readonly body: Buffer;
  readonly key_centre: Buffer | null;
}

function request({ seq, at, body, key_centre }: Row, centreKey: KeyObject): readonly RecoveredRequest[] {
  const parsed = EntryBody.safeParse(JSON.parse(body.toString('utf8')));
  if (!parsed.success || parsed.data.data.type !== 'request.submitted') return [];
  const { requestNumber, form, person: sealed } = parsed.data.data;
  const person = (): RecoveredRequest['person'] => {
    if (!sealed) return null;
    if (!key_centre) return 'key destroyed';
    try {
      return RequestPerson.parse(openJson(unwrapKey(centreKey, key_centre), sealed));
    } catch {
      return 'unreadable';
    }
  };
  return [{ seq, at, requestNumber, form, person: person() }];
}
