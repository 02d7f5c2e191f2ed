import type { RequestForm } from '@kiosk/contract/journal/entry.ts';
import type { RuleLine } from '@kiosk/contract/platform/requests.ts';
import { addDays } from '@kiosk/domain/dates.ts';
import type { Loan } from '@kiosk/domain/loan.ts';
import { chosenLoan } from '../../core/views.ts';
import { personKey } from '../case-book.ts';
import { GRANTED } from '../words.ts';
import { type Work, todayOf } from '../work.ts';

type Offset = Extract<RequestForm, { item: 'B05' }> & { readonly way: 'offsetMonthly' | 'offsetYearly' };

/** Days before an instalment is due by which an agreement has to stand, to count for it. */
const LEAD_DAYS = 5;
const MOST_CASES = 200;

export function loanOf({ depositor, person }: Work): Loan | undefined {
  if (person?.loanNumber === undefined) return depositor.loans.find(({ state }) => state !== 'settled');
  const chosen = chosenLoan(depositor, person.loanNumber);
  return chosen.ok ? chosen.value : undefined;
}

const line = (rule: string, passed: boolean, zh: string, en: string): RuleLine => ({
  rule,
  outcome: passed ? 'passed' : 'failed',
  words: { zh, en },
});

/** 冲还贷: the fund repays the loan from a day on. Everything it depends on is the centre's own knowledge, so rules decide. */
export async function decideOffset(work: Work, form: Offset): Promise<void> {
  const { depositor, parts, row } = work;
  const loan = loanOf(work);
  const [account] = depositor.accounts;
  const trace: RuleLine[] = [];
  const check = (rule: string, passed: boolean, zh: string, en: string) => trace.push(line(rule, passed, zh, en));
  check('loan', loan?.state === 'repaying', '贷款在还、没有逾期', 'The loan is being repaid and nothing is overdue');
  check('state', account?.state === '01', '公积金账户正常缴存', 'The account is in use');
  check('one', !(await standing(work)), '没有生效中的冲还贷协议', 'There is no agreement yet');
  const first = loan?.plan.find(({ dueDate }) => dueDate >= addDays(todayOf(work), LEAD_DAYS));
  const failed = trace.find(({ outcome }) => outcome === 'failed');
  if (failed || !first) {
    const words = failed
      ? { zh: `不符合：${failed.words.zh}`, en: `Not so: ${failed.words.en}` }
      : { zh: '没有可以冲还的期次', en: 'No instalment is left' };
    return work.apply({ type: 'decided', verdict: 'refused', by: 'rules', words, trace });
  }
  const agreement = { number: row.requestNumber, way: form.way, firstRunOn: first.dueDate };
  await parts.store.audit.append({
    ...{ at: parts.clock.now(), actor: 'system', action: 'agreement.signed', subject: row.requestNumber },
    detail: { way: form.way, firstRunOn: first.dueDate },
  });
  return work.apply({
    type: 'decided',
    verdict: 'granted',
    by: 'rules',
    words: GRANTED,
    trace,
    results: { agreement },
  });
}

async function standing({ parts, depositor, row }: Work): Promise<boolean> {
  const rows = await parts.store.requests.ofPerson(personKey(parts.vault, depositor.idNumber), MOST_CASES);
  return rows.some(
    (one) =>
      one.item === 'B05' &&
      one.state === 'granted' &&
      one.requestNumber !== row.requestNumber &&
      parts.book.read(one).now.results.agreement !== undefined,
  );
}
