import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LOANS, answerOf } from '../../../testing/answers.ts';
import * as F from '../../../testing/fixtures.ts';
import { Play } from '../../../testing/play.ts';

const STROKES: [number, number][][] = [Array.from({ length: 12 }, (_, i) => [i * 60, 300])];
const atAmount = () => Play.identified().act({ type: 'open', item: 'B06' }).answer('askPlatform', answerOf('loans'));

test('both ways side by side, then the request for one of them', () => {
  const play = atAmount().act({ type: 'enter', value: '10000000' });
  play.answer('askPlatform', answerOf('earlyRepaymentTrial'));
  const compare = play.screen('sheet').blocks.find(({ block }) => block === 'compare');
  assert.ok(compare?.block === 'compare');
  assert.deepEqual(
    compare.ways.map(({ id, best }) => [id, best]),
    [
      ['term', false],
      ['payment', true],
    ],
  );
  play.act({ type: 'press', id: 'payment' }).act({ type: 'sign', strokes: STROKES });
  play.answer('askPlatform', answerOf('confirmRequest'));
  const { form, person } = play.asked('submitRequest');
  assert.deepEqual(form, { item: 'B06', amountFen: 10_000_000, keep: 'payment', onDate: '2026-11-23' });
  assert.equal(person?.loanNumber, LOANS[0]!.loanNumber);
});

test('all of it: no two ways, the sum of that day', () => {
  const play = atAmount().act({ type: 'press', id: 'all' });
  play.answer('askPlatform', answerOf('earlyRepaymentTrial'));
  assert.ok(!play.screen('sheet').blocks.some(({ block }) => block === 'compare'));
  play.act({ type: 'press', id: 'all' }).act({ type: 'sign', strokes: STROKES });
  play.answer('askPlatform', answerOf('confirmRequest'));
  assert.ok(!('keep' in play.asked('submitRequest').form));
});

test('an amount that is not allowed: said where it was typed', () => {
  const play = atAmount().act({ type: 'enter', value: '100' }).fails('askPlatform', 'E9005');
  assert.ok(play.screen('entry').error);
});

test('no loan that still runs: said plainly', () => {
  const play = Play.identified().act({ type: 'open', item: 'B06' });
  play.answer('askPlatform', { asOf: F.NOW, loans: [LOANS[2]!] });
  assert.match(play.screen('sheet').title.zh, /没有/);
});
