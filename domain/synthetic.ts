import type { Account, AccountEntry } from './account.ts';
import { type SexCode } from './card-codes.ts';
import { ENTRY_KINDS } from './code-tables.ts';
import { addMonths, firstDay, fundYearOf, fundYearPeriod, monthOf, type CalendarDate } from './dates.ts';
import { idCheckCharacter } from './id-number.ts';
import { BALANCE_RATE, settleFundYear, type InterestRules } from './interest.ts';
import type { Loan } from './loan.ts';
import { multiply, percent, type Fen } from './money.ts';
import { syntheticLoans } from './synthetic-loans.ts';
import { PEOPLE, UNITS, type AccountPlan, type PersonPlan } from './synthetic-people.ts';

/** Never assigned in GB/T 2260: there is no division 38, so that no ID number made here can belong to anybody. */
export const SYNTHETIC_REGION = '380100';
/** No operator has numbers that start with 12. */
export const SYNTHETIC_PHONE_PREFIX = '1220';
export const SYNTHETIC_CENTRE_CODE = '38010000';
export const SYNTHETIC_CENTRE_NAME = '江州市住房公积金管理中心';
/** Deposits are booked on this day of their own month. */
const DEPOSIT_DAY = 15;
const INTEREST_RULES: InterestRules = { rate: BALANCE_RATE, settlementDayCounts: true };

export interface SyntheticPerson {
  /** Why this person exists: 'ordinary', 'rare-character', … Stable; tests choose people by it. */
  readonly key: string;
  /** As printed on the card. */
  readonly name: string;
  readonly sex: SexCode;
  readonly nation: string;
  readonly birthDate: CalendarDate;
  readonly address: string;
  readonly idNumber: string;
  readonly issuer: string;
  readonly validFrom: CalendarDate;
  readonly validUntil: CalendarDate | '长期';
  readonly phone: string;
  readonly accounts: readonly Account[];
  readonly loans: readonly Loan[];
}

/** An ID number that cannot be real. `order` is 0–999; its parity is the sex (odd = male). */
export function syntheticIdNumber(birthDate: CalendarDate, order: number): string {
  const body = SYNTHETIC_REGION + birthDate.replaceAll('-', '') + String(order).padStart(3, '0');
  return body + idCheckCharacter(body);
}

/** An 11-digit phone number that cannot ring. `order` is 0–9999999. */
export function syntheticPhone(order: number): string {
  return SYNTHETIC_PHONE_PREFIX + String(order).padStart(7, '0');
}

/** A bank card nobody issued: an issuer number that stands for our region, 16 digits, right check digit. `order` is 0–99999999. */
export function syntheticCardNumber(order: number): string {
  const body = `${SYNTHETIC_REGION}0${String(order).padStart(8, '0')}`;
  const sum = [...body].reverse().reduce((total, digit, place) => {
    const value = place % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return body + String((10 - (sum % 10)) % 10);
}

/**
 * The invented depositors with their accounts up to `today`, the same for the same day. Deposits on the 15th of each month, interest at each
 * 30 June; every balance is the one before plus what came in minus what went out.
 */
export function syntheticPeople(today: CalendarDate): readonly SyntheticPerson[] {
  return PEOPLE.map((plan, index) => makePerson(plan, index, today));
}

/** One of them by its key; an unknown key is a programming error. */
export function syntheticPerson(key: string, today: CalendarDate): SyntheticPerson {
  const index = PEOPLE.findIndex((plan) => plan.key === key);
  if (index < 0) throw new RangeError(`no synthetic person is called ${key}`);
  return makePerson(PEOPLE[index]!, index, today);
}

/** A card nobody can have: the check digit of its ID number is wrong by one. No account belongs to it. */
export function personWithWrongCheckDigit(today: CalendarDate): SyntheticPerson {
  const person = syntheticPerson('no-account', today);
  const last = person.idNumber[17]!;
  const wrong = '0123456789X'[('0123456789X'.indexOf(last) + 1) % 11]!;
  return {
    ...person,
    key: 'wrong-check-digit',
    name: '错校验',
    idNumber: person.idNumber.slice(0, 17) + wrong,
    accounts: [],
    loans: [],
  };
}

function makePerson(plan: PersonPlan, index: number, today: CalendarDate): SyntheticPerson {
  const { accounts, ...card } = plan;
  const district = /市(.+?区)/.exec(plan.address)![1]!;
  return {
    ...card,
    idNumber: syntheticIdNumber(plan.birthDate, 2 * (index + 10) + (plan.sex === '1' ? 1 : 0)),
    issuer: `江州市公安局${district.slice(0, 2)}分局`,
    phone: syntheticPhone(4_010_000 + index * 137),
    accounts: accounts.map((account, i) => makeAccount(account, index * 10 + i, today)),
    loans: syntheticLoans(plan, today),
  };
}

function makeAccount(plan: AccountPlan, order: number, today: CalendarDate): Account {
  const entries = book(plan, today);
  const deposits = entries.filter((entry) => entry.kind === '01');
  const last = deposits.at(-1)?.depositMonth;
  const side = monthlySide(plan, last ?? plan.openedIn);
  const unitOrder = Object.keys(UNITS).indexOf(plan.unit) + 1;
  return {
    accountNumber: `3801${String(10_000_000 + order * 7919).padStart(8, '0')}`,
    kind: 'general',
    unitName: UNITS[plan.unit],
    unitAccount: `3801${String(unitOrder * 100 + 1).padStart(6, '0')}`,
    state: plan.state,
    openedOn: `${plan.openedIn}-01`,
    contributionBaseFen: contributionBase(plan, last ?? plan.openedIn),
    unitRatio: percent(plan.ratio),
    personRatio: percent(plan.ratio),
    unitMonthlyFen: side,
    personMonthlyFen: side,
    ...(last ? { paidToMonth: last } : {}),
    balanceFen: entries.at(-1)?.balanceFen ?? 0,
    frozenFen: plan.state === '06' ? (entries.at(-1)?.balanceFen ?? 0) : 0,
    sealedSince: plan.state === '02' && plan.lastDepositMonth ? firstDay(addMonths(plan.lastDepositMonth, 1)) : null,
    entries,
  };
}

type Booking = Omit<AccountEntry, 'balanceFen'>;

function book(plan: AccountPlan, today: CalendarDate): readonly AccountEntry[] {
  const entries: AccountEntry[] = [];
  let balanceFen = 0;
  const opening = `${plan.openedIn}-01`;
  const planned = [...depositsOf(plan, today), ...withdrawalsOf(plan, today)].sort((a, b) =>
    a.date < b.date ? -1 : 1,
  );

  for (let fundYear = fundYearOf(opening); fundYear <= fundYearOf(today); fundYear++) {
    const { from, to } = fundYearPeriod(fundYear);
    const openingFen = balanceFen;
    const ofYear = planned.filter((booking) => from <= booking.date && booking.date <= to);
    for (const booking of ofYear) {
      balanceFen += booking.inFen - booking.outFen;
      entries.push({ ...booking, balanceFen });
    }
    if (to > today) break;
    const changes = ofYear.map((booking) => ({ date: booking.date, amountFen: booking.inFen - booking.outFen }));
    const { interestFen } = settleFundYear(fundYear, openingFen, changes, INTEREST_RULES);
    if (interestFen === 0) continue;
    balanceFen += interestFen;
    entries.push({ date: to, kind: '09', summary: ENTRY_KINDS['09'], inFen: interestFen, outFen: 0, balanceFen });
  }
  return entries;
}

function depositsOf(plan: AccountPlan, today: CalendarDate): readonly Booking[] {
  const deposits: Booking[] = [];
  const end = plan.lastDepositMonth ?? monthOf(today);
  for (let month = plan.openedIn; month <= end; month = addMonths(month, 1)) {
    const date = `${month}-${DEPOSIT_DAY}`;
    if (date > today) break;
    deposits.push({
      date,
      kind: '01',
      summary: ENTRY_KINDS['01'],
      depositMonth: month,
      inFen: 2 * monthlySide(plan, month),
      outFen: 0,
    });
  }
  return deposits;
}

function withdrawalsOf(plan: AccountPlan, today: CalendarDate): readonly Booking[] {
  return plan.withdrawals
    .filter(({ date }) => date <= today)
    .map(({ date, yuan, reason }) => ({
      date,
      kind: '11' as const,
      summary: ENTRY_KINDS['11'],
      reason,
      inFen: 0,
      outFen: Math.round(yuan * 100),
    }));
}

/** The base is set each 1 July for a fund year and grows from year to year. */
function contributionBase(plan: AccountPlan, month: string): Fen {
  const years = fundYearOf(`${month}-01`) - fundYearOf(`${plan.openedIn}-01`);
  let base = Math.round(plan.firstBaseYuan * 100);
  for (let i = 0; i < years; i++) base = multiply(base, { numerator: 100 + plan.growthPercent, denominator: 100 });
  return base;
}

/** What unit or person pays in a month: each side is rounded on its own, then added (some cities round to whole yuan; this one to fen). */
function monthlySide(plan: AccountPlan, month: string): Fen {
  return multiply(contributionBase(plan, month), percent(plan.ratio));
}
