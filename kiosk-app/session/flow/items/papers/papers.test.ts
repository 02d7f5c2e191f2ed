import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAPER_NUMBER, answerOf } from '../../../testing/answers.ts';
import * as F from '../../../testing/fixtures.ts';
import { Play } from '../../../testing/play.ts';
import { codeOnPaper } from './verify-text.ts';

const CODE = 'K7QM2F9X0TBA41ZC';

test('a deposit certificate for a purpose of the list, the ID number whole because it was ticked', () => {
  const play = Play.identified().act({ type: 'open', item: 'P02' });
  play.act({ type: 'choose', id: 'school' }).act({ type: 'toggle', id: 'whole' }).act({ type: 'press', id: 'print' });
  const { ask, masked } = play.asked('issueDocument');
  assert.deepEqual(ask, { kind: 'depositCertificate', purpose: '子女入学' });
  assert.equal(masked, false);
});

test('a purpose in one’s own words', () => {
  const play = Play.identified().act({ type: 'open', item: 'P02' }).act({ type: 'choose', id: 'other' });
  play.act({ type: 'enter', value: '  ' });
  assert.equal(play.screen('entry').field, 'purpose', 'nothing but spaces is no purpose');
  play.act({ type: 'enter', value: '领养手续' }).act({ type: 'press', id: 'print' });
  assert.deepEqual(play.asked('issueDocument').ask, { kind: 'depositCertificate', purpose: '领养手续' });
});

test('a printer without paper: the certificate is not offered at all', () => {
  const host = F.hostSnapshot();
  const empty = host.devices.map((one) =>
    one.kind === 'documentPrinter' ? { ...one, state: 'fault' as const, code: 'E4102' } : one,
  );
  const play = Play.identified(F.agentSnapshot(), { ...host, devices: empty });
  const tile = play.screen('menu').items.find(({ id }) => id === 'P02');
  assert.equal(tile?.available, false);
});

test('a scanned paper is verified without anybody saying who they are', () => {
  const play = Play.ready().act({ type: 'open', item: 'P08' }).act({ type: 'choose', id: 'scan' });
  play.screen('wait');
  play.answer('scanCode', { text: `https://example.invalid/verify?n=${PAPER_NUMBER}&c=${CODE}` });
  assert.deepEqual(play.asked('askPlatform').ask, {
    route: 'verifyDocument',
    request: { documentNumber: PAPER_NUMBER, code: CODE },
  });
  play.answer('askPlatform', answerOf('verifyDocument'));
  assert.equal(play.screen('sheet').title.zh, '凭证有效');
});

test('something else is scanned: the number can be typed, a wrong one is said at once', () => {
  const play = Play.ready().act({ type: 'open', item: 'P08' }).act({ type: 'choose', id: 'scan' });
  play.answer('scanCode', { text: 'https://example.invalid/' });
  play.act({ type: 'enter', value: `${PAPER_NUMBER.slice(0, -1)}X` });
  assert.ok(play.screen('entry').error, 'a wrong check character is to be told');
  play.act({ type: 'enter', value: PAPER_NUMBER.toLowerCase() }).act({ type: 'enter', value: CODE });
  assert.equal(play.asked('askPlatform').ask.route, 'verifyDocument');
});

test('the scanner is left while it waits: it is told to stop', () => {
  const play = Play.ready().act({ type: 'open', item: 'P08' }).act({ type: 'choose', id: 'scan' });
  const { call } = play.asked('scanCode');
  play.act({ type: 'back' });
  assert.deepEqual(play.told('cancel').at(-1), { do: 'cancel', call });
});

test('one’s own paper once more; a cancelled one is shown and not printed', () => {
  const play = Play.identified().act({ type: 'open', item: 'P08' }).act({ type: 'choose', id: 'own' });
  play.answer('askPlatform', answerOf('ownDocuments'));
  const [valid, cancelled] = play.screen('choices').options;
  assert.ok(cancelled?.closed, 'a cancelled paper says why');
  play.act({ type: 'choose', id: cancelled.id });
  assert.equal(play.asks('issueDocument'), false);
  play.act({ type: 'choose', id: valid!.id });
  assert.deepEqual(play.asked('issueDocument').ask, { kind: 'reprint', documentNumber: PAPER_NUMBER });
});

test('only an address with a sound number and code is a paper', () => {
  assert.equal(codeOnPaper(PAPER_NUMBER), null);
  assert.equal(codeOnPaper(`https://example.invalid/verify?n=${PAPER_NUMBER}`), null);
  assert.deepEqual(codeOnPaper(`https://example.invalid/verify?n=${PAPER_NUMBER}&c=${CODE}`), {
    documentNumber: PAPER_NUMBER,
    code: CODE,
  });
});
