import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerOf } from '../../../testing/answers.ts';
import * as F from '../../../testing/fixtures.ts';
import { fullHost } from '../../../testing/identity-answers.ts';
import { Play } from '../../../testing/play.ts';

const withReader = () => Play.identified(F.agentSnapshot(), fullHost()).act({ type: 'open', item: 'B02' });
const typed = () => Play.identified().act({ type: 'open', item: 'B02' }).act({ type: 'enter', value: F.CARD_NUMBER });

test('the card is put in: its number is read, the bank knows the name, and only four digits are shown', () => {
  const play = withReader().act({ type: 'choose', id: 'insert' });
  assert.equal(play.screen('wait').picture, 'insertCard');
  play.answer('readPayoutCard', { number: F.CARD_NUMBER });
  const { ask, operationId } = play.asked('askPlatform');
  assert.equal(ask.route, 'verifyPayoutCard');
  assert.ok(operationId, 'a check at the bank without an operation could be made twice');
  play.answer('askPlatform', answerOf('verifyPayoutCard'));
  const seen = JSON.stringify(play.screen('sign'));
  assert.ok(seen.includes('2018') && !seen.includes(F.CARD_NUMBER));
});

test('not readable: again, or the number is typed', () => {
  const play = withReader().act({ type: 'choose', id: 'insert' }).fails('readPayoutCard', 'E1303');
  assert.deepEqual(
    play.screen('wait').presses.map(({ id }) => id),
    ['insert', 'type'],
  );
  play.act({ type: 'press', id: 'type' });
  assert.equal(play.screen('entry').ask.kind, 'cardNumber');
});

test('the person goes away from the reader: the question is taken back', () => {
  const play = withReader().act({ type: 'choose', id: 'insert' });
  const { call } = play.asked('readPayoutCard');
  play.act({ type: 'back' });
  assert.deepEqual(play.told('cancel').at(-1), { do: 'cancel', call });
});

test('without a reader the number is typed; the bank has another name: what to do', () => {
  const play = typed().answer('askPlatform', { ...answerOf('verifyPayoutCard', 2), repair: 'name' } as never);
  const sheet = play.screen('sheet');
  assert.match(JSON.stringify(sheet.blocks), /中间的点/);
  play.act({ type: 'press', id: 'again' });
  play.screen('entry');
});

test('the bank does not answer: the same question under the same operation', () => {
  const play = typed();
  const { operationId } = play.asked('askPlatform');
  play.fails('askPlatform', 'E3102').act({ type: 'retry' });
  assert.equal(play.asked('askPlatform').operationId, operationId);
});
