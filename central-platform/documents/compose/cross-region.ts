import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { ContentOf } from '@kiosk/documents/index.ts';
import type { Account } from '@kiosk/domain/account.ts';
import { addMonths } from '@kiosk/domain/dates.ts';
import type { Depositor } from '../../core/core-system.ts';
import { accountFacts, depositMonths } from './account-papers.ts';
import type { CentreWords } from './compose.ts';
import { personOf } from './person.ts';

/** Entries of the detail sheet: the last two years of monthly deposits with what lies between. */
const DETAILS = 30;

/**
 * 异地贷款职工住房公积金缴存使用证明. Error: E5209, a loan of this fund is still open.
 */
export function crossRegionOf(
  depositor: Depositor,
  account: Account,
  addressee: string,
  centre: CentreWords,
): Result<ContentOf<'crossRegionCertificate'>> {
  const { loans } = depositor;
  if (loans.some(({ state }) => state !== 'settled')) return fail('E5209');
  return ok({
    addressee,
    person: personOf(depositor),
    account: accountFacts(account),
    accountBox: boxOf(account),
    continuous: continuous(depositMonths(account)),
    loans: loans.length === 0 ? 'none' : loans.length === 1 ? 'one' : 'more',
    loanAmountFen: loans.reduce((sum, { grantedFen }) => sum + grantedFen, 0),
    contact: { name: '自助服务', phone: centre.enquiryPhone },
    details: account.entries.slice(-DETAILS).map(({ date, summary, depositMonth, inFen, outFen, balanceFen }) => ({
      date,
      summary,
      month: depositMonth ?? null,
      inFen,
      outFen,
      balanceFen,
    })),
  });
}

/** 欠款 is not a state of table A.6: an account in use that has fallen behind its own last entry is in arrears. */
function boxOf({ state, paidToMonth, entries }: Account): ContentOf<'crossRegionCertificate'>['accountBox'] {
  if (state === '02') return 'sealed';
  if (state !== '01') return 'other';
  const booked = entries.at(-1)?.date.slice(0, 7);
  return booked !== undefined && (paidToMonth === undefined || paidToMonth < addMonths(booked, -2))
    ? 'arrears'
    : 'normal';
}

/** The last run of months without a gap. */
function continuous(months: readonly string[]): { readonly from: string; readonly to: string } | null {
  const to = months.at(-1);
  if (to === undefined) return null;
  let from = to;
  for (let i = months.length - 2; i >= 0 && months[i] === addMonths(from, -1); i--) from = months[i]!;
  return { from, to };
}
