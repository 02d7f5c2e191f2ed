import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SlipDocument } from '@kiosk/contract/slip.ts';
import { Play } from './testing/play.ts';
import * as F from './testing/fixtures.ts';
import { answerOf } from './testing/answers.ts';
import { OUTCOMES } from './testing/request-answers.ts';
import { slipDocument } from './slips.ts';

const origin = { ...F.IDENTITY, enquiryPhone: '12329', at: F.NOW };

/** What the slip that is being printed says, and its codes. */
function printing(play: Play, language: 'zh' | 'en' = 'zh') {
  const { slip } = play.keepIntent().asked('printSlip');
  const document = SlipDocument.parse(slipDocument(slip, { ...origin, language }));
  const lines = document.blocks.map((one) =>
    one.type === 'text' ? one.text : one.type === 'row' ? `${one.label} ${one.value}` : '',
  );
  return { text: lines.join('\n'), codes: document.blocks.flatMap((one) => (one.type === 'qr' ? [one.data] : [])) };
}

const asked = (play = Play.identified()) => play.complain().submit();
const appointed = (play = Play.identified()) =>
  play
    .act({ type: 'open', item: 'B08' })
    .act({ type: 'choose', id: 'withdrawal' })
    .answer('askPlatform', answerOf('appointmentSlots'))
    .act({ type: 'chooseSlot', date: '2026-11-25', half: 'morning' })
    .submit();

test('granted at once: the slip says what was done, and not that it is only received', () => {
  const { text } = printing(asked().took(OUTCOMES.granted));
  assert.match(text, /已办结/);
  assert.match(text, /提取金额 4,500.00/);
  assert.doesNotMatch(text, /尚未办结|只证明/);
});

test('refused: why, and what would change it', () => {
  const { text } = printing(asked().took(OUTCOMES.refused));
  assert.match(text, /未予办理/);
  assert.match(text, /本人及配偶在本市无自有住房\n· 住房转让登记后可以再申请/);
});

test('with a person of the staff: accepted, not decided, and by when', () => {
  const { text } = printing(asked().took(OUTCOMES.case));
  assert.match(text, /已受理，尚未办结/);
  assert.match(text, /办结期限 2026-11-25/);
});

test('something is missing: all of it, until when, how, and the code for a phone', () => {
  const supplyPage = 'https://127.0.0.1/m/cases/number';
  const { text, codes } = printing(asked().took({ ...OUTCOMES.needs, supplyPage }));
  assert.match(text, /一次性补正告知/);
  assert.match(text, /1\. 退休证或退休审批表\n请在 2026-12-05 前补齐/);
  assert.match(text, /补齐期限 2026-12-05/);
  assert.deepEqual(codes, [supplyPage]);
});

test('without the line: received, not decided, and who it is still to be completed', () => {
  const play = Play.ready(F.OFFLINE).layCard().act({ type: 'open', item: 'B04' }).act({ type: 'enter', value: '3' });
  play.act({ type: 'choose', id: 'commitment' }).act({ type: 'choose', id: 'onRecord' });
  play.act({ type: 'sign', strokes: [Array.from({ length: 12 }, (_, i): [number, number] => [i * 60, 300])] });
  play.answer('submitRequest', { requestNumber: F.REQUEST_NUMBER, offline: true });
  assert.match(JSON.stringify(play.screen('accepted').blocks), /身份只在本机核对了一步/);
  const { text } = printing(play);
  assert.match(text, /已收到，尚未办结/);
  assert.match(text, /身份核验 待中心完成/);
  assert.match(text, /线路恢复后自动送达/);
});

test('an appointment: confirmed with its place in the queue; asked for only, it says so', () => {
  const appointment = { branch: { zh: '望江服务大厅', en: 'Wangjiang hall' }, date: '2026-11-25', ticket: 'A003' };
  const results = { appointment: { ...appointment, half: 'morning' as const } };
  const { text } = printing(appointed().took({ ...OUTCOMES.granted, item: 'B08', results }));
  assert.match(text, /排队号\nA003/);
  assert.match(text, /地址 望江路 8 号/);
  assert.match(text, /时段 上午 09:00–12:00/);
  assert.match(printing(appointed().took(OUTCOMES.case)).text, /已收到，尚未确认/);
});

test('where a case stands goes along as a slip of its own', () => {
  const play = Play.identified().act({ type: 'open', item: 'Q06' }).answer('askPlatform', answerOf('progress', 1));
  play.act({ type: 'choose', id: 'n0' }).act({ type: 'press', id: 'takeHome' });
  const { text } = printing(play, 'en');
  assert.match(text, /Progress/);
  assert.match(text, /Now at Waits for a paper of yours/);
  assert.match(text, /Supply by 2026-12-05/);
});

test('calling staff prints nothing', () => {
  const play = Play.ready().act({ type: 'open', item: 'S03' }).act({ type: 'choose', id: 'stuck' });
  play.answer('submitRequest', { requestNumber: F.REQUEST_NUMBER, offline: false });
  play.answer('askPlatform', { ...OUTCOMES.granted, item: 'S03' });
  assert.equal(play.screen('accepted').slip, 'none');
  assert.equal(play.asks('intend'), false);
});
