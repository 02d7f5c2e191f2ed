import { createHash } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { JIANGZHOU, type CityParameters } from '@kiosk/domain/city.ts';
import { shanghaiDate, type CalendarDate } from '@kiosk/domain/dates.ts';
import { syntheticLoanPlans } from '@kiosk/domain/synthetic-loans.ts';
import { syntheticPeople, type SyntheticPerson } from '@kiosk/domain/synthetic.ts';
import type { CoreStore } from '../store/core-store.ts';
import type { Vault } from '../vault.ts';
import { actsInMemory, actsInStore, type NewAct } from './act-book.ts';
import { withActs, type Act } from './acts.ts';
import { type Booked, idHashOf, inUseFirst, readDepositor } from './books.ts';
import type { BookedRepayment, BookedTransfer, BookedWithdrawal, CoreSystem, Depositor } from './core-system.ts';
import { historyPage } from './history.ts';
import { withOffices } from './offices.ts';
import { repaymentAct, transferAct, withdrawalAct } from './money-acts.ts';

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
  let people: readonly Booked[] = [];
  const today = (): CalendarDate => shanghaiDate(clock.now());
  const withStories = (): readonly Booked[] => {
    const date = today();
    if (date !== day) [day, people] = [date, syntheticPeople(date).map((person) => fromStory(person, date))];
    return people;
  };

  async function asBooked(depositorId: string): Promise<Booked | undefined> {
    const known = withStories().find(({ depositor }) => depositor.depositorId === depositorId);
    if (known || !books) return known;
    const person = await books.store.personById(depositorId);
    return person && readDepositor(books.store, books.vault, person, city, today());
  }

  const led = (booked: Booked, done: readonly NewAct[]): Depositor => {
    const given = done.map(({ act }) => act);
    const now = withActs(booked, given, city, today());
    return { ...now, accounts: now.accounts.map(withOffices) };
  };

  const asOfNow = async (booked: Booked | undefined): Promise<Depositor | undefined> =>
    booked && led(booked, await acts.of(booked.depositor.depositorId));
  const nowOf = async (depositorId: string): Promise<Depositor | undefined> => asOfNow(await asBooked(depositorId));

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
      const decided = decide(led(booked, before));
      if (!decided.ok) return decided;
      const place = before.length + 1;
      const next: NewAct = { reference, depositorId, place, at: clock.now(), askedHash, act: decided.value };
      if (await acts.add(next)) return ok(next);
    }
    throw new Error('a change found no place: others were always faster');
  }

  return {
    async findByIdNumber(idNumber) {
      const known = withStories().find(
        ({ depositor }) => depositor.idNumber === idNumber && depositor.accounts.length > 0,
      );
      if (known || !books) return ok(await asOfNow(known));
      const person = await books.store.personByHash(idHashOf(books.vault, idNumber));
      return ok(await asOfNow(person && (await readDepositor(books.store, books.vault, person, city, today()))));
    },
    get: async (depositorId) => ok(await nowOf(depositorId)),
    async history(depositorId, accountNumber, query) {
      const depositor = await nowOf(depositorId);
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
      return booked(done.value, await nowOf(depositorId));
    },
    async withdrawal(depositorId, reference) {
      const known = await acts.byReference(reference);
      if (known?.act.kind !== 'withdrawal' || known.depositorId !== depositorId) return ok(undefined);
      return booked(known, await nowOf(depositorId));
    },
    async repayEarly(order) {
      const { reference, depositorId, loanNumber, amountFen, keep, accountNumber } = order;
      const asked = { loanNumber, amountFen, keep, accountNumber };
      const done = await change(reference, depositorId, asked, (depositor) =>
        repaymentAct(depositor, order, today(), city),
      );
      return done.ok ? repaid(done.value, await nowOf(depositorId)) : done;
    },
    async transfer(order) {
      const { reference, depositorId, accountNumber, from } = order;
      const done = await change(reference, depositorId, { accountNumber, from }, (depositor) =>
        transferAct(depositor, order, today(), city),
      );
      return done.ok ? transferred(done.value, await nowOf(depositorId)) : done;
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

function repaid({ reference, act }: NewAct, depositor: Depositor | undefined): Result<BookedRepayment> {
  if (act.kind !== 'repayment') return fail('E3307');
  const { loanNumber, date } = act;
  const loan = depositor?.loans.find((one) => one.loanNumber === loanNumber);
  const ofDay = loan?.entries.filter((one) => one.date === date && one.instalment === undefined && one.kind !== '01');
  const entry = ofDay?.find(({ amountFen }) => amountFen === act.amountFen) ?? ofDay?.at(-1);
  if (!entry) return fail('E3304');
  const { amountFen, principalFen, interestFen, balanceFen } = entry;
  return ok({ reference, loanNumber, date, amountFen, principalFen, interestFen, balanceFen });
}

function transferred({ reference, act }: NewAct, depositor: Depositor | undefined): Result<BookedTransfer> {
  if (act.kind !== 'transferIn' && act.kind !== 'merge') return fail('E3307');
  const { accountNumber, date, amountFen } = act;
  const account = depositor?.accounts.find((one) => one.accountNumber === accountNumber);
  if (!account) return fail('E3304');
  const interestFen = act.kind === 'merge' ? act.interestFen : 0;
  return ok({ reference, accountNumber, date, amountFen, interestFen, balanceFen: account.balanceFen });
}

function fromStory(person: SyntheticPerson, today: CalendarDate): Booked {
  const { key, name, idNumber, phone, accounts, loans } = person;
  const depositor: Depositor = {
    depositorId: key,
    name,
    certificateKind: 'residentId',
    idNumber,
    phone,
    payoutCard: null,
    accounts: inUseFirst(accounts),
    loans,
  };
  return { depositor, plans: syntheticLoanPlans(person, today) };
}
