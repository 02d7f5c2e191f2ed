import { createHash } from 'node:crypto';
import { JIANGZHOU, type CityParameters } from '@kiosk/domain/city.ts';
import { monthOf, type CalendarDate } from '@kiosk/domain/dates.ts';
import type { CoreAccount, CoreStore, CoreUnit, CoreYear, CorePerson } from '../../store/core-store.ts';
import type { Vault } from '../../vault.ts';
import { sealPerson } from '../books.ts';
import { unitName } from './names.ts';
import { generatePerson, UNITS } from './person.ts';

export interface Filled {
  readonly depositors: number;
  readonly accounts: number;
  readonly entries: number;
  readonly loans: number;
}

export interface FillOptions {
  readonly depositors: number;
  readonly seed: number;
  readonly today: CalendarDate;
  readonly city?: CityParameters;
  readonly progress?: (done: number) => void;
}

/** People a transaction: what is in memory at a time. */
const BATCH = 250;

/** What a unit user's certificate hashes to; the key beside it is nobody's. */
export function unitCertificate(unitId: number): string {
  return createHash('sha256').update(`certificate of synthetic unit ${unitId}`).digest('hex');
}

/** Writes depositors 0 … n−1 of a seed into a store that has none of that seed yet. */
export async function fillCore(store: CoreStore, vault: Vault, options: FillOptions): Promise<Filled> {
  const { depositors, seed, today, city = JIANGZHOU, progress } = options;
  if ((await store.people()) === 0) await store.addUnits(units(today, depositors));
  const filled = { depositors: 0, accounts: 0, entries: 0, loans: 0 };
  let writing: Promise<void> = Promise.resolve();
  for (let from = 0; from < depositors; from += BATCH) {
    const people: CorePerson[] = [];
    const accounts: CoreAccount[] = [];
    const years: CoreYear[] = [];
    for (let n = from; n < Math.min(from + BATCH, depositors); n++) {
      const person = generatePerson(seed, n, today, city);
      people.push(sealPerson(vault, person.depositorId, person.secret));
      accounts.push(...person.accounts);
      years.push(...person.years);
      filled.entries += person.entries;
      filled.loans += person.secret.loans.length;
    }
    filled.depositors += people.length;
    filled.accounts += accounts.length;
    // One batch is written while the next is made up, and never two.
    await writing;
    writing = store.addBatch({ people, accounts, years });
    progress?.(filled.depositors);
  }
  await writing;
  return filled;
}

function units(today: CalendarDate, depositors: number): CoreUnit[] {
  return Array.from({ length: UNITS }, (_, unitId) => ({
    unitId,
    unitAccount: `3801${String(200_000 + unitId).padStart(6, '0')}`,
    name: unitName(unitId),
    state: '01',
    paidToMonth: monthOf(today),
    people: Math.ceil(depositors / UNITS),
    certificate: unitId === 0 ? null : unitCertificate(unitId),
  }));
}
