import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as F from '../testing/fixtures.ts';
import { Play } from '../testing/play.ts';

const attention = (play: Play) => play.told('sound').filter(({ name }) => name === 'attention').length;

test('nobody touches for a minute: asked with sight and sound, ended half a minute later', () => {
  const play = Play.identified().pass(59_000);
  assert.equal(play.frame.idle, null);
  play.pass(1_000);
  assert.deepEqual(play.frame.idle, { secondsLeft: 30 });
  assert.equal(attention(play), 1);
  play.pass(10_000);
  assert.deepEqual(play.frame.idle, { secondsLeft: 20 });
  play.pass(20_000);
  assert.equal(play.screen('goodbye').reason, 'idle');
  assert.equal(play.entries('session.closed')[0]?.reason, 'idle');
});

test('in large-text mode both times are doubled', () => {
  const play = Play.identified().act({ type: 'chooseMode', mode: { text: 'large' } });
  play.pass(119_000);
  assert.equal(play.frame.idle, null);
  play.pass(1_000);
  assert.deepEqual(play.frame.idle, { secondsLeft: 60 });
  play.pass(59_000);
  play.screen('menu');
  play.pass(1_000).screen('goodbye');
});

test('more time is given at least ten times', () => {
  const play = Play.identified();
  for (let i = 0; i < 12; i++) {
    play.pass(60_000);
    assert.ok(play.frame.idle, `nothing was asked in round ${i}`);
    play.act({ type: 'moreTime' });
    assert.equal(play.frame.idle, null);
  }
  play.screen('menu');
});

test('a quarter of an hour is the cap, also for who touches all the time; it can be extended', () => {
  const play = Play.identified();
  const touchFor = (ms: number) => {
    for (let t = 0; t < ms; t += 10_000) play.pass(10_000).act({ type: 'touched' });
  };
  touchFor(14.5 * 60_000);
  assert.ok(play.frame.idle, 'half a minute before the cap it is asked');
  play.act({ type: 'touched' });
  assert.ok(play.frame.idle, 'a touch alone does not move the cap');
  play.act({ type: 'moreTime' });
  assert.equal(play.frame.idle, null);
  touchFor(4.5 * 60_000);
  assert.ok(play.frame.idle);
  touchFor(30_000);
  assert.equal(play.screen('goodbye').reason, 'cap');
});

test('waiting for the platform is not idleness', () => {
  const play = Play.identified().act({ type: 'open', item: 'Q01' });
  play.pass(80_000);
  assert.equal(play.frame.idle, null);
  play.answer('account', F.OVERVIEW).pass(59_000);
  assert.equal(play.frame.idle, null, 'the minute begins when the answer is there');
});

test('a failure nobody reads any more ends as well', () => {
  const play = Play.ready().layCard(F.CARD_WITH_WRONG_CHECK_DIGIT).pass(90_000);
  play.screen('goodbye');
  play.pass(4_000);
  assert.equal(play.told('ended').length, 1);
});

test('the first screen waits for ever and wakes nobody', () => {
  const play = Play.ready().pass(24 * 3_600_000);
  play.screen('attract');
  assert.equal(play.journal.length, 0);
});
