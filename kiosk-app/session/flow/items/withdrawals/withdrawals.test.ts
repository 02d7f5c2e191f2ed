import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerOf } from '../../../testing/answers.ts';
import * as F from '../../../testing/fixtures.ts';
import { OUTCOMES } from '../../../testing/request-answers.ts';
import { Play } from '../../../testing/play.ts';

const STROKES: [number, number][][] = [Array.from({ length: 12 }, (_, i) => [i * 60, 300])];
const open = (item: string, play = Play.identified()) => play.act({ type: 'open', item });
const choose = (play: Play, ...ids: string[]) => ids.reduce((so, id) => so.act({ type: 'choose', id }), play);

const rent = () => open('B04').act({ type: 'enter', value: '3' }).answer('askPlatform', answerOf('withdrawalCheck'));

test('rent, decided at once: months, what the rules say, consent, card on record, signature', () => {
  const play = rent();
  assert.deepEqual(play.screen('sheet').blocks[0], {
    block: 'headline',
    label: { zh: '可以提取', en: 'You may withdraw' },
    value: { kind: 'money', fen: 450_000 },
  });
  choose(play.act({ type: 'press', id: 'continue' }), 'consent', 'onRecord');
  play.act({ type: 'sign', strokes: STROKES }).answer('askPlatform', answerOf('confirmRequest'));
  assert.deepEqual(play.asked('submitRequest').form, {
    item: 'B04',
    months: 3,
    payTo: 'onRecord',
    consents: ['homes'],
    supplied: [{ material: 'noHomeHere', by: 'consent' }],
  });
  play.took(OUTCOMES.granted);
  assert.match(JSON.stringify(play.screen('accepted').blocks), /450000/);
});

test('rent, while the line is down: no decision, a number at once, and the identity is said to be incomplete', () => {
  const play = open('B04', Play.ready(F.OFFLINE).layCard()).act({ type: 'enter', value: '2' });
  choose(play, 'commitment');
  const payTo = play.screen('choices');
  assert.ok(payTo.options.find(({ id }) => id === 'newCard')?.closed, 'a new card cannot be checked without the line');
  choose(play, 'onRecord');
  const sign = JSON.stringify(play.screen('sign').statement);
  assert.match(sign, /线路中断/);
  assert.match(sign, /身份/);
  assert.match(sign, /退回已提取的款项/, 'the commitment does not stand above the signature word for word');
  play.act({ type: 'sign', strokes: STROKES });
  const { level, form } = play.asked('submitRequest');
  assert.equal(level, 'L1');
  assert.ok(form.item === 'B04' && form.commitment?.textId === 'noHome');
  play.answer('submitRequest', { requestNumber: F.REQUEST_NUMBER, offline: true });
  const told = play.screen('accepted');
  assert.equal(told.tone, 'wait');
  assert.match(told.lead.zh, /现在还没有办成/);
  assert.match(JSON.stringify(told.blocks), /身份/);
});

test('refused by the rules beforehand: why, what would change it, and no way to sign', () => {
  const play = open('B04').act({ type: 'enter', value: '3' }).answer('askPlatform', answerOf('withdrawalCheck', 1));
  const sheet = play.screen('sheet');
  assert.ok(!sheet.presses.some(({ id }) => id === 'continue'));
  assert.match(JSON.stringify(sheet.blocks), /再缴 2 个月/);
});

test('a paper is handed in later: accepted with a gap, and the phone is the way to send it', () => {
  const play = choose(rent().act({ type: 'press', id: 'continue' }), 'later', 'onRecord');
  play.act({ type: 'sign', strokes: STROKES }).answer('askPlatform', answerOf('confirmRequest'));
  const { form } = play.asked('submitRequest');
  assert.deepEqual('gaps' in form && form.gaps, [{ material: 'noHomeHere', as: 'later' }]);
  play.took(OUTCOMES.needs).act({ type: 'press', id: 'phone' });
  const { ask } = play.asked('askPlatform');
  assert.ok(ask.route === 'leave' && ask.request.to === 'phone' && ask.request.item === 'Q06');
  play.answer('askPlatform', answerOf('leave', 1));
  assert.ok(play.screen('sheet').blocks.some(({ block }) => block === 'qr'));
});

test('retired: another card and another phone with the same signature', () => {
  const play = open('B03').answer('askPlatform', answerOf('withdrawalCheck')).act({ type: 'press', id: 'continue' });
  choose(play, 'consent', 'newCard').act({ type: 'enter', value: F.CARD_NUMBER });
  play.answer('askPlatform', answerOf('verifyPayoutCard'));
  choose(play, 'other').act({ type: 'enter', value: F.OTHER_PHONE }).answer('askPlatform', F.CODE_SENT);
  play.act({ type: 'enter', value: '246810' }).answer('askPlatform', answerOf('checkContactCode'));
  const seen = JSON.stringify(play.screen('sign'));
  assert.ok(
    !seen.includes(F.CARD_NUMBER) && !seen.includes(F.OTHER_PHONE),
    'something stands whole above the signature',
  );
  play.act({ type: 'sign', strokes: STROKES }).answer('askPlatform', answerOf('confirmRequest'));
  const { form, person } = play.asked('submitRequest');
  assert.ok(form.item === 'B03' && form.bundle?.parts[0]?.item === 'B01' && form.payTo === 'newCard');
  assert.deepEqual([person?.cardNumber, person?.newPhone], [F.CARD_NUMBER, F.OTHER_PHONE]);
  const change = { item: 'B01', verdict: 'open' as const, words: { zh: '工作人员核对', en: 'Our staff check it' } };
  play.took({ ...OUTCOMES.granted, item: 'B03', results: { ...OUTCOMES.granted.results, parts: [change] } });
  const [parts] = play.screen('accepted').blocks;
  assert.match(JSON.stringify(parts), /联系信息变更.*工作人员办理.*退休提取.*办好了.*缴存证明.*现在就可以打印/);
  play.keepIntent().answer('printSlip', { outcome: 'done', printed: 1 });
  // The certificate is one of the parts: printed from here, and back to what became of the others.
  play.act({ type: 'press', id: 'certificate' }).answer('issueDocument', F.issuedFacts()).keepIntent();
  play.answer('printDocument', { outcome: 'done', printed: 3 });
  play.screen('printed');
  play.act({ type: 'home' });
  const { blocks, presses } = play.screen('accepted');
  assert.match(JSON.stringify(blocks[0]), /缴存证明.*已打印/);
  assert.deepEqual(presses, []);
});

test('the fund repays the loan from now on: an agreement with its first run, signed', () => {
  const play = choose(open('B05').answer('askPlatform', answerOf('loans')), 'offsetMonthly');
  assert.match(JSON.stringify(play.screen('sign').statement), /2026-12-12/);
  play.act({ type: 'sign', strokes: STROKES }).answer('askPlatform', answerOf('confirmRequest'));
  const { form, person } = play.asked('submitRequest');
  assert.ok(form.item === 'B05' && form.way === 'offsetMonthly');
  assert.ok(person?.loanNumber);
});

test('left in the middle and taken up again elsewhere: what was filled in is there, what was checked is checked again', () => {
  const left = rent().act({ type: 'press', id: 'continue' });
  choose(left, 'consent').act({ type: 'press', id: 'leave' });
  choose(left, 'resume');
  const { ask } = left.asked('askPlatform');
  assert.ok(ask.route === 'leave');
  const { item, step, form } = ask.request;

  const play = open('S04').act({ type: 'enter', value: F.RESUME_CODE });
  play.answer('askPlatform', { item, step, form, from: '50' });
  assert.equal(play.asked('askPlatform').ask.route, 'withdrawalCheck');
  play.answer('askPlatform', answerOf('withdrawalCheck')).act({ type: 'press', id: 'continue' });
  assert.match(play.screen('choices').title.zh, /付到哪里/);
});

test('what comes back of another shape is begun anew', () => {
  const play = open('S04').act({ type: 'enter', value: F.RESUME_CODE });
  play.answer('askPlatform', { item: 'B04', step: 'question', form: { place: { at: 'sign' } }, from: '10' });
  assert.equal(play.screen('entry').field, 'months');
});
