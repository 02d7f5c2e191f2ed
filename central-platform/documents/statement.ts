import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { IssuedDocument, Period } from '@kiosk/contract/platform/api.ts';
import type { ContentOf } from '@kiosk/documents/index.ts';
import { summarisePeriod, type Account } from '@kiosk/domain/account.ts';
import { shanghaiDate, type CalendarDate, type Period as Days } from '@kiosk/domain/dates.ts';
import type { Depositor } from '../core/core-system.ts';
import { daysOf } from '../core/overview.ts';
import { personOf } from './compose/person.ts';
import type { DocumentOffice } from './office.ts';

/** What the column of the form has room for. */
const OFFICE_LENGTH = 30;

export interface StatementOrder {
  readonly terminalId: string;
  readonly operationId: string;
  readonly depositor: Depositor;
  readonly account: Account;
  readonly period: Period;
  readonly maskIdNumber: boolean;
}

/** 个人住房公积金缴存明细对账单. Errors: E5203 no rows, E9005 the period, and those of the office. */
export async function issueStatement(office: DocumentOffice, order: StatementOrder): Promise<Result<IssuedDocument>> {
  const { terminalId, operationId, depositor, account, period, maskIdNumber } = order;
  const days = daysOf(period);
  return office.issue({
    terminalId,
    operationId,
    depositorId: depositor.depositorId,
    kind: 'depositStatement',
    asked: [account.accountNumber, period],
    askedBefore: days.ok
      ? {
          context: 'statement order',
          text: JSON.stringify([depositor.depositorId, account.accountNumber, days.value, maskIdNumber]),
        }
      : undefined,
    shown: maskIdNumber ? 'masked' : 'full',
    content: (at) => statementOf(depositor, account, period, at),
  });
}

/** Errors: E5203 no rows, E9005 the period. */
export function statementOf(
  depositor: Depositor,
  account: Account,
  period: Period,
  at: number,
): Result<ContentOf<'depositStatement'>> {
  const wanted = daysOf(period);
  if (!wanted.ok) return wanted;
  const days = upTo(shanghaiDate(at), wanted.value);
  if (days.from > days.to) return fail('E5203');
  const { openingFen, entries } = summarisePeriod(account.entries, days);
  if (entries.length === 0) return fail('E5203');
  return ok({
    person: personOf(depositor),
    account: { number: account.accountNumber, unitName: account.unitName, unitAccount: account.unitAccount },
    period: days,
    openingFen,
    rows: entries.map(({ date, kind, summary, depositMonth, inFen, outFen, balanceFen, office }) => ({
      date,
      kind,
      summary,
      ...(depositMonth ? { depositMonths: { from: depositMonth, to: depositMonth } } : {}),
      inFen,
      outFen,
      balanceFen,
      ...(office === undefined ? {} : { office: [...office].slice(0, OFFICE_LENGTH).join('') }),
    })),
  });
}

/** A centre vouches for what was booked, never for days to come. */
function upTo(date: CalendarDate, days: Days): Days {
  return { from: days.from, to: days.to < date ? days.to : date };
}
