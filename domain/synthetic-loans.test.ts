import assert from 'node:assert/strict';
import { test } from 'node:test';
import { syntheticPeople, syntheticPerson } from './synthetic.ts';

test('among the invented people a loan is being repaid, one was shortened, one is settled, one is overdue', () => {
  const states = (key: string) => syntheticPerson(key, '2026-11-21').loans.map(({ state }) => state);
  assert.deepEqual(['ordinary', 'rare-character', 'card-without-end', 'two-accounts', 'no-account'].map(states), [
    ['repaying'],
    ['repaying'],
    ['settled'],
    ['overdue'],
    [],
  ]);
  const [shorter] = syntheticPerson('rare-character', '2026-11-21').loans;
  assert.ok(shorter!.entries.some(({ kind }) => kind === '03'));
  assert.ok(shorter!.plan.at(-1)!.dueDate < shorter!.lastDueDate);
});

test('no two loans share a number, and a loan is nowhere before it was granted', () => {
  const loans = syntheticPeople('2026-11-21').flatMap((person) => person.loans);
  const numbers = loans.flatMap((loan) => [loan.loanNumber, loan.contractNumber, loan.repaymentAccount]);
  assert.equal(new Set(numbers).size, numbers.length);
  assert.equal(syntheticPeople('2016-09-07').flatMap((person) => person.loans).length, 0);
});
