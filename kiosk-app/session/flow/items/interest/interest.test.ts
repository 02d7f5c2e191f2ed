import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerOf } from '../../../testing/answers.ts';
import * as F from '../../../testing/fixtures.ts';
import { Play } from '../../../testing/play.ts';
import { fundYearOf, fundYears } from './flow.ts';

test('the fund year turns on 1 July', () => {
  assert.equal(fundYearOf('2026-06-30'), 2025);
  assert.equal(fundYearOf('2026-07-01'), 2026);
  assert.deepEqual(fundYears('2024-07-01', '2026-11-21'), [2026, 2025, 2024]);
  assert.deepEqual(fundYears('2026-11-21', '2026-11-21'), [2026]);
});

test('a settled year: interest line by line, page by page, and its statement on paper', () => {
  const play = Play.identified().act({ type: 'open', item: 'Q03' }).answer('askPlatform', answerOf('accounts'));
  play.act({ type: 'choose', id: '2025' });
  assert.deepEqual(play.asked('askPlatform').ask, {
    route: 'interest',
    request: { accountNumber: F.ACCOUNT.accountNumber, fundYear: 2025 },
  });
  play.answer('askPlatform', answerOf('interest', 0));
  assert.equal(play.screen('sheet').pages, 2);
  play.act({ type: 'press', id: 'print' });
  assert.deepEqual(play.asked('issueDocument').ask, {
    kind: 'annualStatement',
    accountNumber: F.ACCOUNT.accountNumber,
    fundYear: 2025,
  });
});

test('the running year has no statement yet; a year that never was is not asked for', () => {
  const play = Play.identified().act({ type: 'open', item: 'Q03' }).answer('askPlatform', answerOf('accounts'));
  play.act({ type: 'choose', id: '1980' });
  assert.equal(play.asks('askPlatform'), false);
  play.act({ type: 'choose', id: '2026' }).answer('askPlatform', answerOf('interest', 1));
  assert.deepEqual(play.screen('sheet').presses, []);
});

test('two accounts: one is chosen first, neither number stands whole', () => {
  const play = Play.identified().act({ type: 'open', item: 'Q03' }).answer('askPlatform', answerOf('accounts', 1));
  const { options } = play.screen('choices');
  assert.equal(options.length, 2);
  assert.ok(!JSON.stringify(options).includes(F.ACCOUNT.accountNumber), 'the account number is to be masked');
});
