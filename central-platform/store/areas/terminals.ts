import type { SecurityStore, Terminal, TerminalStore } from '../store.ts';
import { type TerminalSummary, summaryOf } from '../terminal-summary.ts';
import { inTurn } from '../engine/engine-of.ts';
import { prepared } from '../engine/prepared.ts';
import type { Db } from '../tables/tables.ts';

const COLUMNS = [
  'terminal_id as terminalId',
  'signing_key_pem as signingKeyPem',
  'state',
  'registered_at as registeredAt',
  'last_seen_at as lastSeenAt',
  'heartbeat',
] as const;

type Row = Omit<Terminal, 'heartbeat'> & { readonly heartbeat: string | null };
const fromRow = (row: Row): Terminal => ({
  ...row,
  heartbeat: row.heartbeat === null ? null : (JSON.parse(row.heartbeat) as unknown),
});

export function terminalStore(db: Db): TerminalStore {
  // Every request of a terminal begins with it.
  const byId = prepared(db, ({ terminalId }: { terminalId: string }) =>
    db.selectFrom('terminal').select(COLUMNS).where('terminal_id', '=', terminalId),
  );
  const beat = prepared(db, (given: TerminalSummary & { terminalId: string; at: number; heartbeat: string }) =>
    db
      .updateTable('terminal')
      .set({
        ...{ last_seen_at: given.at, heartbeat: given.heartbeat, condition: given.condition },
        ...{ program_version: given.programVersion, applied_catalogue: given.catalogue },
        ...{ applied_parameters: given.parameters, applied_command: given.command },
      })
      .where('terminal_id', '=', given.terminalId),
  );
  const get = async (terminalId: string, on?: Db): Promise<Terminal | undefined> => {
    const [row] = await byId({ terminalId }, on);
    return row && fromRow(row);
  };
  return {
    get: (terminalId) => get(terminalId),
    async list() {
      return (await db.selectFrom('terminal').select(COLUMNS).orderBy('terminal_id').execute()).map(fromRow);
    },
    register: (terminalId, pem, at) =>
      db.transaction().execute(async (transaction) => {
        await inTurn(transaction, `terminal ${terminalId}`);
        const before = await get(terminalId, transaction);
        await transaction
          .insertInto('terminal')
          .values({ terminal_id: terminalId, signing_key_pem: pem, registered_at: at })
          .onConflict((conflict) => conflict.column('terminal_id').doUpdateSet({ signing_key_pem: pem }))
          .execute();
        return before;
      }),
    async setState(terminalId, state) {
      const done = await db
        .updateTable('terminal')
        .set({ state })
        .where('terminal_id', '=', terminalId)
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    },
    async heartbeat(terminalId, at, content) {
      await beat({ terminalId, at, heartbeat: JSON.stringify(content), ...summaryOf(content) });
    },
  };
}

export function securityStore(db: Db): SecurityStore {
  return {
    async record({ at, code, terminalId, detail }) {
      await db.insertInto('security_event').values({ at, code, terminal_id: terminalId, detail }).execute();
    },
    list: () =>
      db
        .selectFrom('security_event')
        .select(['at', 'code', 'terminal_id as terminalId', 'detail'])
        .orderBy('id', 'desc')
        .limit(500)
        .execute(),
  };
}
