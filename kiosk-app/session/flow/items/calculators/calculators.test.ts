import assert from 'node:assert/strict';
import { test } from 'node:test';
import { schedule, totalInterest } from '@kiosk/domain/loan-schedule.ts';
import fc from 'fast-check';
import * as F from '../../../testing/fixtures.ts';
import { Play } from '../../../testing/play.ts';

const opened = (id: string) => Play.ready().act({ type: 'open', item: 'Q10' }).act({ type: 'choose', id });
const enter = (play: Play, ...values: string[]) => values.reduce((so, value) => so.act({ type: 'enter', value }), play);

test('nobody has to say who they are, and nothing is asked of the platform, also without the line', () => {
  const play = Play.ready(F.OFFLINE).act({ type: 'open', item: 'Q10' }).act({ type: 'choose', id: 'deposit' });
  enter(play, '1000000', '12000', '12000');
  const [headline] = play.screen('sheet').blocks;
  assert.ok(headline?.block === 'headline' && headline.value.kind === 'money');
  assert.equal(headline.value.fen, 240_000, 'two sides of 12 % of 10,000 yuan');
  assert.equal(play.asks('askPlatform'), false);
});

test('a base above the city’s greatest: the greatest is used and said', () => {
  const sheet = enter(opened('deposit'), '5000000', '5000', '5000').screen('sheet');
  assert.match(sheet.lead?.zh ?? '', /限额/);
});

test('what cannot be worked out is asked again', () => {
  const play = enter(opened('deposit'), '0');
  assert.ok(play.screen('entry').error, 'an amount of nothing is to be refused');
  enter(play, '1000000', '20000');
  assert.equal(play.screen('entry').field, 'unit', 'a ratio above the city’s greatest');
});

test('a loan both ways: the figures of the schedules, page by page, and the cheaper one marked', () => {
  const play = enter(opened('loan'), '60000000', '20').act({ type: 'choose', id: 'first' });
  const sheet = play.screen('sheet');
  const compare = sheet.blocks.find(({ block }) => block === 'compare');
  assert.ok(compare?.block === 'compare');
  const rate = { numerator: 260, denominator: 10_000 };
  const lines = schedule({
    principalFen: 60_000_000,
    annualRate: rate,
    months: 240,
    way: '01',
    firstDueDate: '2026-12-21',
  });
  assert.deepEqual(compare.ways[0]?.facts[2]?.value, { kind: 'money', fen: totalInterest(lines) });
  assert.equal(compare.ways[1]?.best, true);
  assert.equal(sheet.pages, 1 + 24);
  play.act({ type: 'turnPage', by: 1 });
  assert.equal(play.screen('sheet').blocks[0]?.block, 'table');
});

test('early repayment: both ways save, and never more than the interest that was to come', () => {
  fc.assert(
    fc.property(fc.integer({ min: 20_000, max: 900_000 }), fc.integer({ min: 13, max: 300 }), (yuan, months) => {
      const play = enter(opened('early'), String(yuan * 100), String(months)).act({ type: 'choose', id: '01' });
      enter(play, '1000000');
      const compare = play.screen('sheet').blocks.find(({ block }) => block === 'compare');
      assert.ok(compare?.block === 'compare');
      const [shorter, smaller] = compare.ways.map(({ facts }) =>
        facts[0]?.value.kind === 'money' ? facts[0].value.fen : NaN,
      );
      assert.ok(shorter! >= smaller! && smaller! >= 0, `${yuan} yuan, ${months} months: ${shorter} against ${smaller}`);
    }),
    { numRuns: 60 },
  );
});
