import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as F from '../testing/fixtures.ts';
import { Play } from '../testing/play.ts';
import { LIMITS } from './state.ts';

const { words: WORDS, instead: INSTEAD } = F.STOPPED_WORDS;
const configured = (configuration: Partial<(typeof F)['CONFIGURATION']>) =>
  F.agentSnapshot({ configuration: { ...F.CONFIGURATION, ...configuration } });
const stop = (play: Play) => play.send({ type: 'agent', snapshot: F.STOPPED });
const open = (play: Play) => play.send({ type: 'agent', snapshot: F.agentSnapshot() });

describe('the centre stops the channel', () => {
  test('while nobody is there: the first screen says why and where to go, and no card is waited for', () => {
    const play = Play.ready();
    assert.ok(play.asks('readCard'));
    stop(play);
    assert.deepEqual(play.screen('paused'), { screen: 'paused', words: WORDS, instead: INSTEAD });
    assert.ok(!play.asks('readCard'), 'the reader still waits for a card');
    play.act({ type: 'open', item: 'S01' });
    play.screen('paused');
    assert.deepEqual(play.journal, [], 'a session was opened on a stopped channel');
    open(play);
    play.screen('attract');
    assert.ok(play.asks('readCard'));
  });

  test('in the middle of a print: the print finishes, can be looked at, and then the session ends with the reason', () => {
    const play = Play.identified().startPrinting();
    stop(play);
    play.screen('printing');
    assert.deepEqual(play.frame.notice, { kind: 'pausing', words: WORDS });
    assert.deepEqual(play.told('cancelOperation'), [], 'paper under way was taken back');
    play.answer('printDocument', { outcome: 'done', printed: 3 });
    play.keepIntent().answer('printSlip', { outcome: 'done', printed: 1 });
    assert.equal(play.screen('printed').slip, 'printed');
    play.pass(LIMITS.lastLook - 1);
    play.screen('printed');
    play.pass(1);
    const { reason, instead } = play.screen('goodbye');
    assert.deepEqual([reason, instead], ['stopped', INSTEAD]);
    assert.equal(play.entries('session.closed').at(-1)?.reason, 'stopped');
    assert.equal(play.told('endIdentity').length, 1);
    play.pass(LIMITS.goodbye);
    assert.equal(play.told('ended').length, 0, 'gone before anybody could read where to go');
    play.pass(LIMITS.goodbyeStopped);
    assert.equal(play.told('ended').length, 1);
  });

  test('while a statement is being made: it is printed, because its number is given', () => {
    const play = Play.identified();
    play
      .act({ type: 'open', item: 'P01' })
      .answer('account', F.OVERVIEW)
      .act({ type: 'choosePeriod', period: F.PERIOD });
    stop(play);
    play.answer('issueDocument', F.issuedFacts()).keepIntent().answer('printDocument', { outcome: 'done', printed: 3 });
    play.screen('printed');
  });

  test('while a request is on its way: its number is shown', () => {
    const play = Play.ready().complain().submit();
    stop(play);
    play.took();
    assert.equal(play.screen('accepted').requestNumber, F.REQUEST_NUMBER);
    play.act({ type: 'finish' });
    play.screen('rate');
    play.act({ type: 'open', item: 'S01' });
    play.pass(LIMITS.lastLook);
    assert.equal(play.screen('goodbye').reason, 'stopped');
  });

  test('while somebody only looks or types: it ends at once, and the goodbye says why', () => {
    const places: [string, Play][] = [
      ['menu', Play.identified()],
      ['enterCode', Play.ready().layCard().answer('sendCode', F.CODE_SENT)],
      ['item', Play.ready().act({ type: 'open', item: 'S01' })],
      ['account', Play.identified().act({ type: 'open', item: 'Q01' }).answer('account', F.OVERVIEW)],
    ];
    for (const [where, play] of places) {
      assert.equal(play.state.stage.at, where);
      stop(play);
      assert.equal(play.screen('goodbye').reason, 'stopped', where);
      assert.equal(play.state.person, null, 'somebody is still known');
    }
  });

  test('and starts it again before the last look is over: the person goes on', () => {
    const play = Play.identified().startPrinting();
    stop(play).answer('printDocument', { outcome: 'done', printed: 3 });
    play.pass(LIMITS.lastLook / 2);
    open(play);
    play.pass(LIMITS.lastLook);
    play.screen('printed');
    assert.equal(play.frame.notice, null);
    play.act({ type: 'home' });
    play.screen('menu');
  });

  test('the technician is not concerned', () => {
    const play = stop(Play.ready()).act({ type: 'openService' });
    play.screen('technicianSignIn');
    play.pass(1_000);
    play.screen('technicianSignIn');
  });

  test('who needs large text has twice the time for the last look', () => {
    const play = Play.identified()
      .startPrinting()
      .act({ type: 'chooseMode', mode: { text: 'large' } });
    stop(play).answer('printDocument', { outcome: 'done', printed: 3 });
    play.pass(LIMITS.lastLook);
    play.screen('printed');
    play.pass(LIMITS.lastLook);
    play.screen('goodbye');
  });
});

describe('notices of the centre', () => {
  const notice = (level: 'emergency' | 'information', zh: string) => ({
    id: zh,
    level,
    words: { zh, en: zh },
    until: null,
  });

  test('an emergency stands above every screen, news on the first one only', () => {
    const agent = configured({ notices: [notice('emergency', '暴雨'), notice('information', '搬迁')] });
    const play = Play.ready(agent);
    assert.equal(play.frame.notice?.words.zh, '暴雨');
    assert.deepEqual(
      play.screen('attract').announcements.map(({ zh }) => zh),
      ['搬迁'],
    );
    play.act({ type: 'open', item: 'S01' });
    assert.deepEqual(play.frame.notice, { kind: 'emergency', words: { zh: '暴雨', en: '暴雨' } });
  });
});
