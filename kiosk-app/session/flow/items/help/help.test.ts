import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as F from '../../../testing/fixtures.ts';
import { fullHost } from '../../../testing/identity-answers.ts';
import { Play } from '../../../testing/play.ts';
import { OUTCOMES } from '../../../testing/request-answers.ts';

const call = (play: Play) => play.act({ type: 'open', item: 'S03' }).act({ type: 'choose', id: 'stuck' });
const withBoard = (agent = F.agentSnapshot()) => Play.identified(agent, fullHost());

test('staff are called with what the person was at, and nothing of the person', () => {
  const play = call(withBoard().act({ type: 'open', item: 'Q10' }).act({ type: 'home' }));
  assert.deepEqual(play.asked('submitRequest').form, { item: 'S03', why: 'stuck', step: 'Q10' });
  const words = { zh: '已通知值班人员，请在机器旁稍等。', en: 'Staff on duty have been told.' };
  play.took({ ...OUTCOMES.granted, item: 'S03', words });
  assert.equal(play.screen('accepted').lead.zh, words.zh);
});

test('no answer: called is not told, and the hotline is named', () => {
  const play = call(Play.ready());
  play.answer('submitRequest', { requestNumber: F.REQUEST_NUMBER, offline: false }).fails('askPlatform', 'E3103');
  const { tone, lead } = play.screen('accepted');
  assert.equal(tone, 'wait');
  assert.match(lead.zh, /12329/);
});

test('without the line nobody is told, and the screen says so; a machine with a bell rings it, and says how far that is heard', () => {
  const quiet = call(Play.ready(F.OFFLINE));
  assert.match(JSON.stringify(quiet.screen('sheet')), /没有通知到任何人.*12329/);
  const ringing = call(Play.ready(F.OFFLINE, fullHost()));
  assert.match(ringing.screen('sheet').lead?.zh ?? '', /只有近处听得见/);
});

test('called in the middle of something: the way back leads there', () => {
  const play = Play.ready().act({ type: 'open', item: 'Q10' }).act({ type: 'choose', id: 'loan' });
  const before = JSON.stringify(play.screen('entry'));
  play.act({ type: 'open', item: 'S03' }).act({ type: 'back' });
  assert.equal(JSON.stringify(play.screen('entry')), before);
});
