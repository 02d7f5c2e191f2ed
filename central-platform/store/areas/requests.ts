import type { Insertable, Selectable } from 'kysely';
import type {
  CardCheck,
  CaseRow,
  CaseState,
  Confirmation,
  ContactCheck,
  NewCase,
  RequestStore,
} from '../request-store.ts';
import type { RequestTables } from '../tables/requests.ts';
import type { Db } from '../tables/tables.ts';

const OPEN: readonly CaseState[] = ['arrived', 'identityMissing', 'needs', 'withPerson', 'registered'];

export function requestStore(db: Db): RequestStore {
  const cases = () => db.selectFrom('request_case').selectAll();
  const confirmation = async (terminalId: string, operationId: string) => {
    const row = await db
      .selectFrom('request_confirmation')
      .selectAll()
      .where('terminal_id', '=', terminalId)
      .where('operation_id', '=', operationId)
      .executeTakeFirst();
    return row && confirmationOf(row);
  };
  const cardCheck = async (checkId: string) => {
    const row = await db.selectFrom('card_check').selectAll().where('check_id', '=', checkId).executeTakeFirst();
    return row && cardOf(row);
  };
  return {
    async arrive(row) {
      const added = await db
        .insertInto('request_case')
        .values(valuesOf(row))
        .onConflict((conflict) => conflict.column('request_number').doNothing())
        .returning('request_number')
        .executeTakeFirst();
      return added !== undefined;
    },
    async get(requestNumber) {
      const row = await cases().where('request_number', '=', requestNumber).executeTakeFirst();
      return row && caseOf(row);
    },
    ofPerson: async (idHash, limit) =>
      (
        await cases()
          .where('id_hash', '=', idHash)
          .orderBy('received_at', 'desc')
          .orderBy('request_number', 'desc')
          .limit(limit)
          .execute()
      ).map(caseOf),
    async list({ state, item, dueBefore }, limit, before) {
      let wanted = cases().orderBy('received_at', 'desc').orderBy('request_number', 'desc').limit(limit);
      if (state !== undefined) wanted = wanted.where('state', '=', state);
      if (item !== undefined) wanted = wanted.where('item', '=', item);
      if (dueBefore !== undefined) wanted = wanted.where('due_on', '<', dueBefore).where('state', 'in', OPEN);
      if (before !== undefined) {
        const dot = before.indexOf('.');
        const [at, number] = [Number(before.slice(0, dot)), before.slice(dot + 1)];
        wanted = wanted.where(({ or, and, eb }) =>
          or([eb('received_at', '<', at), and([eb('received_at', '=', at), eb('request_number', '<', number)])]),
        );
      }
      return (await wanted.execute()).map(caseOf);
    },
    due: async (at, limit) =>
      (
        await cases().where('wake_at', '<=', at).orderBy('wake_at').orderBy('request_number').limit(limit).execute()
      ).map(caseOf),
    async claim({ requestNumber, version }, until) {
      const taken = await db
        .updateTable('request_case')
        .set({ version: version + 1, wake_at: until })
        .where('request_number', '=', requestNumber)
        .where('version', '=', version)
        .executeTakeFirst();
      return taken.numUpdatedRows === 1n;
    },
    move: ({ requestNumber, version }, to, { at, by, act, event }) =>
      db.transaction().execute(async (transaction) => {
        const moved = await transaction
          .updateTable('request_case')
          .set({
            ...{ version: version + 1, state: to.state, depositor_id: to.depositorId, due_on: to.dueOn },
            ...{ decided_at: to.decidedAt, wake_at: to.wakeAt, content: Buffer.from(to.content) },
          })
          .where('request_number', '=', requestNumber)
          .where('version', '=', version)
          .executeTakeFirst();
        if (moved.numUpdatedRows !== 1n) return false;
        await transaction
          .insertInto('request_step')
          .values({ request_number: requestNumber, at, by, act, event: Buffer.from(event) })
          .execute();
        return true;
      }),
    async wake(requestNumber, at) {
      await db
        .updateTable('request_case')
        .set({ wake_at: at })
        .where('request_number', '=', requestNumber)
        .where('state', 'in', OPEN)
        .execute();
    },
    steps: (requestNumber) =>
      db
        .selectFrom('request_step')
        .select(['at', 'by', 'act', 'event'])
        .where('request_number', '=', requestNumber)
        .orderBy('id')
        .execute(),
    async confirm(given) {
      const { terminalId, operationId, depositorId, item, formHash, level, agent, signature, at } = given;
      await db
        .insertInto('request_confirmation')
        .values({
          ...{ terminal_id: terminalId, operation_id: operationId, depositor_id: depositorId, item },
          ...{ form_hash: formHash, level, agent, at, signature: signature && Buffer.from(signature) },
        })
        .onConflict((conflict) => conflict.columns(['terminal_id', 'operation_id']).doNothing())
        .execute();
      return (await confirmation(terminalId, operationId)) ?? given;
    },
    confirmation,
    async addContactCheck({ checkId, terminalId, depositorId, phoneHash, phoneMasked, codeHash, ...rest }) {
      await db
        .insertInto('contact_check')
        .values({
          ...{ check_id: checkId, terminal_id: terminalId, depositor_id: depositorId, phone_hash: phoneHash },
          ...{ phone_masked: phoneMasked, code_hash: codeHash, created_at: rest.createdAt },
          ...{ expires_at: rest.expiresAt, proven_at: rest.provenAt },
        })
        .execute();
    },
    async contactCheck(checkId) {
      const row = await db.selectFrom('contact_check').selectAll().where('check_id', '=', checkId).executeTakeFirst();
      return row && contactOf(row);
    },
    async openContactCheck(depositorId, at) {
      const row = await db
        .selectFrom('contact_check')
        .selectAll()
        .where('depositor_id', '=', depositorId)
        .where('proven_at', 'is', null)
        .where('expires_at', '>', at)
        .orderBy('created_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && contactOf(row);
    },
    async proveContact(checkId, at) {
      const done = await db
        .updateTable('contact_check')
        .set({ proven_at: at })
        .where('check_id', '=', checkId)
        .where('proven_at', 'is', null)
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    },
    async addCardCheck(check) {
      const { checkId, depositorId, cardHash, verified, bankName, at } = check;
      await db
        .insertInto('card_check')
        .values({
          ...{ check_id: checkId, depositor_id: depositorId, card_hash: cardHash },
          ...{ verified: Number(verified), bank_name: bankName, at },
        })
        .onConflict((conflict) => conflict.column('check_id').doNothing())
        .execute();
      return (await cardCheck(checkId)) ?? check;
    },
    cardCheck,
  };
}

function valuesOf(row: NewCase): Insertable<RequestTables['request_case']> {
  return {
    ...{ request_number: row.requestNumber, operation_id: row.operationId, terminal_id: row.terminalId },
    ...{ channel_id: row.channelId, item: row.item, offline: Number(row.offline), id_hash: row.idHash },
    ...{ depositor_id: null, state: row.state, version: 1, received_at: row.receivedAt, due_on: row.dueOn },
    ...{ decided_at: null, wake_at: row.wakeAt, asked: Buffer.from(row.asked), content: Buffer.from(row.content) },
  };
}

function caseOf(row: Selectable<RequestTables['request_case']>): CaseRow {
  return {
    requestNumber: row.request_number,
    operationId: row.operation_id,
    terminalId: row.terminal_id,
    channelId: row.channel_id,
    item: row.item,
    offline: row.offline === 1,
    idHash: row.id_hash,
    depositorId: row.depositor_id,
    state: row.state as CaseState,
    version: row.version,
    receivedAt: row.received_at,
    dueOn: row.due_on,
    decidedAt: row.decided_at,
    wakeAt: row.wake_at,
    asked: row.asked,
    content: row.content,
  };
}

function confirmationOf(row: Selectable<RequestTables['request_confirmation']>): Confirmation {
  return {
    terminalId: row.terminal_id,
    operationId: row.operation_id,
    depositorId: row.depositor_id,
    item: row.item,
    formHash: row.form_hash,
    level: row.level as Confirmation['level'],
    agent: row.agent as Confirmation['agent'],
    signature: row.signature,
    at: row.at,
  };
}

function contactOf(row: Selectable<RequestTables['contact_check']>): ContactCheck {
  return {
    checkId: row.check_id,
    terminalId: row.terminal_id,
    depositorId: row.depositor_id,
    phoneHash: row.phone_hash,
    phoneMasked: row.phone_masked,
    codeHash: row.code_hash,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    provenAt: row.proven_at,
  };
}

const cardOf = (row: Selectable<RequestTables['card_check']>): CardCheck => ({
  checkId: row.check_id,
  depositorId: row.depositor_id,
  cardHash: row.card_hash,
  verified: row.verified === 1,
  bankName: row.bank_name,
  at: row.at,
});
