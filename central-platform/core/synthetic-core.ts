import { createHash } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { JIANGZHOU, type CityParameters } from '@kiosk/domain/city.ts';
import { shanghaiDate, type CalendarDate } from '@kiosk/domain/dates.ts';
import { syntheticPeople, type SyntheticPerson } from '@kiosk/domain/synthetic.ts';
import type { CoreStore } from '../store/core-store.ts';
import type { Vault } from '../vault.ts';
import { actsInMemory, actsInStore, type NewAct } from './act-book.ts';
import { withActs, withdrawalAct, type Act } from './acts.ts';
import { idHashOf, inUseFirst, readDepositor } from './books.ts';
import type { BookedWithdrawal, CoreSystem, Depositor } from './core-system.ts';
import { historyPage } from './history.ts';

export interface SyntheticCoreParts {
  /** Depositors generated into it, and where changes are noted; without it there are the few of the demonstration, and changes end with the process. */
  readonly books?: { readonly store: CoreStore; readonly vault: Vault } | undefined;
  readonly city?: CityParameters;
}

/** Two changes at once of one person want the same place; the later one looks again. */
const TRIES = 20;

/** The invented depositors of 江州市: a few with stories, booked up to today, and as many as were generated into the store. */
export function syntheticCore(clock: Clock, { books, city = JIANGZHOU }: SyntheticCoreParts = {}): CoreSystem {
  const acts = books ? actsInStore(books.store, books.vault) : actsInMemory();
  let day: CalendarDate = '';
  let people: readonly Depositor[] = [];
  const today = (): CalendarDate => shanghaiDate(clock.now());
  const withStories = (): readonly Depositor[] => {
    const date = today();
    if (date !== day) [day, people] = [date, syntheticPeople(date).map(asDepositor)];
    return people;
  };

  async function asBooked(depositorId: string): Promise<Depositor | undefined> {
    const known = withStories().find((person) => person.depositorId === depositorId);
    if (known || !books) return known;
    const person = await books.store.personById(depositorId);
    return person && readDepositor(books.store, books.vault, person, city, today());
  }

  async function asOfNow(depositor: Depositor | undefined): Promise<Depositor | undefined> {
    if (!depositor) return undefined;
    const done = await acts.of(depositor.depositorId);
    return withActs(
      depositor,
      done.map(({ act }) => act),
    );
  }

  /** Once for ever a reference, in order for a person. */
  async function change(
    reference: string,
    depositorId: string,
    asked: unknown,
    decide: (depositor: Depositor) => Result<Act>,
  ): Promise<Result<NewAct>> {
    const askedHash = createHash('sha256').update(JSON.stringify(asked)).digest('hex');
    for (let tries = 0; tries < TRIES; tries++) {
      const known = await acts.byReference(reference);
      if (known) return known.askedHash === askedHash ? ok(known) : fail('E3307');
      const booked = await asBooked(depositorId);
      if (!booked) return fail('E3304');
      const before = await acts.of(depositorId);
      const decided = decide(
        withActs(
          booked,
          before.map(({ act }) => act),
        ),
      );
      if (!decided.ok) return decided;
      const place = before.length + 1;
      const next: NewAct = { reference, depositorId, place, at: clock.now(), askedHash, act: decided.value };
      if (await acts.add(next)) return ok(next);
    }
    throw new Error('a change found no place: others were always faster');
  }

  return {
    async findByIdNumber(idNumber) {
      const known = withStories().find((person) => person.idNumber === idNumber && person.accounts.length > 0);
      if (known || !books) return ok(await asOfNow(known));
      const person = await books.store.personByHash(idHashOf(books.vault, idNumber));
      return ok(await asOfNow(person && (await readDepositor(books.store, books.vault, person, city, today()))));
    },
    get: async (depositorId) => ok(await asOfNow(await asBooked(depositorId))),
    async history(depositorId, accountNumber, query) {
      const depositor = await asOfNow(await asBooked(depositorId));
      const account = depositor?.accounts.find((one) => one.accountNumber === accountNumber);
      return account ? ok(historyPage(account.entries, query)) : fail('E3304');
    },
    async unitByCertificate(fingerprint) {
      const unit = await books?.store.unitByCertificate(fingerprint);
      return ok(unit);
    },
    async withdraw(order) {
      const { reference, depositorId, accountNumber, reason, amountFen, closes } = order;
      const asked = { accountNumber, reason, amountFen, closes };
      const done = await change(reference, depositorId, asked, (depositor) =>
        withdrawalAct(depositor, order, today(), city),
      );
      if (!done.ok) return done;
      return booked(done.value, await asOfNow(await asBooked(depositorId)));
    },
    async withdrawal(depositorId, reference) {
      const known = await acts.byReference(reference);
      if (known?.act.kind !== 'withdrawal' || known.depositorId !== depositorId) return ok(undefined);
      return booked(known, await asOfNow(await asBooked(depositorId)));
    },
    async changePhone({ reference, depositorId, phone }) {
      const done = await change(reference, depositorId, { phone }, () => ok({ kind: 'phone', phone }));
      return done.ok ? ok() : done;
    },
    async changePayoutCard({ reference, depositorId, card }) {
      const done = await change(reference, depositorId, { card }, () => ok({ kind: 'card', card }));
      return done.ok ? ok() : done;
    },
  };
}

function booked({ reference, act }: NewAct, depositor: Depositor | undefined): Result<BookedWithdrawal> {
  if (act.kind !== 'withdrawal') return fail('E3307');
  const { accountNumber, date, amountFen, interestFen } = act;
  const account = depositor?.accounts.find((one) => one.accountNumber === accountNumber);
  if (!account) return fail('E3304');
  const principalFen = amountFen - interestFen;
  return ok({ reference, accountNumber, date, principalFen, interestFen, balanceFen: account.balanceFen });
}

function asDepositor({ key, name, idNumber, phone, accounts, loans }: SyntheticPerson): Depositor {
  return {
    depositorId: key,
    name,
    certificateKind: 'residentId',
    idNumber,
    phone,
    payoutCard: null,
    accounts: inUseFirst(accounts),
    loans,
  };
}
