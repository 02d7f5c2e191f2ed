import { sql } from 'kysely';
import { makeRoomFor } from '../engine/partitions.ts';
import { prepared } from '../engine/prepared.ts';
import type { JournalStore, NewEntry } from '../store.ts';
import type { Db } from '../tables/tables.ts';

/** check_violation: here, that no part of entry_body is for this time of receipt. */
const NO_PART = '23514';

/**
 * One statement, so one way there and back, and a row lock on the head for no longer than it takes. Processes that append to one
 * stream at the same moment wait for each other at the head; whoever comes second finds it moved and writes nothing.
 */
export function postgresAppend(db: Db): JournalStore['append'] {
  const append = prepared<Given, { moved: number }>(
    db,
    (given) => sql`
      WITH head AS (
        INSERT INTO stream_head (terminal_id, stream, durable_up_to, head, signature, received_at)
        VALUES (${given.terminalId}, ${given.stream}, ${given.durableUpTo}, ${given.head}, ${given.signature}, ${given.at})
        ON CONFLICT (terminal_id, stream) DO UPDATE SET
          durable_up_to = excluded.durable_up_to, head = excluded.head,
          signature = excluded.signature, received_at = excluded.received_at
        WHERE stream_head.durable_up_to = ${given.expectedUpTo} AND stream_head.head = ${given.expectedHead}
        RETURNING terminal_id, stream, received_at
      ), entry AS MATERIALIZED (
        SELECT head.terminal_id, head.stream, head.received_at, given.*
        FROM head, unnest(
          ${given.seqs}::bigint[], ${given.digests}::text[], ${given.links}::text[],
          ${given.salts}::bytea[], ${given.bodies}::bytea[], ${given.wrappedKeys}::bytea[]
        ) AS given (seq, digest, link, salt, body, wrapped_key)
      ), keys AS (
        INSERT INTO entry_key (terminal_id, stream, seq, digest, link, received_at)
        SELECT terminal_id, stream, seq, digest, link, received_at FROM entry
      ), bodies AS (
        INSERT INTO entry_body (terminal_id, stream, seq, salt, body, wrapped_key, received_at)
        SELECT terminal_id, stream, seq, salt, body, wrapped_key, received_at FROM entry
      ), aside AS (
        INSERT INTO quarantine (terminal_id, stream, seq, code, reason, at)
        SELECT head.terminal_id, head.stream, set_aside.seq, set_aside.code, set_aside.reason, head.received_at
        FROM head, unnest(${given.asideSeqs}::bigint[], ${given.asideCodes}::text[], ${given.asideReasons}::text[])
          AS set_aside (seq, code, reason)
        ON CONFLICT DO NOTHING
      )
      SELECT count(*) AS moved FROM head`,
  );
  return async (batch) => {
    const last = batch.entries.at(-1);
    if (!last) return true;
    const given = givenOf(batch, last);
    try {
      return (await append(given))[0]?.moved === 1;
    } catch (error) {
      if ((error as { code?: unknown }).code !== NO_PART) throw error;
      // Ahead of time as a rule; a clock that jumped must not keep an entry out.
      await makeRoomFor(db, batch.at);
      return (await append(given))[0]?.moved === 1;
    }
  };
}

type Batch = Parameters<JournalStore['append']>[0];
type Given = ReturnType<typeof givenOf>;

/** Entries as PostgreSQL takes many at once: an array a column. */
export function columnsOf(entries: readonly NewEntry[]) {
  return {
    seqs: entries.map(({ seq }) => seq),
    digests: entries.map(({ digest }) => digest),
    links: entries.map(({ link }) => link),
    salts: entries.map(({ salt }) => salt),
    bodies: entries.map(({ body }) => body),
    wrappedKeys: entries.map(({ wrappedKey }) => wrappedKey),
  };
}

function givenOf({ terminalId, stream, expected, entries, signature, at }: Batch, last: Batch['entries'][number]) {
  const aside = entries.flatMap(({ seq, quarantine }) => (quarantine ? [{ seq, ...quarantine }] : []));
  return {
    terminalId,
    stream,
    signature,
    at,
    durableUpTo: last.seq,
    head: last.link,
    expectedUpTo: expected.durableUpTo,
    expectedHead: expected.head,
    ...columnsOf(entries),
    asideSeqs: aside.map(({ seq }) => seq),
    asideCodes: aside.map(({ code }) => code),
    asideReasons: aside.map(({ reason }) => reason),
  };
}
