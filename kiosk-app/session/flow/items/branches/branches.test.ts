import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as F from '../../../testing/fixtures.ts';
import { Play } from '../../../testing/play.ts';
import { answerOf } from '../../../testing/answers.ts';
import { daysInWords, hoursOfHalf, openAt } from './hours.ts';

test('days in a row are said as from–to, others one by one', () => {
  assert.equal(daysInWords([1, 2, 3, 4, 5]).zh, '周一至周五');
  assert.equal(daysInWords([6]).zh, '周六');
  assert.equal(daysInWords([2, 4]).zh, '周二、周四');
  assert.equal(daysInWords([7, 6]).en, 'Sat, Sun');
});

test('open from the first minute and no longer at the last', () => {
  const hours = [{ days: [1], from: '09:00', to: '17:00' }];
  assert.deepEqual(
    ['08:59', '09:00', '16:59', '17:00'].map((time) => openAt(hours, 1, time)),
    [false, true, true, false],
  );
  assert.equal(openAt(hours, 2, '10:00'), false);
});

test('a branch without a card and without the line: on a Saturday it is closed, and says when it opens', () => {
  const play = Play.ready(F.OFFLINE).act({ type: 'open', item: 'Q09' }).act({ type: 'choose', id: 'wangjiang' });
  const { blocks } = play.screen('sheet');
  assert.ok(blocks.some((one) => one.block === 'notice' && one.words.zh === '现在休息'));
  assert.ok(JSON.stringify(blocks).includes('周一至周五 09:00–17:00'));
  assert.ok(JSON.stringify(blocks).includes('现在不知道'), 'without the line nobody knows who waits');
});

test('with the line: who waits there and when that was, and which machines work', () => {
  const play = Play.ready().act({ type: 'open', item: 'Q09' }).answer('askPlatform', answerOf('branchesNow'));
  assert.match(JSON.stringify(play.screen('choices').options[0]?.note), /现在营业 · 等候 3 人/);
  play.act({ type: 'choose', id: 'wangjiang' });
  const told = JSON.stringify(play.screen('sheet').blocks);
  assert.match(told, /14:05 的人数/);
  assert.match(told, /4 台，3 台能用/);
  play.act({ type: 'back' }).act({ type: 'choose', id: 'beimen' });
  assert.match(JSON.stringify(play.screen('sheet').blocks), /网点没有报/);
});

test('the platform is slow: the copy is shown all the same', () => {
  const play = Play.ready().act({ type: 'open', item: 'Q09' }).fails('askPlatform', 'E3103');
  assert.equal(play.screen('choices').options.length, 2);
  assert.match(play.screen('choices').lead?.zh ?? '', /不知道/);
});

test('half a day ends at noon, and a half on which the branch is shut has no hours', () => {
  const hours = [
    { days: [1], from: '09:00', to: '17:00' },
    { days: [6], from: '09:00', to: '11:30' },
  ];
  assert.equal(hoursOfHalf(hours, '2026-11-23', 'morning'), '09:00–12:00');
  assert.equal(hoursOfHalf(hours, '2026-11-23', 'afternoon'), '12:00–17:00');
  assert.equal(hoursOfHalf(hours, '2026-11-28', 'morning'), '09:00–11:30');
  assert.equal(hoursOfHalf(hours, '2026-11-28', 'afternoon'), null);
});
