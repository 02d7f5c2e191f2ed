import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ok } from '@kiosk/contract/kernel/result.ts';
import { RENT, start } from './testing/city.ts';

test('the bank refuses the payment: nothing is booked twice, two of the staff pay it once more, and the terminal is told', async (t) => {
  const { depositor, platform, bank, bindCard, balance } = await start(t);
  await bindCard();
  const before = await balance();
  const { pay } = bank;
  Object.assign(bank, {
    pay: async ({ reference, amountFen }: Parameters<typeof pay>[0]) =>
      ok({ reference, amountFen, state: 'refused' as const, bankReference: 'account closed' }),
  });
  const { number, told } = await depositor.request(RENT);
  Object.assign(bank, { pay });
  assert.ok(told.state === 'case' && told.why[0]?.reason === 'payment-refused', JSON.stringify(told));
  assert.equal(told.results?.payment?.state, 'refused');
  assert.equal(await balance(), before - 4_500_00);
  const { office } = platform.running.requests;
  const again = { requestNumber: number, words: { zh: '重新划款', en: 'Paid again' }, by: 'wang.min' };
  const alone = await office.payAgain(again);
  assert.equal(alone.ok || alone.error.code, 'E2506');
  assert.ok((await office.payAgain({ ...again, proposedBy: 'li.na' })).ok);
  const end = await depositor.outcome(number);
  assert.ok(end.state === 'decided' && end.results?.payment?.state === 'paid', JSON.stringify(end));
  assert.equal(await balance(), before - 4_500_00, 'booked once');
  const twice = await office.payAgain({ ...again, proposedBy: 'li.na' });
  assert.ok(!twice.ok, 'a payment that arrived is not made again');
});
