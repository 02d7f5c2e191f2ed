import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestSha256 } from '@kiosk/contract/journal/confirmation.ts';
import { answerOf } from '../../../testing/answers.ts';
import * as F from '../../../testing/fixtures.ts';
import { Play } from '../../../testing/play.ts';
import { OUTCOMES } from '../../../testing/request-answers.ts';

const STROKES: [number, number][][] = [Array.from({ length: 12 }, (_, i) => [i * 60, 300])];

const typed = () => Play.identified().act({ type: 'open', item: 'B01' }).act({ type: 'enter', value: F.OTHER_PHONE });
const reached = () =>
  typed()
    .answer('askPlatform', F.CODE_SENT)
    .act({ type: 'enter', value: '246810' })
    .answer('askPlatform', answerOf('checkContactCode'));

test('a new phone: a code to it, the signature, noted by the platform, decided at once', () => {
  const play = reached();
  const sign = play.screen('sign');
  assert.ok(!JSON.stringify(sign).includes(F.OTHER_PHONE), 'the new number stands whole above the signature');
  play.act({ type: 'sign', strokes: STROKES });
  const { ask: confirmed, operationId } = play.asked('askPlatform');
  assert.ok(confirmed.route === 'confirmRequest');
  play.answer('askPlatform', answerOf('confirmRequest'));

  const sent = play.asked('submitRequest');
  assert.deepEqual(sent.form, { item: 'B01', change: 'phone', contactCheckId: 'contact-1' });
  assert.equal(sent.level, 'L3');
  assert.equal(sent.person?.newPhone, F.OTHER_PHONE);
  assert.ok(sent.person?.signature, 'the signature is not sealed with it');
  assert.equal(operationId, sent.operationId, 'another operation was confirmed than is sent');
  assert.equal(
    confirmed.request.formSha256,
    requestSha256(sent.form, sent.person),
    'something else was confirmed than is sent',
  );

  play.took({ ...OUTCOMES.granted, results: { phone: '122******21' } });
  const told = play.screen('accepted');
  assert.deepEqual([told.tone, told.requestNumber], ['good', F.REQUEST_NUMBER]);
  assert.match(JSON.stringify(told.blocks), /122\*+21/);
  play.act({ type: 'home' });
  assert.ok(!JSON.stringify(play.state).includes(F.OTHER_PHONE), 'the new number is still in the state');
});

test('a dot is no signature', () => {
  const play = reached().act({ type: 'sign', strokes: [[[500, 500]]] });
  assert.ok(play.screen('sign').error);
});

test('the number on record, and a wrong code: said where it was typed', () => {
  const same = typed().fails('askPlatform', 'E2702');
  assert.equal(same.screen('entry').error, 'E2702');
  const wrong = typed().answer('askPlatform', F.CODE_SENT).act({ type: 'enter', value: '111111' });
  wrong.answer('askPlatform', { accepted: false, attemptsLeft: 2 });
  assert.match(JSON.stringify(wrong.screen('entry').error), /2/);
  wrong.act({ type: 'enter', value: '111112' }).answer('askPlatform', { accepted: false, attemptsLeft: 0 });
  assert.equal(wrong.screen('entry').error, 'E1203');
  assert.equal(wrong.screen('entry').ask.kind, 'phone');
});

test('identified too long ago: one more factor, then the same screen again', () => {
  const play = reached().act({ type: 'sign', strokes: STROKES }).fails('askPlatform', 'E2701');
  assert.notEqual(play.state.stage.at, 'failure');
  assert.equal(play.asks('submitRequest'), false, 'it was sent without a confirmation');
});

test('the line breaks after the signature: the same operation once more', () => {
  const play = reached().act({ type: 'sign', strokes: STROKES }).answer('askPlatform', answerOf('confirmRequest'));
  const { operationId } = play.asked('submitRequest');
  play.fails('submitRequest', 'E9003').act({ type: 'retry' });
  play.answer('askPlatform', answerOf('confirmRequest'));
  assert.equal(play.asked('submitRequest').operationId, operationId);
});

test('nobody answers what became of it: the number stands, and nothing is claimed', () => {
  const play = reached().act({ type: 'sign', strokes: STROKES }).answer('askPlatform', answerOf('confirmRequest'));
  play.answer('submitRequest', { requestNumber: F.REQUEST_NUMBER, offline: false });
  for (let i = 0; i < 3; i++) play.answer('askPlatform', OUTCOMES.received);
  assert.equal(play.screen('accepted').tone, 'wait');
  const lost = reached().act({ type: 'sign', strokes: STROKES }).answer('askPlatform', answerOf('confirmRequest'));
  lost.answer('submitRequest', { requestNumber: F.REQUEST_NUMBER, offline: false }).act({ type: 'back' });
  assert.equal(lost.screen('accepted').tone, 'wait', 'whoever does not wait has the number');
});
