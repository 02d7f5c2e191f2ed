import assert from 'node:assert/strict';
import { test } from 'node:test';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { startTestPlatform } from '../testing/installation.ts';
import { claimOf } from '../testing/terminal.ts';

const TODAY = '2026-11-21';

test('a person with two accounts and a loan sees all of it at a terminal', async (t) => {
  const platform = await startTestPlatform();
  t.after(() => platform.end());
  const terminal = await platform.terminal();
  const person = syntheticPerson('two-accounts', TODAY);
  const sent = await terminal.ask('sendCode', claimOf(person));
  const [message] = (await (await platform.management('sms-outbox')).json()) as { text: string }[];
  const code = /\d{6}/.exec(message!.text)![0];
  const check = await terminal.ask('checkCode', { challengeId: sent.challengeId, code });
  assert.ok(check.accepted);
  const { identityToken } = check;

  const { accounts } = await terminal.ask('accounts', { identityToken });
  assert.equal(accounts.length, 2);
  const second = accounts[1]!.accountNumber;
  assert.equal((await terminal.ask('account', { identityToken, accountNumber: second })).accountNumber, second);

  const entries = person.accounts.find(({ accountNumber }) => accountNumber === second)!.entries;
  const pages = [];
  for (let offset = 0; offset < entries.length; offset += 25) {
    const page = await terminal.ask('history', {
      identityToken,
      accountNumber: second,
      order: 'oldest',
      offset,
      limit: 25,
    });
    assert.equal(page.rows, entries.length);
    pages.push(...page.entries);
  }
  assert.deepEqual(
    pages.map(({ balanceFen }) => balanceFen),
    entries.map(({ balanceFen }) => balanceFen),
  );

  const interest = await terminal.ask('interest', { identityToken, accountNumber: second, fundYear: 2025 });
  assert.ok(interest.settled && interest.lines.length > 0);
  const { loans } = await terminal.ask('loans', { identityToken });
  assert.equal(loans[0]!.state, 'overdue');
  const { loanNumber } = loans[0]!;
  const plan = await terminal.ask('loanPlan', { identityToken, loanNumber });
  assert.equal(
    plan.lines.reduce((sum, line) => sum + line.principalFen, 0),
    loans[0]!.balanceFen,
  );
  const history = await terminal.ask('loanHistory', { identityToken, loanNumber });
  assert.equal(history.entries[0]!.kindName, '发放');
  const refused = await terminal.call('earlyRepaymentTrial', { identityToken, loanNumber, amountFen: null });
  assert.equal((refused.body as { code: string }).code, 'E9005');
  const { reasons } = await terminal.ask('withdrawalReasons', { identityToken });
  assert.ok(reasons.some(({ code: reason }) => reason === '07'));
  const told = await terminal.ask('withdrawalCheck', { identityToken, reason: '07', months: 3 });
  assert.ok(told.outcome === 'open' && told.trace.length > 4);
  const stranger = await terminal.call('loanPlan', { identityToken, loanNumber: '1' });
  assert.equal((stranger.body as { code: string }).code, 'E3304');
});
