import { type RawBuilder, sql } from 'kysely';
import { type FleetNow, type FleetRow, type FleetStore, HEALTHS, type Health } from '../fleet-store.ts';
import type { Terminal } from '../store.ts';
import type { Db } from '../tables/tables.ts';

const APPLIED = {
  catalogue: 'applied_catalogue',
  parameters: 'applied_parameters',
  command: 'applied_command',
} as const;

/** A terminal's state as its place in HEALTHS: without placeholders, so that PostgreSQL knows it again when it groups by it. */
function rankOf({ silentSince, stopped }: FleetNow): RawBuilder<number> {
  const [silent, fault, still, warning, never, ready, revoked] = HEALTHS.map((_, rank) => sql.lit(rank));
  return sql<number>`CASE
    WHEN t.state = 'revoked' THEN ${revoked}
    WHEN t.last_seen_at IS NULL THEN ${never}
    WHEN t.last_seen_at < ${sql.lit(Math.round(silentSince))} THEN ${silent}
    WHEN t.condition = 'fault' THEN ${fault}
    ${stopped ? sql`WHEN t.state = 'admitted' THEN ${still}` : sql``}
    WHEN t.condition = 'warning' THEN ${warning}
    ELSE ${ready} END`;
}

export function fleetStore(db: Db): FleetStore {
  const placed = () => db.selectFrom('terminal as t').leftJoin('terminal_place as p', 'p.terminal_id', 't.terminal_id');
  const rows = (now: FleetNow) =>
    placed().select([
      't.terminal_id as terminalId',
      't.signing_key_pem as signingKeyPem',
      't.state',
      't.registered_at as registeredAt',
      't.last_seen_at as lastSeenAt',
      't.heartbeat',
      'p.branch_id as branchId',
      'p.hall',
      'p.x',
      'p.y',
      rankOf(now).as('rank'),
    ]);

  return {
    async counts(now) {
      const rank = rankOf(now);
      const found = await db
        .selectFrom('terminal as t')
        .select((e) => [rank.as('rank'), e.fn.countAll<number>().as('amount')])
        .groupBy(rank)
        .execute();
      const amounts = new Map(found.map(({ rank: of, amount }) => [Number(of), Number(amount)]));
      return Object.fromEntries(HEALTHS.map((health, of) => [health, amounts.get(of) ?? 0])) as Record<Health, number>;
    },
    async page({ health, branchId, words, after, limit, ...now }) {
      const rank = rankOf(now);
      let asked = rows(now).orderBy('rank').orderBy('t.terminal_id').limit(limit);
      if (health !== undefined) asked = asked.where(rank, '=', HEALTHS.indexOf(health));
      if (branchId !== undefined) asked = asked.where('p.branch_id', '=', branchId);
      if (words !== undefined) {
        const part = `%${words.text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
        const like = (column: RawBuilder<unknown>) => sql<boolean>`lower(${column}) LIKE ${part} ESCAPE '\\'`;
        asked = asked.where((e) =>
          e.or([
            like(sql`t.terminal_id`),
            like(sql`p.hall`),
            like(sql`t.program_version`),
            ...(words.branchIds.length > 0 ? [e('p.branch_id', 'in', words.branchIds)] : []),
          ]),
        );
      }
      if (after !== undefined) {
        const of = HEALTHS.indexOf(after.health);
        asked = asked.where((e) =>
          e.or([e(rank, '>', of), e.and([e(rank, '=', of), e('t.terminal_id', '>', after.terminalId)])]),
        );
      }
      return (await asked.execute()).map(rowOf);
    },
    async one(terminalId, now) {
      const row = await rows(now).where('t.terminal_id', '=', terminalId).executeTakeFirst();
      return row && rowOf(row);
    },
    async spots(now) {
      const rank = rankOf(now);
      const found = await placed()
        .select((e) => [
          ...(['p.branch_id as branchId', 'p.x', 'p.y', 't.state'] as const),
          rank.as('rank'),
          e.fn.countAll<number>().as('amount'),
          e.fn.min('t.terminal_id').as('terminalId'),
        ])
        .groupBy(['p.branch_id', 'p.x', 'p.y', 't.state', rank])
        .execute();
      return found.map(({ branchId, x, y, state, rank: of, amount, terminalId }) => ({
        ...{ branchId, position: positionOf(x, y), health: HEALTHS[Number(of)]!, admitted: state === 'admitted' },
        ...{ amount: Number(amount), terminalId },
      }));
    },
    async programs() {
      const found = await db
        .selectFrom('terminal')
        .select((e) => ['program_version as version', e.fn.countAll<number>().as('terminals')])
        .where('program_version', 'is not', null)
        .groupBy('program_version')
        .orderBy('program_version', 'desc')
        .execute();
      return found.map(({ version, terminals }) => ({ version: version!, terminals: Number(terminals) }));
    },
    async applied(kind) {
      const found = await db
        .selectFrom('terminal')
        .select((e) => [`${APPLIED[kind]} as version` as const, e.fn.countAll<number>().as('terminals')])
        .where('state', '=', 'admitted')
        .groupBy(APPLIED[kind])
        .execute();
      return found.map(({ version, terminals }) => ({ version: Number(version ?? 0), terminals: Number(terminals) }));
    },
    async appliedBy(terminalIds) {
      if (terminalIds.length === 0) return new Map();
      const found = await db
        .selectFrom('terminal')
        .select([
          ...(['terminal_id as terminalId', 'state', 'applied_catalogue as catalogue'] as const),
          ...(['applied_parameters as parameters', 'applied_command as command'] as const),
        ])
        .where('terminal_id', 'in', terminalIds)
        .execute();
      return new Map(
        found.map(({ terminalId, state, ...rest }) => [terminalId, { admitted: state === 'admitted', ...rest }]),
      );
    },
    async activeSince(since) {
      const found = await db
        .selectFrom('terminal')
        .select((e) => [
          e.fn.sum<number | null>(e.case().when('state', '=', 'admitted').then(1).else(0).end()).as('registered'),
          e.fn.sum<number | null>(e.case().when('last_seen_at', '>=', since).then(1).else(0).end()).as('active'),
        ])
        .executeTakeFirstOrThrow();
      return { registered: Number(found.registered ?? 0), active: Number(found.active ?? 0) };
    },
  };
}

type Row = Omit<Terminal, 'heartbeat'> & {
  readonly heartbeat: string | null;
  readonly branchId: string | null;
  readonly hall: string | null;
  readonly x: number | null;
  readonly y: number | null;
  readonly rank: number;
};

function rowOf({ branchId, hall, x, y, rank, heartbeat, ...terminal }: Row): FleetRow {
  return {
    terminal: { ...terminal, heartbeat: heartbeat === null ? null : (JSON.parse(heartbeat) as unknown) },
    ...{ health: HEALTHS[Number(rank)]!, branchId, hall, position: positionOf(x, y) },
  };
}

const positionOf = (x: number | null, y: number | null) => (x === null || y === null ? null : { x, y });
