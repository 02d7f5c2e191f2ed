import { EntryBody } from '@kiosk/contract/journal/entry.ts';
import { parseRequestNumber } from '@kiosk/domain/request-number.ts';
import type { Store } from '../file/store.ts';

/** What an entry says beside the chain: read from its own bytes, so that tables lost with a disk come back from entries. */
export interface Replay {
  /** Inside `store.write`. Returns the number of the request it numbered, if it did. */
  apply(seq: number, body: Buffer): number | undefined;
  /** Forgets what entries of the business stream after `seq` had said. */
  undoAfter(seq: number): void;
}

export function replay({ db }: Store): Replay {
  const request = db.prepare(
    'INSERT OR REPLACE INTO request (operation_id, request_number, offline, seq) VALUES (?, ?, ?, ?)',
  );
  const intend = db.prepare('INSERT OR IGNORE INTO intent (operation_id, session_id, intended_seq) VALUES (?, ?, ?)');
  const settle = db.prepare('UPDATE intent SET settled_seq = ?, outcome = ?, reconciled = ? WHERE operation_id = ?');
  // A command of the centre that was received is never carried out again, also not by a terminal that has forgotten it.
  const received = db.prepare('INSERT OR IGNORE INTO remote_command (version, name) VALUES (?, ?)');
  const carriedOut = db.prepare('UPDATE remote_command SET outcome = ?, code = ? WHERE version = ?');
  const newestCommand = db.prepare(
    `INSERT INTO downlink (name, version, json) VALUES ('command', ?, '')
     ON CONFLICT (name) DO UPDATE SET version = max(version, excluded.version)`,
  );
  const close = db.prepare('INSERT OR REPLACE INTO day_close (number, day, content) VALUES (?, ?, ?)');
  const undo = [
    db.prepare<[number]>('DELETE FROM request WHERE seq > ?'),
    db.prepare<[number]>('DELETE FROM request_amount WHERE seq > ?'),
    db.prepare<[number]>('DELETE FROM intent WHERE intended_seq > ?'),
    db.prepare<[number]>('UPDATE intent SET settled_seq = NULL, outcome = NULL, reconciled = 0 WHERE settled_seq > ?'),
  ];
  return {
    apply(seq, bytes) {
      const data = bodyOf(bytes)?.data;
      switch (data?.type) {
        case 'request.submitted': {
          request.run(data.operationId, data.requestNumber, data.offline ? 1 : 0, seq);
          const number = parseRequestNumber(data.requestNumber);
          return number.ok ? number.value.counter : undefined;
        }
        case 'operation.intended':
          intend.run(data.operationId, data.sessionId, seq);
          return undefined;
        case 'operation.settled':
          settle.run(seq, data.outcome, data.reconciled === true ? 1 : 0, data.operationId);
          return undefined;
        case 'command.received':
          received.run(data.version, data.name);
          newestCommand.run(data.version);
          return undefined;
        case 'command.settled':
          carriedOut.run(data.outcome, data.code ?? null, data.version);
          return undefined;
        case 'day.closed':
          close.run(data.close.number, data.close.day, JSON.stringify(data.close));
          return undefined;
        default:
          return undefined;
      }
    },
    undoAfter: (seq) => {
      for (const statement of undo) statement.run(seq);
    },
  };
}

/** undefined: a body of another release that this one does not understand. It is kept all the same. */
export function bodyOf(bytes: Buffer): EntryBody | undefined {
  try {
    return EntryBody.safeParse(JSON.parse(bytes.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
