import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import { makeResumeCode } from '@kiosk/domain/resume-code.ts';
import * as F from '../../testing/fixtures.ts';
import { AGENT, FIRST_TOKEN, fullHost, provenBy } from '../../testing/identity-answers.ts';
import { Play } from '../../testing/play.ts';
import { levelNow, stillToComplete } from './level.ts';
import { raise } from './ways.ts';

const ready = (agent = F.agentSnapshot(), host = fullHost()) => Play.ready(agent, host);
const other = (play: Play) => play.act({ type: 'press', id: 'otherWay' });
const choose = (play: Play, id: string) => play.act({ type: 'choose', id });
const ids = (play: Play) => play.screen('choices').options.map(({ id }) => id);
/** From the card to the ways, the code left alone. */
const waiting = (play = ready()) => other(play.layCard().answer('sendCode', F.CODE_SENT));
/** A bank card is in and its PIN is being typed. */
function atPin(play: Play): Play {
  play.answer('readBankCard', {}).answer('bankCardTerms', { bankName: '江州示范银行' });
  return play;
}
const refused = (attemptsLeft: number): PlatformAnswer<'prove'> => ({ accepted: false, attemptsLeft });

describe('another way than the code', () => {
  test('every way of this machine is offered, the face last, and the card that was read is proven first', () => {
    const play = waiting();
    assert.deepEqual(ids(play), ['smsCode', 'bankCard', 'appCode', 'face', 'agent']);
    choose(play, 'bankCard');
    const asked = play.asked('prove');
    assert.deepEqual([asked.factor, asked.card?.idNumber], ['idCard', F.PERSON.idNumber]);
    play.answer('prove', provenBy(['idCard']));
    assert.equal(play.screen('wait').picture, 'insertCard');
    assert.equal(levelNow(play.state), 'L1');
  });

  test('bank card and PIN: read, asked, typed, checked, taken back, and what was wanted opens', () => {
    const play = waiting();
    choose(play, 'bankCard').answer('prove', provenBy(['idCard']));
    const { call } = play.asked('readBankCard');
    play.send({ type: 'identityProgress', call, step: 'inserted' });
    assert.ok(play.state.cardIn);
    atPin(play);
    const pad = play.asked('enterPin');
    play.send({ type: 'identityProgress', call: pad.call, step: 'typed', typed: 4 });
    assert.deepEqual([play.screen('wait').picture, play.screen('wait').typed], ['enterPin', 4]);
    play.answer('enterPin', { digits: 6 });
    const proof = play.asked('prove');
    assert.deepEqual([proof.factor, proof.token, proof.card], ['bankCard', FIRST_TOKEN, null]);
    play.answer('prove', provenBy(['idCard', 'bankCard']));
    assert.equal(play.screen('wait').picture, 'takeCard');
    play.answer('ejectCard', {});
    play.screen('menu');
    assert.equal(levelNow(play.state), 'L3');
    assert.equal(play.state.cardIn, false);
    assert.deepEqual(
      play.entries('identity.proven').map(({ factor, accepted }) => [factor, accepted]),
      [
        ['idCard', true],
        ['bankCard', true],
      ],
    );
  });

  test('a wrong PIN is typed again without taking the card out; the last one gives it back and offers other ways', () => {
    const play = waiting();
    choose(play, 'bankCard').answer('prove', provenBy(['idCard']));
    atPin(play).answer('enterPin', { digits: 6 }).answer('prove', refused(1));
    assert.ok(JSON.stringify(play.screen('wait').blocks).includes('还可以试 1 次'));
    assert.ok(play.asks('enterPin'));
    play.answer('enterPin', { digits: 6 }).answer('prove', refused(0));
    assert.equal(play.screen('wait').picture, 'takeCard');
    play.answer('ejectCard', {});
    assert.match(play.screen('choices').lead!.zh, /暂停/);
    assert.equal(levelNow(play.state), 'L1', 'a failed factor raised something');
    assert.equal(play.state.person?.token, null);
  });

  test('a card of another bank comes back before anybody types a PIN', () => {
    const play = waiting();
    choose(play, 'bankCard').answer('prove', provenBy(['idCard']));
    play.answer('readBankCard', {}).fails('bankCardTerms', 'E1211');
    assert.equal(play.asks('enterPin'), false);
    play.answer('ejectCard', {});
    assert.match(play.screen('choices').lead!.zh, /其他银行/);
    assert.ok(ids(play).includes('appCode'));
  });

  test('whoever walks away with the card inside gets it back all the same', () => {
    for (const leave of [
      { type: 'end' } as const,
      { type: 'home' } as const,
      { type: 'press', id: 'otherWay' } as const,
    ]) {
      const play = waiting();
      choose(play, 'bankCard').answer('prove', provenBy(['idCard']));
      atPin(play).act(leave);
      assert.equal(play.told('returnCard').length, 1, `the card stays inside after ${leave.type}`);
      assert.equal(play.asks('enterPin'), false, 'the pad still asks for a PIN');
    }
    const idle = waiting();
    choose(idle, 'bankCard').answer('prove', provenBy(['idCard']));
    atPin(idle).pass(200_000);
    assert.equal(idle.told('returnCard').length, 1);
  });

  test('the e-card of a phone: shown again when it is no longer good, and one phone is never two factors', () => {
    const play = waiting();
    choose(play, 'appCode').answer('prove', provenBy(['idCard']));
    assert.equal(play.screen('wait').picture, 'showCode');
    play.answer('scanAppCode', {}).fails('prove', 'E1212');
    assert.equal(play.screen('wait').picture, 'showCode');
    play.answer('scanAppCode', {}).answer('prove', provenBy(['idCard', 'appCode']));
    play.screen('menu');
    assert.equal(levelNow(play.state), 'L3');

    const phone = ready();
    other(phone);
    choose(phone, 'appCode')
      .answer('scanAppCode', {})
      .answer('prove', provenBy(['appCode']));
    phone.screen('menu');
    assert.equal(phone.frame.person, `${[...F.PERSON.name][0]!}*`);
    phone.act({ type: 'open', item: 'Q01' });
    assert.deepEqual(ids(phone), ['idCard', 'bankCard'], 'a code to the same phone is offered');
    assert.equal(phone.entries('identity.cardRead').length, 0, 'a card is on record that nobody laid');
  });

  test('without an ID card: a bank card names its holder; the ID card of somebody else is told so', () => {
    const play = ready();
    assert.equal(play.screen('attract').otherWay, true);
    other(play);
    assert.deepEqual(ids(play), ['idCard', 'bankCard', 'appCode']);
    atPin(choose(play, 'bankCard')).answer('enterPin', { digits: 6 });
    assert.equal(play.asked('prove').token, null);
    play.answer('prove', provenBy(['bankCard'])).answer('ejectCard', {});
    play.act({ type: 'open', item: 'P01' });
    assert.equal(play.asked('sendCode').token, FIRST_TOKEN);
    other(play.fails('sendCode', 'E1204'));
    choose(play, 'idCard').answer('layCard', F.CARD).fails('prove', 'E1209');
    assert.match(play.screen('choices').lead!.zh, /不是刚才那位/);
    choose(play, 'idCard')
      .answer('layCard', F.CARD)
      .answer('prove', provenBy(['bankCard', 'idCard']));
    assert.ok(play.asks('account'), 'what was wanted does not open');
  });

  test('face: nothing is read before the consent, and not agreeing leads to the other ways', () => {
    const play = waiting();
    choose(play, 'face').answer('prove', provenBy(['idCard']));
    play.screen('sheet');
    assert.equal(play.asks('matchFace'), false);
    assert.equal(play.entries('identity.consented').length, 0);
    other(play);
    assert.ok(ids(play).length >= 4);
    choose(play, 'face').act({ type: 'press', id: 'agree' });
    assert.equal(play.entries('identity.consented').length, 1);
    const { call, idNumber } = play.asked('matchFace');
    assert.equal(idNumber, F.PERSON.idNumber);
    play.send({ type: 'identityProgress', call, step: 'look' });
    assert.equal(play.screen('wait').picture, 'lookAtCamera');
    play.answer('matchFace', { score: 0.5 });
    assert.ok(play.asked('prove').consentAt);
    play.answer('prove', refused(1));
    assert.equal(play.screen('wait').picture, 'layCard');
    play.answer('matchFace', { score: 0.93 }).answer('prove', provenBy(['idCard', 'face']));
    play.screen('menu');
  });

  test('a machine whose library has no camera does not offer the face', () => {
    const host = fullHost({ faces: { capabilities: { vendor: ['photo', 'face'] } } });
    const face = waiting(ready(F.agentSnapshot(), host))
      .screen('choices')
      .options.find(({ id }) => id === 'face');
    assert.ok(face?.closed, 'the face is offered and cannot work');
  });
});

describe('what goes wrong is no dead end', () => {
  test('too many wrong codes, no phone: the other ways stand there with the reason', () => {
    const locked = ready().layCard().answer('sendCode', F.CODE_SENT);
    locked.act({ type: 'submitCode', code: '111111' }).answer('checkCode', { accepted: false, attemptsLeft: 0 });
    assert.match(locked.screen('choices').lead!.zh, /次数太多/);
    const none = ready().layCard().fails('sendCode', 'E1204');
    const sms = none.screen('choices').options.find(({ id }) => id === 'smsCode');
    assert.ok(sms?.closed, 'a code is offered although there is no phone on record');
  });

  test('help names each trouble and leads to a request with a number', () => {
    const play = waiting();
    play.act({ type: 'press', id: 'help' });
    const text = JSON.stringify(play.screen('sheet').blocks);
    for (const word of ['手机号换了', '别家银行', '间隔点', '过期'])
      assert.ok(text.includes(word), `nothing about ${word}`);
    play.act({ type: 'press', id: 'leaveRequest' });
    assert.ok(!['sheet'].includes(play.state.stage.at));
    assert.notEqual(play.state.stage.at, 'identify');
  });

  test('an expired card: begin with the phone instead', () => {
    const play = ready().layCard({ ...F.CARD, validTo: '2020-01-01' });
    assert.equal(play.screen('failure').otherWay, true);
    other(play);
    assert.ok(ids(play).includes('appCode'));
  });

  test('cards of all four kinds are taken', () => {
    const play = ready().layCard({ ...F.CARD, kind: 'hkMacaoTaiwanResident' });
    assert.ok(play.asks('sendCode'));
  });
});

describe('代办', () => {
  const known = () => {
    const play = waiting(ready());
    choose(play, 'agent').answer('prove', provenBy(['idCard'], AGENT));
    return play;
  };
  const acting = (authority: 'eConsent' | 'paper', level: 'L1' | 'L3'): PlatformAnswer<'actFor'> => {
    const { accepted: _yes, ...state } = provenBy(['idCard']);
    return {
      ...state,
      level,
      identityToken: 'token for another',
      agent: { nameMasked: '阿*', idNumberMasked: '3*1', authority, items: authority === 'paper' ? [] : ['Q01'] },
    };
  };

  test('with a code: from there on everything is about the other person, the agent is on record masked', () => {
    const play = known();
    choose(play, 'agentCode').act({ type: 'enter', value: 'not a code' });
    assert.equal(play.screen('entry').error, 'E1214');
    play.act({ type: 'enter', value: makeResumeCode(() => Buffer.alloc(8, 7)) });
    play.answer('actFor', acting('eConsent', 'L3'));
    play.screen('menu');
    assert.equal(play.frame.person, `${[...F.PERSON.name][0]!}*`);
    const [entry] = play.entries('identity.acting');
    assert.equal(entry?.authority, 'eConsent');
    assert.ok(!JSON.stringify(play.journal).includes(AGENT.name));
  });

  test('with a paper: the other card is laid, one factor is all it makes, and the slip says what is missing', () => {
    const play = known();
    choose(play, 'agentPaper');
    play.answer('layCard', F.CARD).answer('actFor', acting('paper', 'L1'));
    play.screen('menu');
    assert.equal(levelNow(play.state), 'L1');
    assert.match(stillToComplete(play.state, 'L3')!.zh, /代办/);
  });
});

describe('levels', () => {
  test('offline the card is L1 and a face compared here makes it L2, and what is missing is said', () => {
    const play = ready(F.OFFLINE).layCard();
    play.screen('menu');
    assert.equal(levelNow(play.state), 'L1');
    assert.match(stillToComplete(play.state, 'L3')!.zh, /连不上中心/);
    play.state = raise(play.state, 'L2', null).state;
    choose(play, 'face').act({ type: 'press', id: 'agree' });
    const ask = play.state.stage.at === 'identify' ? play.state.stage.call : null;
    play.send({ type: 'answer', to: 'matchFace', call: ask!, result: { ok: true, value: { score: 0.9 } } });
    play.screen('menu');
    assert.equal(levelNow(play.state), 'L2');
    assert.equal(play.state.person?.token, null, 'a face without the platform opened something of the platform');
  });

  test('L3 ends after ten minutes; raise asks for one factor more and goes on where one was', () => {
    const play = waiting();
    choose(play, 'appCode')
      .answer('prove', provenBy(['idCard']))
      .answer('scanAppCode', {});
    play.answer('prove', provenBy(['idCard', 'appCode']));
    assert.equal(levelNow(play.state), 'L3');
    for (let i = 0; i < 11; i++) play.pass(55_000).act({ type: 'touched' });
    assert.equal(levelNow(play.state), 'L2');
    const raised = raise(play.state, 'L3', { at: 'period', purpose: 'details' });
    play.state = raised.state;
    assert.match(play.screen('choices').title.zh, /再核验一次/);
    choose(play, 'appCode');
    const call = play.state.stage.at === 'identify' ? play.state.stage.call! : 0;
    play.send({ type: 'answer', to: 'scanAppCode', call, result: { ok: true, value: {} } });
    play.answer('prove', provenBy(['idCard', 'appCode']));
    assert.equal(play.state.stage.at, 'period');
    assert.equal(levelNow(play.state), 'L3');
  });
});
