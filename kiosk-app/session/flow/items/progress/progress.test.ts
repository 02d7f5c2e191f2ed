import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerOf } from '../../../testing/answers.ts';
import * as F from '../../../testing/fixtures.ts';
import { Play } from '../../../testing/play.ts';
import { OUTCOMES } from '../../../testing/request-answers.ts';

const listed = () =>
  Play.identified().act({ type: 'open', item: 'Q06' }).answer('askPlatform', answerOf('progress', 1));

test('every case of every channel; what is missing goes on by phone', () => {
  const play = listed();
  assert.equal(play.screen('choices').options.length, 3);
  play.act({ type: 'choose', id: 'n0' });
  assert.match(JSON.stringify(play.screen('sheet').blocks), /退休证/);
  play.act({ type: 'press', id: 'phone' });
  const { ask } = play.asked('askPlatform');
  assert.ok(ask.route === 'leave' && ask.request.to === 'phone');
  assert.deepEqual(ask.request.form['materials'], ['retirement']);
  play.answer('askPlatform', answerOf('leave', 1)).act({ type: 'back' });
  assert.match(play.screen('sheet').title.zh, /退休提取/, 'one step back is the case');
});

test('the identity of a request that was left offline is completed here', () => {
  const play = listed().act({ type: 'choose', id: 'n2' }).act({ type: 'press', id: 'complete' });
  const { ask, operationId } = play.asked('askPlatform');
  assert.ok(ask.route === 'completeIdentity' && operationId);
  play.answer('askPlatform', OUTCOMES.granted);
  assert.match(play.screen('sheet').title.zh, /办好了/);
});

test('too long ago for the platform: one more factor, and nothing is claimed', () => {
  const play = listed().act({ type: 'choose', id: 'n2' }).act({ type: 'press', id: 'complete' });
  play.fails('askPlatform', 'E2701');
  assert.notEqual(play.state.stage.at, 'failure');
});

test('nothing there yet: said plainly', () => {
  const play = Play.identified().act({ type: 'open', item: 'Q06' }).answer('askPlatform', { masked: false, cases: [] });
  assert.equal(play.screen('choices').options.length, 0);
  assert.ok(play.screen('choices').empty);
});

test('staff are called without a card, and where they are is said in any case', () => {
  const play = Play.ready().act({ type: 'open', item: 'S03' });
  assert.match(play.screen('choices').lead?.zh ?? '', /12329/);
  play.act({ type: 'choose', id: 'stuck' });
  assert.deepEqual(play.asked('submitRequest').form, { item: 'S03', why: 'stuck' });
  play.took(OUTCOMES.granted);
  assert.match(play.screen('accepted').title.zh, /已通知/);
  const alone = Play.ready(F.OFFLINE).act({ type: 'open', item: 'S03' }).act({ type: 'choose', id: 'stuck' });
  assert.match(alone.screen('sheet').title.zh, /叫不到/, 'without the line nobody hears it');
});

test('another city: found by its sound, the account may be left out', () => {
  const play = Play.identified().act({ type: 'open', item: 'B07' }).act({ type: 'enter', value: 'yun' });
  play.act({ type: 'choose', id: '38020000' }).act({ type: 'press', id: 'skip' }).act({ type: 'press', id: 'skip' });
  play.act({ type: 'sign', strokes: [Array.from({ length: 12 }, (_, i): [number, number] => [i * 60, 300])] });
  play.answer('askPlatform', answerOf('confirmRequest'));
  const { form } = play.asked('submitRequest');
  assert.ok(form.item === 'B07' && form.fromCentre.id === '38020000');
});
