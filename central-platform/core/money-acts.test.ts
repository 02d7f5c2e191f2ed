import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { JIANGZHOU } from '@kiosk/domain/city.ts';
import { addDays } from '@kiosk/domain/dates.ts';
import { bookLoan, type LoanPlan } from '@kiosk/domain/loan-book.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { syntheticLoanPlans } from '@kiosk/domain/synthetic-loans.ts';
import fc from 'fast-check';
import { withActs } from './acts.ts';
import type { Booked } from './books.ts';
import type { Depositor } from './core-system.ts';
import { isSound } from './guard.ts';
import { repaymentAct, transferAct } from './money-acts.ts';
import { syntheticCore } from './synthetic-core.ts';
import { trialOf } from './views.ts';

const TODAY = '2026-11-21';

function booked(key: string, plans: readonly LoanPlan[] | undefined = undefined, today = TODAY): Booked {
  const person = syntheticPerson(key, today);
  const agreed = plans ?? syntheticLoanPlans(person, today);
  const loans = agreed.map((plan) => bookLoan(plan, JIANGZHOU, today));
  const rest = { certificateKind: 'residentId', payoutCard: null } as const;
  return { depositor: { ...person, ...rest, depositorId: key, loans }, plans: agreed };
}
const sum = (depositor: Depositor): number =>
  depositor.accounts.reduce((total, { balanceFen }) => total + balanceFen, 0);

test('whatever is repaid early, on whatever day: the loan stands as the trial said, and the books follow up', () => {
  const [story] = syntheticLoanPlans(syntheticPerson('ordinary', TODAY), TODAY);
  const plan = fc.record({
    way: fc.constantFrom('01' as const, '02' as const),
    home: fc.constantFrom('first' as const, 'second' as const),
    grantedOn: fc.integer({ min: 0, max: 3_000 }).map((days) => addDays('2018-01-01', days)),
    months: fc.integer({ min: 13, max: 360 }),
    grantedFen: fc.integer({ min: 50_000_00, max: 1_500_000_00 }),
    dueDay: fc.integer({ min: 1, max: 28 }),
  });
  const wish = fc.record({
    share: fc.integer({ min: 1, max: 1_000 }),
    keep: fc.constantFrom('term' as const, 'payment' as const),
    today: fc.integer({ min: 0, max: 700 }).map((days) => addDays('2026-01-01', days)),
    fromFund: fc.boolean(),
  });
  fc.assert(
    fc.property(plan, wish, (terms, { share, keep, today, fromFund }) => {
      fc.pre(terms.grantedOn <= today);
      const before = booked('ordinary', [{ ...story!, ...terms, events: [] }], today);
      const [loan] = before.depositor.loans;
      fc.pre(loan!.state === 'repaying');
      const all = trialOf(loan!, { amountFen: null }, JIANGZHOU, today);
      assert.ok(all.ok);
      const { payOffFen } = all.value;
      const least = Math.min(JIANGZHOU.loan.earlyRepaymentMinimumFen, payOffFen);
      const amountFen = share === 1_000 ? null : Math.max(least, Math.floor((payOffFen * share) / 1_000));
      const trial = trialOf(loan!, { amountFen }, JIANGZHOU, today);
      assert.ok(trial.ok);
      const { accountNumber, balanceFen, frozenFen } = before.depositor.accounts[0]!;
      const act = repaymentAct(
        before.depositor,
        {
          ...{ reference: 'R', depositorId: 'ordinary', loanNumber: loan!.loanNumber, amountFen, keep },
          accountNumber: fromFund ? accountNumber : null,
        },
        today,
        JIANGZHOU,
      );
      const enough = trial.value.amountFen <= balanceFen - frozenFen - JIANGZHOU.withdrawal.keepFen;
      if (fromFund && !enough) return assert.equal(act.ok || act.error.code, 'E3306');
      assert.ok(act.ok, JSON.stringify(act));
      const after = withActs(before, [act.value], JIANGZHOU, today);
      const [now] = after.loans;
      const said = keep === 'term' ? trial.value.keepTerm : trial.value.keepPayment;
      assert.deepEqual(
        [now!.balanceFen, now!.plan.length, now!.plan[0]?.paymentFen ?? 0],
        [trial.value.balanceFen, said.months, said.nextPaymentFen],
        'the loan is not what the trial said',
      );
      const entry = now!.entries.at(-1)!;
      assert.deepEqual(
        [entry.amountFen, entry.principalFen, entry.interestFen, entry.kind],
        [
          ...[trial.value.amountFen, trial.value.principalFen, trial.value.interestFen],
          trial.value.balanceFen === 0 ? '06' : fromFund ? '05' : '03',
        ],
      );
      assert.equal(loan!.balanceFen - now!.balanceFen, entry.principalFen);
      assert.equal(sum(before.depositor) - sum(after), fromFund ? trial.value.amountFen : 0, 'money of the account');
      assert.ok(isSound(after), 'books that contradict themselves');
      // A year later it still stands, with the instalments that have come since.
      const later = withActs(
        booked('ordinary', before.plans, addDays(today, 365)),
        [act.value],
        JIANGZHOU,
        addDays(today, 365),
      );
      assert.ok(isSound(later));
      assert.ok(later.loans[0]!.entries.some((one) => one.date === today && one.amountFen === entry.amountFen));
    }),
    { numRuns: 150 },
  );
});

test('money of another centre comes in; another account of the same person is merged with its interest and ends', () => {
  const before = booked('two-accounts');
  const [into, old] = before.depositor.accounts;
  const order = { reference: 'R', depositorId: 'two-accounts', accountNumber: into!.accountNumber };
  const come = transferAct(
    before.depositor,
    { ...order, from: { kind: 'centre', name: '临海市中心', amountFen: 12_345_67 } },
    TODAY,
    JIANGZHOU,
  );
  assert.ok(come.ok);
  const [first] = withActs(before, [come.value], JIANGZHOU, TODAY).accounts;
  assert.deepEqual(
    [first!.entries.at(-1)!.kind, first!.entries.at(-1)!.summary, first!.balanceFen],
    ['08', '外部转入', into!.balanceFen + 12_345_67],
  );
  assert.equal(first!.entries.at(-1)!.city, '临海市');
  const from = { kind: 'account', accountNumber: old!.accountNumber } as const;
  const merged = transferAct(before.depositor, { ...order, from }, TODAY, JIANGZHOU);
  assert.ok(merged.ok && merged.value.kind === 'merge', JSON.stringify(merged));
  const after = withActs(before, [merged.value], JIANGZHOU, TODAY);
  assert.ok(isSound(after));
  const closed = after.accounts.find(({ accountNumber }) => accountNumber === old!.accountNumber)!;
  assert.deepEqual([closed.state, closed.balanceFen, closed.entries.at(-1)!.kind], ['03', 0, '06']);
  assert.equal(sum(after), sum(before.depositor) + merged.value.interestFen);
  // What has ended cannot end once more, and nothing comes into it.
  const again = transferAct(after, { ...order, from }, TODAY, JIANGZHOU);
  assert.equal(again.ok || again.error.code, 'E3306');
  const itself = transferAct(
    before.depositor,
    { ...order, from: { ...from, accountNumber: order.accountNumber } },
    TODAY,
    JIANGZHOU,
  );
  assert.equal(itself.ok || itself.error.code, 'E3306');
});

test('the core does it once under its reference, and what it did stands in the next answers', async () => {
  const core = syntheticCore(new ManualClock());
  const before = await core.get('ordinary');
  assert.ok(before.ok && before.value);
  const [loan] = before.value.loans;
  const order = {
    ...{ reference: 'R1', depositorId: 'ordinary', loanNumber: loan!.loanNumber, amountFen: 50_000_00 },
    ...({ keep: 'payment', accountNumber: null } as const),
  };
  const first = await core.repayEarly(order);
  assert.deepEqual(await core.repayEarly(order), first);
  const other = await core.repayEarly({ ...order, amountFen: 60_000_00 });
  assert.equal(other.ok || other.error.code, 'E3307');
  const after = await core.get('ordinary');
  assert.ok(first.ok && after.ok && after.value);
  assert.equal(after.value.loans[0]!.balanceFen, loan!.balanceFen - first.value.principalFen);
  const wrong = await core.repayEarly({ ...order, reference: 'R2', loanNumber: 'nobody' });
  assert.equal(wrong.ok || wrong.error.code, 'E3304');
});
