import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { formatYuan } from '@kiosk/domain/money.ts';
import { start, TODAY } from './testing/city.ts';

test('an early repayment is granted by two: loan, account, papers and messages show it at the next question', async (t) => {
  const { depositor, platform, balance } = await start(t);
  const { terminal, identityToken } = depositor;
  const loan = async () => (await terminal.ask('loans', { identityToken })).loans[0]!;
  const [before, held] = [await loan(), await balance()];
  const { loanNumber } = before;
  const amountFen = 20_000_00;
  const trial = await terminal.ask('earlyRepaymentTrial', { identityToken, loanNumber, amountFen });
  const { number, told } = await depositor.request(
    { item: 'B06', amountFen, keep: 'payment', onDate: TODAY, payFrom: 'fund' },
    { loanNumber },
  );
  assert.ok(told.state === 'case' && told.results?.repayment?.booked === undefined, JSON.stringify(told));
  assert.equal((await loan()).balanceFen, before.balanceFen, 'nothing is booked before it is granted');
  const words = { zh: '同意提前还款', en: 'Granted' };
  const grant = { requestNumber: number, verdict: 'granted', words, by: 'wang.min' } as const;
  const { office } = platform.running.requests;
  const alone = await office.decide(grant);
  assert.equal(alone.ok || alone.error.code, 'E2506');
  assert.ok((await office.decide({ ...grant, proposedBy: 'li.na' })).ok);

  const after = await depositor.outcome(number);
  assert.ok(after.state === 'decided' && after.verdict === 'granted', JSON.stringify(after));
  assert.deepEqual(after.results?.repayment?.booked, {
    ...{ on: TODAY, principalFen: trial.principalFen, interestFen: trial.interestFen, balanceFen: trial.balanceFen },
  });
  const now = await loan();
  assert.deepEqual([now.balanceFen, now.monthsLeft], [trial.balanceFen, trial.keepPayment.months]);
  assert.equal(await balance(), held - amountFen);
  const page = { identityToken, order: 'newest', offset: 0, limit: 1 } as const;
  const [entry] = (await terminal.ask('history', page)).entries;
  assert.deepEqual([entry!.kind, entry!.reason, entry!.outFen], ['11', '06', amountFen]);
  const booked = (await terminal.ask('loanHistory', { identityToken, loanNumber })).entries.at(-1)!;
  assert.deepEqual([booked.kind, booked.amountFen, booked.balanceFen], ['05', amountFen, trial.balanceFen]);

  const period = { from: '2026-06', to: '2026-11' };
  for (const [kind, balanceFen] of [
    ['repaymentHistory', now.balanceFen],
    ['depositStatement', held - amountFen],
  ] as const) {
    const ask = { kind, period };
    const paper = await terminal.ask('issueDocument', { identityToken, operationId: kind, ask, maskIdNumber: true });
    const file = join(platform.installation.dir, `${kind}.pdf`);
    writeFileSync(file, Buffer.from(paper.pdfBase64, 'base64'));
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    assert.ok(text.includes(formatYuan(balanceFen)), `${kind} does not show what was booked`);
    if (kind === 'depositStatement') assert.ok(text.includes('经办机构') && text.includes(entry!.office!));
  }
  await platform.running.projected();
  const sent = JSON.stringify(await (await platform.management('sms-outbox')).json());
  assert.ok(sent.includes(formatYuan(now.balanceFen)), 'the person is not told that it is done');
});
