import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { ContentOf } from '@kiosk/documents/index.ts';
import { summarisePeriod, type Account } from '@kiosk/domain/account.ts';
import { fundYearOf, fundYearPeriod, shanghaiDate } from '@kiosk/domain/dates.ts';
import type { Rate } from '@kiosk/domain/money.ts';
import type { Depositor } from '../../core/core-system.ts';
import type { CentreWords } from './compose.ts';
import { personOf } from './person.ts';

/** Monthly deposits and those paid later for a month that was left out. */
const DEPOSITS: readonly string[] = ['01', '02'];

export function accountFacts(account: Account) {
  return {
    number: account.accountNumber,
    unitName: account.unitName,
    unitAccount: account.unitAccount,
    openedOn: account.openedOn,
    state: account.state,
    contributionBaseFen: account.contributionBaseFen,
    unitRatioBp: basisPoints(account.unitRatio),
    personRatioBp: basisPoints(account.personRatio),
    unitMonthlyFen: account.unitMonthlyFen,
    personMonthlyFen: account.personMonthlyFen,
    paidToMonth: account.paidToMonth ?? null,
    balanceFen: account.balanceFen,
  };
}

const basisPoints = ({ numerator, denominator }: Rate): number => Math.round((numerator * 10_000) / denominator);

/** Months with a deposit, each once, in order. */
export function depositMonths({ entries }: Account): string[] {
  const months = entries
    .filter(({ kind, inFen }) => DEPOSITS.includes(kind) && inFen > 0)
    .map(({ depositMonth, date }) => depositMonth ?? date.slice(0, 7));
  return [...new Set(months)].sort();
}

export function depositCertificateOf(
  depositor: Depositor,
  account: Account,
  purpose: string,
): ContentOf<'depositCertificate'> {
  const months = depositMonths(account);
  return {
    person: personOf(depositor),
    account: accountFacts(account),
    deposits: months.length === 0 ? null : { from: months[0]!, to: months.at(-1)!, months: months.length },
    purpose,
  };
}

/** Error: E5210, the interest of that year was not settled (yet). */
export function annualStatementOf(
  depositor: Depositor,
  account: Account,
  fundYear: number,
): Result<ContentOf<'annualStatement'>> {
  const { from, to } = fundYearPeriod(fundYear);
  const year = summarisePeriod(account.entries, { from, to });
  const settled = year.entries.findLast(({ kind }) => kind === '09');
  if (!settled) return fail('E5210');
  return ok({
    person: personOf(depositor),
    account: { number: account.accountNumber, unitName: account.unitName, unitAccount: account.unitAccount },
    fundYear,
    settledOn: settled.date,
    carriedFen: year.openingFen,
    depositsFen: year.totalInFen - year.interestFen,
    withdrawalsFen: year.totalOutFen,
    interestFen: year.interestFen,
    closingFen: year.closingFen,
  });
}

export function accountSheetOf(
  depositor: Depositor,
  account: Account,
  { name }: CentreWords,
  at: number,
): ContentOf<'accountSheet'> {
  const { from } = fundYearPeriod(fundYearOf(shanghaiDate(at)));
  const carriedFen = Math.min(account.balanceFen, account.entries.findLast(({ date }) => date < from)?.balanceFen ?? 0);
  const frozen = account.state === '06';
  return {
    branch: name,
    person: personOf(depositor),
    phone: depositor.phone ?? '',
    account: accountFacts(account),
    parts: {
      carriedFen,
      currentFen: account.balanceFen - carriedFen,
      frozenFen: frozen ? account.balanceFen : 0,
      availableFen: frozen ? 0 : account.balanceFen,
    },
  };
}
