import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerOf } from '../testing/answers.ts';
import * as F from '../testing/fixtures.ts';
import { Play } from '../testing/play.ts';

test('a statement online: card, code, period, paper, slip, rating, goodbye', () => {
  const play = Play.ready();
  assert.deepEqual(play.screen('attract').notices, []);
  assert.equal(play.journal.length, 0, 'nobody has begun yet, the journal stays quiet');

  play.layCard();
  assert.deepEqual(play.screen('working').task, 'sendCode');
  assert.deepEqual(play.told('sound'), [{ do: 'sound', name: 'cardRead' }]);
  play.answer('pseudonym', { person: 'hash-of-a-person' });
  play.answer('sendCode', F.CODE_SENT);
  assert.equal(play.screen('enterCode').phoneMasked, F.CODE_SENT.phoneMasked);
  assert.equal(play.frame.person, '沈*');
  play.act({ type: 'submitCode', code: '246810' });
  play.answer('checkCode', { accepted: true, identityToken: F.TOKEN, expiresAt: F.NOW + 900_000 });
  assert.ok(play.screen('menu').items.every((item) => item.available));

  play.startPrinting();
  assert.equal(play.screen('printing').pages, 3);
  const { operationId } = play.asked('printDocument');
  play.send({ type: 'printProgress', operationId, printed: 2 });
  assert.equal(play.screen('printing').page, 3);
  play.answer('printDocument', { outcome: 'done', printed: 3 });
  assert.equal(play.screen('printed').slip, 'printing');
  play.keepIntent().answer('printSlip', { outcome: 'done', printed: 1 });
  assert.equal(play.screen('printed').slip, 'printed');

  play.act({ type: 'finish' });
  play.act({ type: 'rate', score: 'satisfied' });
  assert.equal(play.screen('goodbye').reason, 'finished');
  play.pass(5_000);
  assert.deepEqual(play.told('ended'), [{ do: 'ended', reason: 'finished' }]);
  assert.deepEqual(
    play.journal.map((entry) => entry.type),
    [
      'session.opened',
      'identity.cardRead',
      'identity.codeSent',
      'identity.codeChecked',
      'document.issued',
      'operation.intended',
      'operation.settled',
      'operation.intended',
      'operation.settled',
      'service.rated',
      'session.closed',
    ],
  );
  assert.deepEqual(play.told('endIdentity'), [{ do: 'endIdentity', token: F.TOKEN }]);
});

test('nothing personal is left in the state after the end', () => {
  const play = Play.identified();
  play.act({ type: 'open', item: 'Q01' }).answer('account', F.OVERVIEW);
  play.act({ type: 'reveal' });
  play.act({ type: 'end' });
  const left = JSON.stringify(play.state);
  for (const secret of [F.PERSON.idNumber, F.PERSON.name, F.PERSON.phone, F.ACCOUNT.accountNumber, F.TOKEN]) {
    assert.ok(!left.includes(secret), 'a personal value is still in the state after the goodbye began');
  }
});

test('the account is masked, shown whole for 15 seconds on request, and the journal knows', () => {
  const play = Play.identified();
  play.act({ type: 'open', item: 'Q01' }).answer('account', F.OVERVIEW);
  assert.equal(play.screen('account').accountNumber, `********${F.ACCOUNT.accountNumber.slice(-4)}`);
  play.act({ type: 'reveal' });
  assert.equal(play.screen('account').accountNumber, F.ACCOUNT.accountNumber);
  assert.equal(play.screen('account').revealSecondsLeft, 15);
  play.pass(6_000);
  assert.equal(play.screen('account').revealSecondsLeft, 9);
  play.pass(9_000);
  assert.equal(play.screen('account').accountNumber, `********${F.ACCOUNT.accountNumber.slice(-4)}`);
  assert.equal(play.entries('field.revealed').length, 1);
});

test('details of the last twelve months, page by page, then printed as they are', () => {
  const play = Play.identified();
  play.act({ type: 'open', item: 'Q02' }).answer('account', F.OVERVIEW);
  const period = play.screen('period');
  assert.deepEqual(period.presets.find((preset) => preset.id === 'last12')?.period, F.PERIOD);
  assert.equal(period.latest, '2026-11');
  play.act({ type: 'choosePeriod', period: F.PERIOD }).answer('details', F.detailsOf(13));
  assert.equal(play.screen('details').rows.length, 9);
  play.act({ type: 'turnPage', by: 1 });
  assert.equal(play.screen('details').rows.length, 4);
  play.act({ type: 'turnPage', by: 1 });
  assert.equal(play.screen('details').page, 2, 'there is no third page');
  play.act({ type: 'print' });
  assert.deepEqual(play.asked('issueDocument').ask, { kind: 'depositStatement', period: F.PERIOD });
});

test('an account opened this year is not offered last year', () => {
  const play = Play.identified();
  play.act({ type: 'open', item: 'Q02' }).answer('account', { ...F.OVERVIEW, openedOn: '2026-03-01' });
  const { presets, earliest } = play.screen('period');
  assert.equal(earliest, '2026-03');
  assert.deepEqual(
    presets.map(({ id }) => id),
    ['last12', 'thisYear', 'all'],
  );
  assert.ok(presets.every(({ period }) => period.from >= earliest));
  play.act({ type: 'choosePeriod', period: { from: '2020-01', to: '2026-11' } });
  assert.equal(play.screen('period').purpose, 'details', 'a period before the account is not taken');
});

test('an appointment: service, working day, number, slip', () => {
  const play = Play.identified();
  play.act({ type: 'open', item: 'B08' });
  play.act({ type: 'choose', id: 'withdrawal' }).answer('askPlatform', answerOf('appointmentSlots'));
  const { days, branches } = play.screen('requestSlot');
  assert.equal(days[0]?.date, '2026-11-23', 'the 21st is a Saturday: the first day offered is Monday');
  assert.equal(branches.length, 2);
  play.act({ type: 'chooseBranch', branchId: 'beimen' });
  play.act({ type: 'chooseSlot', date: '2026-11-24', half: 'morning' });
  assert.match(JSON.stringify(play.screen('sheet').blocks), /122\*+\d\d/, 'the answer goes to the phone on record');
  play.submit();
  assert.deepEqual(play.asked('submitRequest').form, {
    item: 'B08',
    topicId: 'withdrawal',
    branchId: 'beimen',
    date: '2026-11-24',
    half: 'morning',
  });
  play.took();
  assert.match(JSON.stringify(play.screen('accepted').blocks), /Beimen hall/);
  play.keepIntent().fails('printSlip', 'E4202');
  assert.equal(play.screen('accepted').slip, 'failed', 'the request stands although its slip did not come');
});

test('a low mark asks for the reason, and counts without one', () => {
  const play = Play.identified();
  play.act({ type: 'open', item: 'Q01' }).answer('account', F.OVERVIEW);
  play.act({ type: 'finish' });
  play.act({ type: 'rate', score: 'dissatisfied' });
  assert.ok(play.screen('rate').askReason);
  play.pass(60_000).pass(30_000);
  assert.deepEqual(play.entries('service.rated'), [
    { type: 'service.rated', sessionId: 'session-1', score: 'dissatisfied' },
  ]);
  assert.equal(play.entries('session.closed')[0]?.reason, 'idle');
});

test('large text chosen before the card is kept for the person and forgotten for the next', () => {
  const play = Play.ready();
  play.act({ type: 'chooseMode', mode: { text: 'large' } }).act({ type: 'chooseLanguage', language: 'en' });
  play.pass(119_000);
  assert.equal(play.frame.mode.text, 'large');
  play.pass(1_000);
  assert.deepEqual([play.frame.mode.text, play.frame.language], ['normal', 'zh']);
});

test('an item the centre has closed stays visible with its reason; an open one this release does not know does not', () => {
  const closedReason = { zh: '即将开通', en: 'Opens soon' };
  const [first] = F.CATALOGUE.items;
  const items = [
    { ...first!, id: 'X02', state: 'closed' as const, closedReason },
    { ...first!, id: 'X03' },
  ];
  const play = Play.identified(F.agentSnapshot({ catalogue: { ...F.CATALOGUE, items } }));
  assert.deepEqual(
    play.screen('menu').items.map(({ id, available, reason }) => ({ id, available, reason })),
    [{ id: 'X02', available: false, reason: closedReason }],
  );
});
