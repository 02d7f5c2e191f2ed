import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slipDocument } from '../../slips.ts';
import * as F from '../../testing/fixtures.ts';
import { Play } from '../../testing/play.ts';

const worked = (host = F.hostSnapshot()): Play => {
  const play = Play.ready(F.agentSnapshot(), host).act({ type: 'open', item: 'Q10' });
  play.act({ type: 'choose', id: 'deposit' });
  for (const value of ['1000000', '12000', '12000']) play.act({ type: 'enter', value });
  return play;
};
const button = (play: Play) => play.screen('sheet').presses.find(({ id }) => id === 'takeHome');

test('a result goes home on a slip, once, and the button says how it went', () => {
  const play = worked().act({ type: 'press', id: 'takeHome' });
  assert.equal(button(play)?.words.zh, '正在打小票');
  play.keepIntent();
  const { slip } = play.asked('printSlip');
  play.answer('printSlip', { outcome: 'done', printed: 1 });
  assert.equal(button(play)?.words.zh, '小票已打印');
  play.act({ type: 'press', id: 'takeHome' });
  assert.equal(play.asks('intend'), false, 'a second slip of the same page');
  const origin = {
    language: 'zh',
    centreName: F.IDENTITY.centreName,
    terminalId: '380103',
    enquiryPhone: '12329',
  } as const;
  const text = JSON.stringify(slipDocument(slip, { ...origin, at: F.NOW }));
  for (const wanted of ['每月缴存额', '每月一共', '2,400.00', '试算结果'])
    assert.ok(text.includes(wanted), `${wanted} is to stand on the slip`);
});

test('without a slip printer nothing is offered', () => {
  const host = F.hostSnapshot();
  const devices = host.devices.filter(({ kind }) => kind !== 'slipPrinter');
  assert.equal(button(worked({ ...host, devices })), undefined);
});
