import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LOANS, answerOf } from '../../../testing/answers.ts';
import * as F from '../../../testing/fixtures.ts';
import { Play } from '../../../testing/play.ts';

const withLoans = (variant: number) =>
  Play.identified().act({ type: 'open', item: 'Q04' }).answer('askPlatform', answerOf('loans', variant));

test('one loan: straight to it, its schedule page by page, and back', () => {
  const play = withLoans(0);
  const sheet = play.screen('sheet');
  assert.deepEqual(
    sheet.presses.map(({ id }) => id),
    ['plan', 'history', 'print'],
  );
  play.act({ type: 'press', id: 'plan' });
  assert.deepEqual(play.asked('askPlatform').ask, {
    route: 'loanPlan',
    request: { loanNumber: LOANS[0]!.loanNumber },
  });
  play.answer('askPlatform', answerOf('loanPlan', 1));
  assert.equal(play.screen('sheet').pages, 4);
  play.act({ type: 'turnPage', by: 1 });
  assert.equal(play.screen('sheet').page, 2);
  play.act({ type: 'turnPage', by: -1 }).act({ type: 'turnPage', by: -1 });
  assert.equal(play.screen('sheet').page, 1, 'there is no page before the first');
  play.act({ type: 'back' });
  assert.deepEqual(play.screen('sheet'), sheet, 'one step back is the loan, not the page before');
  play.act({ type: 'back' });
  assert.equal(play.screen('menu').screen, 'menu');
});

test('several loans: one is chosen; a settled one prints its certificate', () => {
  const play = withLoans(2);
  assert.equal(play.screen('choices').options.length, 3);
  play.act({ type: 'choose', id: 'n2' }).act({ type: 'press', id: 'print' });
  assert.deepEqual(play.asked('issueDocument').ask, { kind: 'loanSettlement', loanNumber: LOANS[2]!.loanNumber });
  play.answer('issueDocument', F.issuedFacts()).keepIntent().answer('printDocument', { outcome: 'done', printed: 3 });
  assert.equal(play.screen('printed').title.zh, '贷款结清证明');
});

test('no loan: said plainly, and the menu is one step away', () => {
  const play = withLoans(3);
  assert.match(play.screen('sheet').title.zh, /没有/);
  play.act({ type: 'back' });
  play.screen('menu');
});

test('the platform does not answer: a failure, and the same question again', () => {
  const play = Play.identified().act({ type: 'open', item: 'Q04' }).fails('askPlatform', 'E3102');
  assert.equal(play.screen('failure').canRetry, true);
  play.act({ type: 'retry' });
  assert.equal(play.asked('askPlatform').ask.route, 'loans');
  play.answer('askPlatform', answerOf('loans'));
  play.screen('sheet');
});

test('the person leaves while the platform is asked: the question is taken back and its answer changes nothing', () => {
  const play = Play.identified().act({ type: 'open', item: 'Q04' });
  const { call } = play.asked('askPlatform');
  play.act({ type: 'back' });
  assert.deepEqual(play.told('cancel').at(-1), { do: 'cancel', call });
  play.screen('menu');
});

test('no account and no address stands whole on a screen of loans', () => {
  const play = withLoans(2);
  const seen = [JSON.stringify(play.screen('choices'))];
  play.act({ type: 'choose', id: 'n0' });
  seen.push(JSON.stringify(play.screen('sheet')));
  for (const text of seen) {
    assert.ok(!text.includes(LOANS[0]!.repaymentAccount), 'the repayment account is to be masked');
    assert.ok(!text.includes(LOANS[0]!.loanNumber), 'the loan’s number is nobody else’s');
    assert.ok(!text.includes(LOANS[0]!.contractNumber), 'the contract number is to be masked');
  }
});
