import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerOf } from '../../../testing/answers.ts';
import { Play } from '../../../testing/play.ts';

const begun = () =>
  Play.identified().act({ type: 'open', item: 'Q07' }).answer('askPlatform', answerOf('withdrawalReasons'));

test('rent for some months: asked for the months, then the platform with them', () => {
  const play = begun().act({ type: 'choose', id: '07' }).act({ type: 'enter', value: '3' });
  assert.deepEqual(play.asked('askPlatform').ask, { route: 'withdrawalCheck', request: { reason: '07', months: 3 } });
  play.answer('askPlatform', answerOf('withdrawalCheck'));
  assert.equal(play.screen('sheet').blocks[0]?.block, 'headline');
});

test('a purchase: asked for its cost; months and cost that make no sense are not sent', () => {
  const play = begun().act({ type: 'choose', id: '01' });
  play.act({ type: 'enter', value: '-5' }).act({ type: 'enter', value: 'x' });
  assert.equal(play.asks('askPlatform'), false);
  play.act({ type: 'enter', value: '90000000' });
  assert.deepEqual(play.asked('askPlatform').ask.request, { reason: '01', costFen: 90_000_000 });
});

test('refused: why, and what would change it', () => {
  const play = begun().act({ type: 'choose', id: '03' }).answer('askPlatform', answerOf('withdrawalCheck', 1));
  const steps = play.screen('sheet').blocks.find(({ block }) => block === 'steps');
  assert.ok(steps?.block === 'steps' && steps.steps[0]?.detail?.zh.includes('再缴'), 'what would change the answer');
});
