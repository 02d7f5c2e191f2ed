import type { Store } from '../file/store.ts';

/** What of the offline limits is used up. All of it inside `store.read` or `store.write`. */
export interface OfflineUse {
  /** Sum of the requests not acknowledged yet that move money, in fen. */
  waitingAmountFen(): number;
  /** Requests that one person (keyed hash) left offline on a day. */
  ofPerson(day: string, person: string): number;
  noteAmount(seq: number, amountFen: number): void;
  /** Who left something on another day is forgotten with it. */
  notePerson(day: string, person: string): void;
}

export function offlineUse({ db }: Store): OfflineUse {
  const sum = db
    .prepare<[], number>(
      `SELECT coalesce(sum(amount_fen), 0) FROM request_amount
       WHERE seq > (SELECT acknowledged_seq FROM stream WHERE name = 'business')`,
    )
    .pluck();
  const count = db
    .prepare<[string, string], number>('SELECT taken FROM person_day WHERE day = ? AND person = ?')
    .pluck();
  const insert = db.prepare('INSERT INTO request_amount (seq, amount_fen) VALUES (?, ?)');
  const raise = db.prepare(
    `INSERT INTO person_day (day, person, taken) VALUES (?, ?, 1)
     ON CONFLICT (day, person) DO UPDATE SET taken = taken + 1`,
  );
  const forget = db.prepare('DELETE FROM person_day WHERE day <> ?');
  return {
    waitingAmountFen: () => sum.get()!,
    ofPerson: (day, person) => count.get(day, person) ?? 0,
    noteAmount: (seq, amountFen) => void insert.run(seq, amountFen),
    notePerson(day, person) {
      forget.run(day);
      raise.run(day, person);
    },
  };
}
