import { addDays, addMonths, dayNumber, firstDay, monthOf, shanghaiDate } from '@kiosk/domain/dates.ts';
import { sql } from 'kysely';
import type { Db } from '../tables/tables.ts';
import { inTurn } from './engine-of.ts';
import { StoreUnavailable } from './unavailable.ts';

/** What the parts of each stream's bodies hold: a month or a day of receipt, China time. */
export const PART_OF = { business: 'month', audit: 'month', telemetry: 'day' } as const;
export type PartStream = keyof typeof PART_OF;

/** Parts made before they are needed. */
const AHEAD = { month: 2, day: 7 } as const;
/** China has had one time zone since 1949, without summer time since 1992. */
const CHINA_MS = 8 * 3_600_000;

export interface Part {
  readonly name: string;
  /** Times of receipt in it: from, inside, to, outside. */
  readonly from: number;
  readonly to: number;
}

/** PostgreSQL only: makes the parts for a time of receipt and those that come next, where they are not there. */
export async function makeRoomFor(db: Db, at: number): Promise<void> {
  for (const stream of Object.keys(PART_OF) as PartStream[]) {
    const wanted = partsFrom(stream, at);
    const there = new Set((await partsOf(db, stream)).map(({ name }) => name));
    for (const part of wanted.filter(({ name }) => !there.has(name))) await makePart(db, stream, part);
  }
}

/** Oldest first. */
export async function partsOf(db: Db, stream: PartStream): Promise<readonly Part[]> {
  const { rows } = await sql<{ name: string; bound: string }>`
    SELECT c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bound
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = to_regclass(${parentOf(stream)}) ORDER BY c.relname`.execute(db);
  return rows.map(({ name, bound }) => {
    const [, from, to] = /FROM \('(\d+)'\) TO \('(\d+)'\)/.exec(bound) ?? [];
    return { name, from: Number(from), to: Number(to) };
  });
}

const parentOf = (stream: PartStream): string => `entry_body_${stream}`;

function partsFrom(stream: PartStream, at: number): readonly Part[] {
  const unit = PART_OF[stream];
  const today = shanghaiDate(at);
  return Array.from({ length: AHEAD[unit] + 1 }, (_, n) => {
    const first = unit === 'month' ? firstDay(addMonths(monthOf(today), n)) : addDays(today, n);
    const next = unit === 'month' ? firstDay(addMonths(monthOf(first), 1)) : addDays(first, 1);
    const label = unit === 'month' ? monthOf(first) : first;
    return { name: `${parentOf(stream)}_${label.replaceAll('-', '_')}`, from: startOf(first), to: startOf(next) };
  });
}

const DAY_MS = 86_400_000;
const startOf = (date: string): number => dayNumber(date) * DAY_MS - CHINA_MS;

/**
 * A table of its own, attached when it is ready: unlike CREATE … PARTITION OF this waits for nobody who reads, such as a
 * backup, and nobody who writes waits for it.
 */
async function makePart(db: Db, stream: PartStream, { name, from, to }: Part): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await inTurn(transaction, 'parts of entry_body');
    const { rows } = await sql`SELECT 1 FROM pg_class WHERE oid = to_regclass(${name})`.execute(transaction);
    if (rows.length > 0) return;
    const [part, parent] = [sql.id(name), sql.id(parentOf(stream))];
    await sql`CREATE TABLE ${part} (LIKE ${parent} INCLUDING DEFAULTS)`.execute(transaction);
    await sql`ALTER TABLE ${parent} ATTACH PARTITION ${part}
      FOR VALUES FROM (${sql.lit(from)}) TO (${sql.lit(to)})`.execute(transaction);
  });
}

/** Waits no longer for whoever reads a part; it goes the next time. */
const LOCK_WAIT = '2s';

/**
 * PostgreSQL only: drops the parts that end before a time. What a person has to decide about is put aside first; a part with a
 * business entry that was not projected stays whole.
 */
export async function dropParts(db: Db, stream: PartStream, before: number) {
  const old = (await partsOf(db, stream)).filter(({ to }) => to <= before);
  const dropped: string[] = [];
  const kept: string[] = [];
  for (const { name } of old) {
    try {
      if (await dropPart(db, stream, name)) dropped.push(name);
      else kept.push(`${name}: not projected`);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      kept.push(`${name}: in use`);
    }
  }
  return { dropped: dropped.join(' '), kept: kept.length === 0 ? null : kept.join('; '), more: false };
}

async function dropPart(db: Db, stream: PartStream, name: string): Promise<boolean> {
  const part = sql.id(name);
  return db.transaction().execute(async (transaction) => {
    await inTurn(transaction, 'parts of entry_body');
    await sql`SET LOCAL lock_timeout = ${sql.lit(LOCK_WAIT)}`.execute(transaction);
    if (stream === 'business') {
      const { rows } = await sql`
        SELECT 1 FROM ${part} b LEFT JOIN projection_place p USING (terminal_id)
        WHERE b.seq > coalesce(p.told, 0) LIMIT 1`.execute(transaction);
      if (rows.length > 0) return false;
    }
    await sql`
      INSERT INTO quarantined_body (terminal_id, stream, seq, salt, body, wrapped_key)
      SELECT b.terminal_id, b.stream, b.seq, b.salt, b.body, b.wrapped_key
      FROM ${part} b JOIN quarantine q USING (terminal_id, stream, seq) ON CONFLICT DO NOTHING`.execute(transaction);
    await sql`DROP TABLE ${part}`.execute(transaction);
    return true;
  });
}
