import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as F from '../../../testing/fixtures.ts';
import { Play } from '../../../testing/play.ts';
import { daysInWords, openAt } from './hours.ts';

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
});
