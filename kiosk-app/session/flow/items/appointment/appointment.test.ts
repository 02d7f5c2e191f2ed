import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerOf } from '../../../testing/answers.ts';
import * as F from '../../../testing/fixtures.ts';
import { Play } from '../../../testing/play.ts';

const chosen = (play: Play) => play.act({ type: 'open', item: 'B08' }).act({ type: 'choose', id: 'withdrawal' });
const dayOf = (play: Play, date: string) => play.screen('requestSlot').days.find((day) => day.date === date);

test('with the line: what is full cannot be chosen, what is left is said, and a half day that is shut is not called full', () => {
  const play = chosen(Play.identified()).answer('askPlatform', answerOf('appointmentSlots'));
  const full = dayOf(play, '2026-11-23');
  assert.deepEqual([full?.morning, full?.afternoon, full?.left?.afternoon], [false, true, 2]);
  assert.deepEqual(dayOf(play, '2026-11-27')?.closed, ['afternoon']);
  play.act({ type: 'chooseSlot', date: '2026-11-23', half: 'morning' });
  play.screen('requestSlot');
  play.act({ type: 'chooseSlot', date: '2026-11-23', half: 'afternoon' });
  play.screen('sheet');
});

test('without an answer: the days on which the branch is open, and nothing said of how many are left', () => {
  for (const play of [
    chosen(Play.identified()).fails('askPlatform', 'E3103'),
    chosen(Play.ready(F.OFFLINE).layCard()),
  ]) {
    const { days } = play.screen('requestSlot');
    assert.equal(days.length, 10);
    assert.ok(days.every(({ left }) => left === undefined));
    assert.equal(dayOf(play, '2026-11-28'), undefined, 'the branch is shut on Saturdays');
  }
});

test('left for elsewhere without what was free here', () => {
  const play = chosen(Play.identified()).answer('askPlatform', answerOf('appointmentSlots'));
  play.act({ type: 'press', id: 'leave' });
  const { stage } = play.state;
  assert.ok(stage.at === 'item' && stage.item === 'S04');
  const { begun } = stage.place as { begun: { step: string; form: object } };
  assert.equal(begun.step, 'slot');
  assert.ok(!JSON.stringify(begun).includes('left'), 'what was free goes along');
});
