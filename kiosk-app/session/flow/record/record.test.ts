import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullHost } from '../../testing/identity-answers.ts';
import * as F from '../../testing/fixtures.ts';
import { Play } from '../../testing/play.ts';
import { slipDocument } from '../../slips.ts';

const record = { type: 'press', id: 'record' } as const;
const origin = { ...F.IDENTITY, language: 'zh' as const, enquiryPhone: '12329', at: F.NOW };
const printed = () => Play.identified().startPrinting().answer('printDocument', { outcome: 'done', printed: 3 });
const slipTold = (play: Play) => {
  const { slip } = play.asked('printSlip');
  assert.equal(slip.kind, 'session');
  return slipDocument(slip, origin)
    .blocks.map((one) => ('text' in one ? one.text : 'label' in one ? `${one.label} ${one.value}` : ''))
    .join('\n');
};

test('whoever leaves takes along what was read and printed, by kinds and numbers, and nothing of anybody', () => {
  const play = printed().keepIntent().answer('printSlip', { outcome: 'done', printed: 1 }).act({ type: 'finish' });
  assert.equal(play.screen('rate').record, 'offered');
  play.act(record);
  assert.equal(play.entries('operation.intended').at(-1)?.kind, 'printSlip', 'a slip without its intent');
  play.keepIntent();
  const told = slipTold(play);
  assert.match(told, /身份证：姓名、号码、有效期/);
  assert.match(told, /手机验证码/);
  assert.match(told, /住房公积金缴存明细对账单，3 页/);
  assert.match(told, /小票 1 张/);
  assert.match(told, /您的个人信息：本机不保存/);
  for (const secret of [F.PERSON.name, F.PERSON.idNumber, F.PERSON.phone, F.ACCOUNT.accountNumber])
    assert.ok(!told.includes(secret), 'the record tells who it was');
  assert.equal(play.screen('rate').record, 'printing');
  play.answer('printSlip', { outcome: 'done', printed: 1 });
  assert.equal(play.screen('rate').record, 'printed');
  assert.equal(play.entries('operation.settled').at(-1)?.outcome, 'done');
});

test('nobody has to: the rating ends the visit as ever, and the goodbye offers it once more', () => {
  const play = printed().act({ type: 'finish' }).act({ type: 'rate', score: 'satisfied' });
  assert.equal(play.screen('goodbye').record, 'offered');
  play.act(record);
  assert.equal(play.screen('goodbye').record, 'printing');
  // The person is gone from the state; the slip still tells.
  assert.equal(play.state.person, null);
  for (let i = 0; i < 2; i++) play.keepIntent();
  for (let i = 0; i < 2; i++) play.answer('printSlip', { outcome: 'done', printed: 1 });
  play.pass(5_000);
  assert.equal(play.told('ended').length, 1);
});

test('requests stand on it with their numbers, and those without the line as waiting', () => {
  const play = Play.ready(F.OFFLINE).layCard().complain().submit();
  play.answer('submitRequest', { requestNumber: F.REQUEST_NUMBER, offline: true }).keepIntent();
  play.answer('printSlip', { outcome: 'done', printed: 1 }).act({ type: 'finish' }).act(record).keepIntent();
  assert.match(slipTold(play), /受理号 YTJ[\dA-Z ]+，联网后送出/);
});

test('without a slip printer nothing is offered, and nobody who walked away leaves it to the next', () => {
  const out = F.hostSnapshot({ 'slip-printer': { state: 'fault', code: 'E4202' } });
  const play = Play.identified(F.agentSnapshot(), out).act({ type: 'end' });
  assert.equal(play.screen('goodbye').record, undefined);
  const gone = Play.identified(F.agentSnapshot(), fullHost()).pass(90_000);
  assert.equal(gone.screen('goodbye').reason, 'idle');
  assert.equal(gone.screen('goodbye').record, undefined);
});
