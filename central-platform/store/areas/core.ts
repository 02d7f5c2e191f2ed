import { z } from 'zod';
import { ACCOUNT_KINDS } from '@kiosk/domain/account.ts';
import { ACCOUNT_STATES } from '@kiosk/domain/code-tables.ts';
import type { Insertable } from 'kysely';
import type { CoreAccount, CoreAct, CoreBatch, CoreStore, CoreUnit } from '../core-store.ts';
import type { CoreTables } from '../tables/core.ts';
import type { Db } from '../tables/tables.ts';
import { packEntries, unpackEntries } from './core-entries.ts';

/** SQLite takes 32,766 values in one statement, PostgreSQL 65,535. */
const VALUES = 30_000;

const Ratio = z.object({ numerator: z.number(), denominator: z.number() });
const Facts = z.object({
  kind: z.enum(Object.keys(ACCOUNT_KINDS) as [keyof typeof ACCOUNT_KINDS]),
  state: z.enum(Object.keys(ACCOUNT_STATES) as [keyof typeof ACCOUNT_STATES]),
  openedOn: z.string(),
  baseFen: z.number(),
  unitRatio: Ratio,
  personRatio: Ratio,
  unitMonthlyFen: z.number(),
  personMonthlyFen: z.number(),
  paidToMonth: z.string().nullable(),
  frozenFen: z.number(),
  sealedSince: z.string().nullable(),
});

export function coreStore(db: Db): CoreStore {
  const person = () => db.selectFrom('core_person').select(['depositor_id', 'id_hash', 'sealed']);
  return {
    async personById(depositorId) {
      return personOf(await person().where('depositor_id', '=', depositorId).executeTakeFirst());
    },
    async personByHash(idHash) {
      return personOf(await person().where('id_hash', '=', idHash).executeTakeFirst());
    },
    async accounts(depositorId) {
      const rows = await db
        .selectFrom('core_account')
        .innerJoin('core_unit', 'core_unit.unit_id', 'core_account.unit_id')
        .select(['core_account.place', 'core_account.unit_id', 'core_account.facts'])
        .select(['core_unit.unit_account', 'core_unit.name'])
        .where('depositor_id', '=', depositorId)
        .orderBy('place')
        .execute();
      return rows.map(({ place, unit_id: unitId, facts, unit_account: unitAccount, name }) => {
        const account: CoreAccount = { depositorId, place, unitId, ...Facts.parse(JSON.parse(facts)) };
        return { ...account, unitAccount, name };
      });
    },
    async years(depositorId) {
      const rows = await db
        .selectFrom('core_year')
        .selectAll()
        .where('depositor_id', '=', depositorId)
        .orderBy('place')
        .orderBy('fund_year')
        .execute();
      return rows.map(({ place, fund_year: fundYear, opening_fen: openingFen, entries }) => ({
        depositorId,
        place,
        fundYear,
        openingFen,
        entries: unpackEntries(fundYear, entries),
      }));
    },
    async unitByCertificate(fingerprint) {
      const row = await db
        .selectFrom('core_unit')
        .selectAll()
        .where('certificate', '=', fingerprint)
        .executeTakeFirst();
      return row && unitOf(row);
    },
    async addUnits(units) {
      for (const part of inParts(units, 7)) await db.insertInto('core_unit').values(part.map(unitRow)).execute();
    },
    addBatch: (batch) => db.transaction().execute((transaction) => addAll(transaction, batch)),
    async acts(depositorId) {
      const rows = await db
        .selectFrom('core_act')
        .selectAll()
        .where('depositor_id', '=', depositorId)
        .orderBy('place')
        .execute();
      return rows.map(actOf);
    },
    async act(reference) {
      const row = await db.selectFrom('core_act').selectAll().where('reference', '=', reference).executeTakeFirst();
      return row && actOf(row);
    },
    async addAct({ reference, depositorId, place, at, askedHash, sealed }) {
      const added = await db
        .insertInto('core_act')
        .values({ reference, depositor_id: depositorId, place, at, asked_hash: askedHash, sealed })
        .onConflict((conflict) => conflict.doNothing())
        .returning('reference')
        .executeTakeFirst();
      return added !== undefined;
    },
    async people() {
      const { count } = await db
        .selectFrom('core_person')
        .select((e) => e.fn.countAll().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
  };
}

async function addAll(db: Db, { people, accounts, years }: CoreBatch): Promise<void> {
  const persons = people.map(({ depositorId, idHash, sealed }) => ({
    depositor_id: depositorId,
    id_hash: idHash,
    sealed,
  }));
  for (const part of inParts(persons, 3)) await db.insertInto('core_person').values(part).execute();
  for (const part of inParts(accounts, 4)) await db.insertInto('core_account').values(part.map(accountRow)).execute();
  for (const part of inParts(years, 5)) {
    const rows = part.map(({ depositorId, place, fundYear, openingFen, entries }) => ({
      depositor_id: depositorId,
      place,
      fund_year: fundYear,
      opening_fen: openingFen,
      entries: packEntries(entries),
    }));
    await db.insertInto('core_year').values(rows).execute();
  }
}

function* inParts<T>(rows: readonly T[], columns: number): Iterable<readonly T[]> {
  const size = Math.floor(VALUES / columns);
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}

function accountRow({ depositorId, place, unitId, ...facts }: CoreAccount): Insertable<CoreTables['core_account']> {
  return { depositor_id: depositorId, place, unit_id: unitId, facts: JSON.stringify(facts) };
}

function unitRow({ unitId, unitAccount, name, state, paidToMonth, people, certificate }: CoreUnit) {
  return { unit_id: unitId, unit_account: unitAccount, name, state, paid_to: paidToMonth, people, certificate };
}

function unitOf(row: CoreTables['core_unit']): CoreUnit {
  const { unit_id: unitId, unit_account: unitAccount, name, state, paid_to: paidToMonth, people, certificate } = row;
  return { unitId, unitAccount, name, state, paidToMonth, people, certificate };
}

function personOf(row: CoreTables['core_person'] | undefined) {
  return row && { depositorId: row.depositor_id, idHash: row.id_hash, sealed: row.sealed };
}

function actOf(row: CoreTables['core_act']): CoreAct {
  const { reference, depositor_id: depositorId, place, at, asked_hash: askedHash, sealed } = row;
  return { reference, depositorId, place, at, askedHash, sealed };
}
