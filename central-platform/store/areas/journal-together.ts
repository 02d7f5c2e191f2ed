import { GENESIS } from '@kiosk/contract/journal/chain.ts';
import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import { sql } from 'kysely';
import { prepared } from '../engine/prepared.ts';
import { together } from '../engine/together.ts';
import { StoreUnavailable } from '../engine/unavailable.ts';
import type { JournalStore, Place } from '../store.ts';
import type { Db } from '../tables/tables.ts';
import { columnsOf } from './append-postgres.ts';

/** Streams in one question: enough that a statement's own cost is nothing, few enough that nobody waits for the last row. */
const MOST = 32;
/** Entries in one append: somebody's single record must not ride with the backlog of many. */
const MOST_ENTRIES = 128;
/** Groups under way: one on its way there, one at work, one on its way back. */
const AT_ONCE = 3;

interface Asked {
  readonly terminalId: string;
  readonly stream: StreamName;
  readonly from: number;
  readonly to: number;
}

type Append = Parameters<JournalStore['append']>[0];

const streamOf = ({ terminalId, stream }: { terminalId: string; stream: string }): string => `${terminalId} ${stream}`;

/**
 * Group commit over terminals: what arrives at the same moment for many streams is one statement and one write to the disk. Heads
 * are taken in one order by everybody, so that processes that append at the same moment wait for each other and never in a circle.
 */
export function journalTogether(db: Db, alone: Pick<JournalStore, 'append'>): Pick<JournalStore, 'place' | 'append'> {
  const findPlaces = prepared<ReturnType<typeof placesOf>, PlaceRow>(
    db,
    (given) => sql`
      SELECT asked.n::int AS n, h.durable_up_to AS "durableUpTo", h.head, k.seq, k.digest, k.link
      FROM unnest(${given.terminalIds}::text[], ${given.streams}::text[], ${given.froms}::bigint[], ${given.tos}::bigint[])
        WITH ORDINALITY AS asked (terminal_id, stream, from_seq, to_seq, n)
      CROSS JOIN LATERAL (
        SELECT durable_up_to, head FROM stream_head
        WHERE stream_head.terminal_id = asked.terminal_id AND stream_head.stream = asked.stream OFFSET 0
      ) AS h
      LEFT JOIN LATERAL (
        SELECT seq, digest, link FROM entry_key
        WHERE entry_key.terminal_id = asked.terminal_id AND entry_key.stream = asked.stream
          AND entry_key.seq >= asked.from_seq AND entry_key.seq <= asked.to_seq
        ORDER BY seq OFFSET 0
      ) AS k ON true
      ORDER BY asked.n, k.seq`,
  );
  const place = together<Asked, Place>({
    most: MOST,
    atOnce: AT_ONCE,
    key: streamOf,
    oneByOne: (error) => !(error instanceof StoreUnavailable),
    async ask(group) {
      const places = group.map(() => ({
        standing: { durableUpTo: 0, head: GENESIS },
        keys: [] as Place['keys'][number][],
      }));
      for (const { n, durableUpTo, head, seq, digest, link } of await findPlaces(placesOf(group))) {
        const its = places[n - 1]!;
        its.standing = { durableUpTo, head };
        if (seq !== null) its.keys.push({ seq, digest: digest!, link: link! });
      }
      return places;
    },
  });

  const appendAll = prepared<ReturnType<typeof givenOf>, { terminalId: string; stream: string }>(
    db,
    (given) => sql`
      WITH batch AS MATERIALIZED (
        SELECT * FROM unnest(
          ${given.terminalIds}::text[], ${given.streams}::text[], ${given.upTos}::bigint[], ${given.heads}::text[],
          ${given.signatures}::bytea[], ${given.ats}::bigint[], ${given.expectedUpTos}::bigint[], ${given.expectedHeads}::text[]
        ) AS batch (terminal_id, stream, durable_up_to, head, signature, received_at, expected_up_to, expected_head)
      ), head AS (
        INSERT INTO stream_head AS there (terminal_id, stream, durable_up_to, head, signature, received_at)
        SELECT terminal_id, stream, durable_up_to, head, signature, received_at FROM batch ORDER BY terminal_id, stream
        ON CONFLICT (terminal_id, stream) DO UPDATE SET
          durable_up_to = excluded.durable_up_to, head = excluded.head,
          signature = excluded.signature, received_at = excluded.received_at
        WHERE EXISTS (
          SELECT 1 FROM batch WHERE batch.terminal_id = there.terminal_id AND batch.stream = there.stream
            AND batch.expected_up_to = there.durable_up_to AND batch.expected_head = there.head
        )
        RETURNING there.terminal_id, there.stream, there.received_at
      ), entry AS MATERIALIZED (
        SELECT head.terminal_id, head.stream, head.received_at,
          given.seq, given.digest, given.link, given.salt, given.body, given.wrapped_key
        FROM unnest(
          ${given.entryTerminals}::text[], ${given.entryStreams}::text[], ${given.seqs}::bigint[], ${given.digests}::text[],
          ${given.links}::text[], ${given.salts}::bytea[], ${given.bodies}::bytea[], ${given.wrappedKeys}::bytea[]
        ) AS given (terminal_id, stream, seq, digest, link, salt, body, wrapped_key)
        JOIN head USING (terminal_id, stream)
      ), keys AS (
        INSERT INTO entry_key (terminal_id, stream, seq, digest, link, received_at)
        SELECT terminal_id, stream, seq, digest, link, received_at FROM entry
      ), bodies AS (
        INSERT INTO entry_body (terminal_id, stream, seq, salt, body, wrapped_key, received_at)
        SELECT terminal_id, stream, seq, salt, body, wrapped_key, received_at FROM entry
      )
      SELECT terminal_id AS "terminalId", stream FROM head`,
  );
  const append = together<Append, boolean>({
    most: MOST_ENTRIES,
    weight: ({ entries }) => entries.length,
    atOnce: AT_ONCE,
    key: streamOf,
    oneByOne: (error) => !(error instanceof StoreUnavailable),
    async ask(group) {
      // Alone, also when a group failed: it knows how to make room for a month that nobody prepared.
      if (group.length === 1) return [await alone.append(group[0]!)];
      const moved = new Set((await appendAll(givenOf(group))).map(streamOf));
      return group.map((batch) => moved.has(streamOf(batch)));
    },
  });

  return {
    place: (terminalId, stream, from, to) => place({ terminalId, stream, from, to }),
    append(batch) {
      const simple = batch.entries.length > 0 && batch.entries.every(({ quarantine }) => quarantine === undefined);
      return simple ? append(batch) : alone.append(batch);
    },
  };
}

interface PlaceRow {
  readonly n: number;
  readonly durableUpTo: number;
  readonly head: string;
  readonly seq: number | null;
  readonly digest: string | null;
  readonly link: string | null;
}

function placesOf(group: readonly Asked[]) {
  return {
    terminalIds: group.map(({ terminalId }) => terminalId),
    streams: group.map(({ stream }) => stream),
    froms: group.map(({ from }) => from),
    tos: group.map(({ to }) => to),
  };
}

function givenOf(group: readonly Append[]) {
  const entries = group.flatMap(({ terminalId, stream, entries }) =>
    entries.map((entry) => ({ ...entry, terminalId, stream })),
  );
  return {
    terminalIds: group.map(({ terminalId }) => terminalId),
    streams: group.map(({ stream }) => stream),
    upTos: group.map(({ entries }) => entries.at(-1)!.seq),
    heads: group.map(({ entries }) => entries.at(-1)!.link),
    signatures: group.map(({ signature }) => signature),
    ats: group.map(({ at }) => at),
    expectedUpTos: group.map(({ expected }) => expected.durableUpTo),
    expectedHeads: group.map(({ expected }) => expected.head),
    entryTerminals: entries.map(({ terminalId }) => terminalId),
    entryStreams: entries.map(({ stream }) => stream),
    ...columnsOf(entries),
  };
}
