import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OTHER } from '../../../testing/request-answers.ts';
import { answerOf } from '../../../testing/answers.ts';
import { Play } from '../../../testing/play.ts';

const start = () => Play.identified().act({ type: 'open', item: 'B09' });

test('the e-certificate goes to the phone as a QR', () => {
  const play = start().act({ type: 'choose', id: 'eCard' });
  const { ask } = play.asked('askPlatform');
  assert.ok(ask.route === 'leave' && ask.request.to === 'phone');
  play.answer('askPlatform', answerOf('leave', 1));
  assert.equal(play.screen('sheet').blocks[0]?.block, 'qr');
});

test('somebody is allowed to act: for what was ticked, and shown masked before and after', () => {
  const play = start().act({ type: 'choose', id: 'agent' }).act({ type: 'enter', value: OTHER.name });
  play.act({ type: 'enter', value: '12' });
  assert.ok(play.screen('entry').error, 'half a number is taken');
  play.act({ type: 'enter', value: OTHER.idNumber });
  assert.ok(play.screen('sheet').presses.find(({ id }) => id === 'give')?.closed, 'nothing is ticked yet');
  play.act({ type: 'toggle', id: 'P01' });
  const seen = JSON.stringify(play.screen('sheet'));
  assert.ok(!seen.includes(OTHER.name) && !seen.includes(OTHER.idNumber));
  play.act({ type: 'press', id: 'give' });
  const { ask } = play.asked('askPlatform');
  assert.ok(ask.route === 'authorise');
  assert.deepEqual([ask.request.agent.idNumber, ask.request.items], [OTHER.idNumber, ['P01']]);
  play.answer('askPlatform', answerOf('authorise'));
  assert.match(JSON.stringify(play.screen('sheet').blocks[0]), /K7QM 2F9X/);
});

test('what was allowed is taken back', () => {
  const play = start().act({ type: 'choose', id: 'list' }).answer('askPlatform', answerOf('authorisations'));
  play.act({ type: 'choose', id: 'n0' }).act({ type: 'press', id: 'withdraw' });
  assert.equal(play.asked('askPlatform').ask.route, 'withdrawAuthorisation');
  play.answer('askPlatform', answerOf('withdrawAuthorisation'));
  assert.match(play.screen('sheet').title.zh, /撤回/);
});

test('only a certificate that may be called back is offered', () => {
  const play = start().act({ type: 'choose', id: 'papers' }).answer('askPlatform', answerOf('ownDocuments'));
  assert.equal(play.screen('choices').options.length, 0);
  assert.ok(play.screen('choices').empty);
});

test('offices outside: whom, for what, until when; taken back as a request with two fresh factors', () => {
  const play = start().act({ type: 'choose', id: 'offices' }).answer('askPlatform', answerOf('consents'));
  assert.match(play.screen('choices').options[0]?.note?.zh ?? '', /已同意，到2026年12月11日/);
  play.act({ type: 'choose', id: 'n0' });
  assert.match(JSON.stringify(play.screen('sheet').blocks), /子女入学资格核验.*缴至年月/);
  play.act({ type: 'press', id: 'withdraw' }).act({ type: 'press', id: 'submit' });
  const { ask } = play.asked('askPlatform');
  assert.ok(ask.route === 'confirmRequest' && ask.request.item === 'B09');
  play.answer('askPlatform', answerOf('confirmRequest'));
  assert.deepEqual(play.asked('submitRequest').form, {
    ...{ item: 'B09', act: 'withdrawn', receiverId: 'education', consentId: 'consent-1' },
  });
});

test('a consent is given for as long as was chosen, to what is named and no more', () => {
  const play = start().act({ type: 'choose', id: 'offices' }).answer('askPlatform', answerOf('consents'));
  play.act({ type: 'choose', id: 'n1' });
  assert.deepEqual(
    play.screen('sheet').presses.map(({ id }) => id),
    ['for30', 'for90', 'for365'],
  );
  play.act({ type: 'press', id: 'for90' });
  assert.match(JSON.stringify(play.screen('sheet').blocks), /人力资源和社会保障局.*账户余额/);
  play.act({ type: 'press', id: 'submit' }).answer('askPlatform', answerOf('confirmRequest'));
  assert.deepEqual(play.asked('submitRequest').form, {
    ...{ item: 'B09', act: 'given', receiverId: 'human-resources', fields: ['balanceFen'], days: 90 },
  });
});
