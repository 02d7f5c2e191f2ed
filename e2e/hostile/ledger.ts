import Database from 'better-sqlite3';
import { type EntryData, StreamName } from '@kiosk/contract/journal/entry.ts';
import type { DeliveringTerminal } from './terminal.ts';

interface KeptRow {
  readonly seq: number;
  readonly link: string;
  readonly bodies: number;
  readonly body: Buffer | null;
}

/** What the terminal wrote, kept apart from both sides, and the comparison with what the platform has in the end. */
export class Ledger {
  readonly #terminalId: string;
  readonly #marks: Record<StreamName, (string | undefined)[]> = { business: [], audit: [], telemetry: [] };
  readonly #requests = new Set<string>();
  #ratings = 0;
  #n = 0;

  constructor(terminalId: string) {
    this.#terminalId = terminalId;
  }

  get entries(): number {
    return StreamName.options.reduce((sum, stream) => sum + this.#marks[stream].length, 0);
  }

  /** An entry without a mark. */
  wrote(stream: StreamName): void {
    this.#marks[stream].push(undefined);
  }

  /** What one short session leaves: some entries in one or more streams. */
  writeSome(terminal: DeliveringTerminal, random: () => number): void {
    const count = 1 + Math.floor(random() * 6);
    for (let i = 0; i < count; i++) this.#writeOne(terminal, random());
  }

  #writeOne(terminal: DeliveringTerminal, kind: number): void {
    const mark = `session-${++this.#n}`;
    const record = (stream: StreamName, data: EntryData) => {
      terminal.record(data);
      this.#marks[stream].push(mark);
    };
    if (kind < 0.15) {
      const taken = terminal.journal.takeRequest({
        sessionId: mark,
        operationId: `operation-${this.#n}`,
        level: 'L0',
        offline: true,
        form: { item: 'S01', topicId: 'machine' },
      });
      if (!taken.ok) throw new Error(`the journal said ${taken.error.code}`);
      this.#requests.add(taken.value.requestNumber);
      this.#marks.business.push(mark);
    } else if (kind < 0.4) {
      record('business', { type: 'service.rated', sessionId: mark, score: 'satisfied' });
      this.#ratings++;
    } else if (kind < 0.75) record('audit', { type: 'session.opened', sessionId: mark, mode: 'depositor' });
    else record('telemetry', { type: 'step.timed', sessionId: mark, step: 'overview', milliseconds: 1 });
  }

  /** Streams of which the terminal counts more as delivered than is on the platform's disk at this moment. */
  overtrusted(file: string, terminal: DeliveringTerminal): string[] {
    const db = new Database(file, { readonly: true });
    try {
      const kept = db
        .prepare<[string, string], number>('SELECT durable_up_to FROM stream_head WHERE terminal_id = ? AND stream = ?')
        .pluck();
      return StreamName.options.flatMap((stream) => {
        const { acknowledgedSeq } = terminal.standing(stream);
        const has = kept.get(this.#terminalId, stream) ?? 0;
        return acknowledgedSeq > has
          ? [`${stream}: counts ${acknowledgedSeq} as delivered, the platform has ${has}`]
          : [];
      });
    } finally {
      db.close();
    }
  }

  /** Everything that is wrong with the platform's store, its process stopped. */
  compare(file: string, terminal: DeliveringTerminal): string[] {
    const db = new Database(file, { readonly: true });
    try {
      return [
        ...StreamName.options.flatMap((stream) => this.#compareStream(db, stream, terminal)),
        ...this.#compareEffects(db),
        ...this.#compareAlarms(db),
      ];
    } finally {
      db.close();
    }
  }

  #compareStream(db: Database.Database, stream: StreamName, terminal: DeliveringTerminal): string[] {
    const wrong: string[] = [];
    const marks = this.#marks[stream];
    const { headSeq, acknowledgedSeq, stopped } = terminal.standing(stream);
    if (headSeq !== marks.length) wrong.push(`${stream}: the journal holds ${headSeq}, written were ${marks.length}`);
    if (acknowledgedSeq !== headSeq) wrong.push(`${stream}: ${headSeq - acknowledgedSeq} still wait`);
    if (stopped !== null) wrong.push(`${stream}: stopped with ${stopped}`);
    const rows = db
      .prepare<[string, string], KeptRow>(
        `SELECT k.seq, k.link, count(b.id) AS bodies, b.body FROM entry_key k
         LEFT JOIN entry_body b ON b.terminal_id = k.terminal_id AND b.stream = k.stream AND b.seq = k.seq
         WHERE k.terminal_id = ? AND k.stream = ? GROUP BY k.seq ORDER BY k.seq`,
      )
      .all(this.#terminalId, stream);
    if (rows.length !== marks.length) wrong.push(`${stream}: the platform holds ${rows.length} of ${marks.length}`);
    for (const [i, { seq, link, bodies, body }] of rows.entries()) {
      const where = `${stream} ${seq}`;
      if (seq !== i + 1) wrong.push(`${where}: stands at place ${i + 1}`);
      if (bodies !== 1) wrong.push(`${where}: kept ${bodies} times`);
      const own = terminal.journal.withOutbox((outbox) => outbox.headAt(stream, seq));
      if (!own.ok || own.value !== link) wrong.push(`${where}: another link than in the journal`);
      const mark = marks[i];
      if (mark !== undefined && !body?.includes(`"${mark}"`)) wrong.push(`${where}: is not what was written there`);
      if (wrong.length > 5) break;
    }
    const head = db
      .prepare<[string, string], { durable_up_to: number; head: string }>(
        'SELECT durable_up_to, head FROM stream_head WHERE terminal_id = ? AND stream = ?',
      )
      .get(this.#terminalId, stream);
    if (head && (head.durable_up_to !== marks.length || head.head !== rows.at(-1)?.link)) {
      wrong.push(`${stream}: the head stands at ${head.durable_up_to}, not behind the last entry`);
    }
    return wrong;
  }

  #compareEffects(db: Database.Database): string[] {
    const wrong: string[] = [];
    const numbers = db.prepare<[], string>('SELECT request_number FROM request').pluck().all();
    if (numbers.length !== this.#requests.size || numbers.some((number) => !this.#requests.has(number))) {
      wrong.push(`${numbers.length} requests came of ${this.#requests.size}`);
    }
    const ratings = db.prepare<[], number>('SELECT count(*) FROM rating').pluck().get();
    if (ratings !== this.#ratings) wrong.push(`${ratings} ratings came of ${this.#ratings}`);
    const aside = db.prepare<[], number>('SELECT count(*) FROM quarantine').pluck().get();
    if (aside !== 0) wrong.push(`${aside} entries were set aside`);
    return wrong;
  }

  /** A gap is news of a network that reorders; anything else would accuse an honest terminal. */
  #compareAlarms(db: Database.Database): string[] {
    return db
      .prepare<[], { code: string; detail: string }>(`SELECT code, detail FROM security_event WHERE code <> 'E6203'`)
      .all()
      .slice(0, 5)
      .map(({ code, detail }) => `the platform raised ${code}: ${detail}`);
  }
}
