import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JIANGZHOU } from '@kiosk/domain/city.ts';
import { syntheticPeople, syntheticPerson } from '@kiosk/domain/synthetic.ts';
import type { Depositor } from './core-system.ts';
import { accountsOf, chosenAccount, fundYearsOf, interestOf, trialOf, withdrawalCheckOf } from './views.ts';

const TODAY = '2026-11-21';
const as = (key: string): Depositor => {
  const person = syntheticPerson(key, TODAY);
  return { ...person, depositorId: key, certificateKind: 'residentId', payoutCard: null };
};

test('every fund year of everybody: carried over, in, out and interest make up what it closed with', () => {
  for (const person of syntheticPeople(TODAY)) {
    for (const account of person.accounts) {
      for (const year of fundYearsOf(account)) {
        const told = interestOf(account, year, JIANGZHOU, TODAY);
        const { openingFen, depositedFen, withdrawnFen, closingFen, lines, interestFen, settled } = told;
        const booked = settled ? interestFen : 0;
        assert.equal(openingFen + depositedFen - withdrawnFen + booked, closingFen, `${person.key} ${year}`);
        assert.equal(
          lines.reduce((sum, line) => sum + line.productFenDays, 0),
          told.productFenDays,
        );
        // 1.50 % of a year of 360 days.
        assert.equal(
          Math.round((told.productFenDays * told.rateBp) / 10_000 / 360),
          interestFen,
          `${person.key} ${year}`,
        );
      }
    }
  }
});

test('a person with two accounts chooses one; an account of somebody else is not found', () => {
  const person = as('two-accounts');
  const [, second] = accountsOf(person).accounts;
  assert.deepEqual(second!.kindName.zh, '住房公积金');
  const chosen = chosenAccount(person, second!.accountNumber);
  assert.ok(chosen.ok && chosen.value.accountNumber === second!.accountNumber);
  const stranger = chosenAccount(person, as('ordinary').accounts[0]!.accountNumber);
  assert.ok(!stranger.ok && stranger.error.code === 'E3304');
});

test('an early repayment is tried: both ways, and not on an overdue or settled loan, not on a day nobody has', () => {
  const [loan] = as('ordinary').loans;
  const trial = trialOf(loan!, { amountFen: 100_000_00 }, JIANGZHOU, TODAY);
  assert.ok(trial.ok);
  const { keepPayment, keepTerm, before, principalFen, interestFen } = trial.value;
  assert.ok(keepPayment.savedFen > keepTerm.savedFen && keepPayment.months < before.months);
  assert.equal(principalFen + interestFen, 100_000_00);
  const all = trialOf(loan!, { amountFen: null }, JIANGZHOU, TODAY);
  assert.ok(all.ok && all.value.balanceFen === 0 && all.value.keepTerm.months === 0);
  for (const [key, onDate, amountFen] of [
    ['two-accounts', TODAY, 100_000_00],
    ['card-without-end', TODAY, 100_000_00],
    ['ordinary', '2026-99-99', 100_000_00],
    ['ordinary', '2026-01-01', 100_000_00],
    ['ordinary', TODAY, 1],
    ['ordinary', TODAY, 9_000_000_00],
  ] as const) {
    const refused = trialOf(as(key).loans[0]!, { amountFen, onDate }, JIANGZHOU, TODAY);
    assert.ok(!refused.ok && refused.error.code === 'E9005', `${key} ${onDate} ${amountFen}`);
  }
});

test('what was paid on the own loan is the limit of a withdrawal for it, and needs nobody else', () => {
  const person = as('rare-character');
  const told = withdrawalCheckOf(person, person.accounts[0]!, { reason: '06' }, JIANGZHOU, TODAY);
  assert.equal(told.outcome, 'possible');
  const cost = told.trace.find(({ rule }) => rule === 'cost')!;
  assert.match(cost.words.zh, /不超过实际支出 [\d,.]+ 元/);
});
