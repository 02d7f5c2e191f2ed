import type { AccountKind } from '@kiosk/domain/account.ts';
import type { CertificateKind } from '@kiosk/domain/certificates.ts';
import { interestRules, type CityParameters } from '@kiosk/domain/city.ts';
import type { AccountState, WithdrawalReason } from '@kiosk/domain/code-tables.ts';
import { addDays, addMonths, firstDay, fundYearOf, monthOf, type CalendarDate } from '@kiosk/domain/dates.ts';
import { monthlyDeposit } from '@kiosk/domain/deposit.ts';
import type { LoanEvent, LoanPlan } from '@kiosk/domain/loan-book.ts';
import { multiply, percent, type Rate } from '@kiosk/domain/money.ts';
import { syntheticCardNumber, syntheticIdNumber, syntheticPhone } from '@kiosk/domain/synthetic.ts';
import { SYNTHETIC_BANK } from '@kiosk/domain/synthetic-loans.ts';
import type { CoreAccount, CoreYear } from '../../store/core-store.ts';
import type { PersonSecret } from '../books.ts';
import { bookHistory, type HistoryPlan } from './history.ts';
import { inventAddress, inventName } from './names.ts';
import { randomOf, type Random } from './random.ts';

export interface GeneratedPerson {
  readonly depositorId: string;
  readonly secret: PersonSecret;
  readonly accounts: readonly CoreAccount[];
  readonly years: readonly CoreYear[];
  readonly entries: number;
}

export const UNITS = 3_000;
/** Every sixteenth person or so pays alone. */
const POOL = 0;
const BIRTH_DAYS = 15_000;
/** Orders below are the people with stories. */
const FIRST_ORDER = 100;

/** Person `n` of a seed: the same on every machine and on every day with the same `today`. At least 60 entries in the first account. */
export function generatePerson(seed: number, n: number, today: CalendarDate, city: CityParameters): GeneratedPerson {
  const random = randomOf(seed, n);
  const depositorId = `G${seed}-${n}`;
  const kind = documentKind(random);
  const name = inventName(random, kind);
  const born = addDays('1966-01-01', n % BIRTH_DAYS);
  const order = FIRST_ORDER + 2 * Math.floor(n / BIRTH_DAYS) + random.between(0, 1);
  const accounts: CoreAccount[] = [];
  const years: CoreYear[] = [];
  let entries = 0;
  for (const [place, plan] of accountPlans(random, today).entries()) {
    const account = openAccount(random, plan, today, city);
    const history = bookHistory(account.history, interestRules(city), today);
    entries += history.entries;
    for (const year of history.years) years.push({ depositorId, place, ...year });
    const frozenFen =
      plan.state === '06' ? history.balanceFen : random.chance(0.003) ? Math.floor(history.balanceFen / 2) : 0;
    accounts.push({ depositorId, place, ...account.facts, frozenFen });
  }
  const hasLoan = n % 5 === 0;
  return {
    depositorId,
    entries,
    accounts,
    years,
    secret: {
      name,
      kind,
      number: kind === 'residentId' ? syntheticIdNumber(born, order) : documentNumber(kind, n),
      phone: random.chance(0.03) ? null : syntheticPhone(n),
      card: random.chance(0.7) ? { bankName: SYNTHETIC_BANK, cardNumber: syntheticCardNumber(n) } : null,
      accounts: accounts.map((_, place) => `3801${String(20_000_000 + n * 4 + place).padStart(8, '0')}`),
      loans: hasLoan ? [loanOf(random, n, name, today, city)] : [],
    },
  };
}

function documentKind(random: Random): CertificateKind {
  const of = random.next();
  if (of < 0.985) return 'residentId';
  if (of < 0.989) return 'passport';
  if (of < 0.992) return 'foreignResident';
  return of < 0.997 ? 'hkMacaoPermit' : 'taiwanPermit';
}

/** Forms no office issues: countries and letters that mean nobody. */
function documentNumber(kind: CertificateKind, n: number): string {
  const digits = String(n).padStart(8, '0');
  if (kind === 'passport') return `XX${digits}`;
  if (kind === 'foreignResident') return `XXX3801${digits}`;
  return kind === 'taiwanPermit' ? `XT${digits}` : `XH${digits}`;
}

interface AccountPlan {
  readonly kind: AccountKind;
  readonly state: AccountState;
  readonly flexible: boolean;
  /** Months ago. */
  readonly opened: number;
  readonly lastDeposit: number;
}

function accountPlans(random: Random, today: CalendarDate): AccountPlan[] {
  const state = random.pick(STATES);
  const opened = random.between(64, 130);
  const stopped = state === '01' || state === '06' ? 0 : random.between(1, opened - 62);
  const flexible = random.chance(0.06);
  const plans: AccountPlan[] = [{ kind: 'general', state, flexible, opened, lastDeposit: stopped }];
  const more = (kind: AccountKind, state: AccountState, from: number, to: number) =>
    plans.push({ kind, state, flexible: false, opened: from, lastDeposit: to });
  // An earlier unit: sealed there, or merged into the one in use.
  if (random.chance(0.1)) more('general', random.pick(['02', '03']), opened + 70, opened + 2);
  if (random.chance(0.06)) more('monthlySubsidy', '01', random.between(62, 80), 0);
  if (random.chance(0.03)) more('supplementary', '01', random.between(62, 90), 0);
  if (random.chance(0.02)) more('onceSubsidy', '01', 70, 70);
  void today;
  return plans.slice(0, 4);
}

const STATES: readonly AccountState[] = [
  ...Array.from({ length: 41 }, () => '01' as const),
  ...(['02', '02', '02', '02', '02', '05', '05', '04', '06'] as const),
];
const RATIOS = ['5', '6', '7', '8', '10', '12', '12'] as const;
const RARELY: readonly WithdrawalReason[] = ['01', '02', '06', '07', '07', '07', '09'];

function openAccount(random: Random, plan: AccountPlan, today: CalendarDate, city: CityParameters) {
  const thisMonth = monthOf(today);
  const openedIn = addMonths(thisMonth, -plan.opened);
  const lastDepositMonth = addMonths(thisMonth, -plan.lastDeposit);
  const ratio = percent(random.pick(RATIOS));
  const unitRatio: Rate = plan.flexible ? { numerator: 0, denominator: 100 } : ratio;
  const firstBase = random.between(4_000_00, 16_000_00);
  const growth = random.between(101, 107);
  const base = (fundYear: number): number => {
    let value = firstBase;
    for (let i = fundYearOf(firstDay(openedIn)); i < fundYear; i++)
      value = multiply(value, { numerator: growth, denominator: 100 });
    return Math.min(Math.max(value, city.deposit.baseMinimumFen), city.deposit.baseMaximumFen);
  };
  const month = (fundYear: number) => {
    if (plan.kind === 'onceSubsidy') return { unitFen: 3_000_000, personFen: 0 };
    if (plan.kind !== 'general') return { unitFen: multiply(base(fundYear), percent('5')), personFen: 0 };
    // Who pays alone pays both sides.
    const { unitFen, personFen } = monthlyDeposit(base(fundYear), ratio, ratio, city);
    return plan.flexible ? { unitFen: 0, personFen: unitFen + personFen } : { unitFen, personFen };
  };
  const deposits = new Map<number, number>();
  const depositOf = (fundYear: number): number => {
    const known = deposits.get(fundYear);
    if (known !== undefined) return known;
    const { unitFen, personFen } = month(fundYear);
    deposits.set(fundYear, unitFen + personFen);
    return unitFen + personFen;
  };
  const gap = random.chance(0.1) ? addMonths(openedIn, random.between(5, 30)) : undefined;
  const ended = plan.state === '05' || plan.state === '04' || plan.state === '03';
  const endDate = firstDay(addMonths(lastDepositMonth, 1)).replace(/01$/, '20');
  const end: HistoryPlan['end'] = !ended
    ? null
    : plan.state === '05'
      ? { date: endDate < today ? endDate : today, kind: '12', reason: random.pick(['03', '05', '99']) }
      : { date: endDate < today ? endDate : today, kind: '07' };
  const withdrawals = Array.from({ length: plan.kind === 'general' ? random.between(0, 4) : 0 }, () => ({
    date: `${addMonths(openedIn, random.between(13, Math.max(14, plan.opened - plan.lastDeposit - 1)))}-${random.between(16, 27)}`,
    perMille: random.between(80, 600),
    reason: random.pick(RARELY),
  })).filter(({ date }) => date < (end?.date ?? today));
  const history: HistoryPlan = {
    openedIn,
    lastDepositMonth,
    depositOf,
    missed: gap === undefined || plan.kind !== 'general' ? [] : [gap, addMonths(gap, 1)],
    withdrawals,
    end,
  };
  const now = fundYearOf(firstDay(lastDepositMonth));
  const { unitFen, personFen } = month(now);
  return {
    history,
    facts: {
      unitId: plan.flexible ? POOL : random.between(1, UNITS - 1),
      kind: plan.kind,
      state: plan.state,
      openedOn: firstDay(openedIn),
      baseFen: base(now),
      unitRatio,
      personRatio: plan.flexible ? { numerator: ratio.numerator * 2, denominator: ratio.denominator } : ratio,
      unitMonthlyFen: unitFen,
      personMonthlyFen: personFen,
      paidToMonth: lastDepositMonth,
      sealedSince: plan.state === '02' ? firstDay(addMonths(lastDepositMonth, 1)) : null,
    },
  };
}

function loanOf(random: Random, n: number, borrowerName: string, today: CalendarDate, city: CityParameters): LoanPlan {
  const age = random.between(8, 120);
  const months = random.pick([60, 120, 180, 240, 300, 360]);
  const grantedFen = random.between(15, 100) * 10_000_00;
  const grantedOn = `${addMonths(monthOf(today), -age)}-${String(random.between(1, 28)).padStart(2, '0')}`;
  const events: LoanEvent[] = [];
  const what = random.next();
  const early = `${addMonths(monthOf(today), -random.between(1, Math.min(age - 2, months - 2)))}-${random.between(10, 27)}`;
  if (what < 0.15)
    events.push({
      kind: 'early',
      date: early,
      amountFen: city.loan.earlyRepaymentMinimumFen * random.between(2, 20),
      keep: random.pick(['term', 'payment']),
    });
  else if (what < 0.25) events.push({ kind: 'early', date: early, amountFen: 'all', keep: 'payment' });
  else if (what < 0.3) events.push({ kind: 'missed', instalment: Math.max(1, age - 1) });
  else if (what < 0.36) {
    const instalment = random.between(2, Math.max(2, age - 3));
    events.push({ kind: 'missed', instalment, paidOn: `${addMonths(monthOf(grantedOn), instalment + 1)}-11` });
  }
  return {
    loanNumber: `3801${String(60_000_000 + n).padStart(8, '0')}`,
    contractNumber: `JZDK${grantedOn.slice(0, 4)}${String(n).padStart(7, '0')}`,
    borrowerName,
    way: random.chance(0.75) ? '01' : '02',
    security: '01',
    houseAddress: inventAddress(random),
    purchasePriceFen: Math.floor((grantedFen * random.between(14, 30)) / 10),
    home: random.chance(0.8) ? 'first' : 'second',
    bankName: SYNTHETIC_BANK,
    repaymentAccount: `3801${String(70_500_000 + n).padStart(8, '0')}`,
    grantedFen,
    grantedOn,
    months,
    dueDay: random.pick([5, 10, 15, 20, 25]),
    events,
  };
}
