import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as F from '../testing/fixtures.ts';
import { Play } from '../testing/play.ts';

const failuresOf = (play: Play) => play.entries('session.failure').map(({ code, step }) => ({ code, step }));

describe('the card', () => {
  test('pulled away too early: the reader waits again at once, and the next try goes on', () => {
    const play = Play.ready();
    play.send({ type: 'cardProgress', call: play.asked('readCard').call, step: 'reading' });
    play.screen('readingCard');
    play.fails('readCard', 'E1102');
    assert.equal(play.screen('failure').code, 'E1102');
    assert.equal(play.screen('failure').canRetry, false, 'laying the card is the retry, no button is needed');
    play.layCard();
    assert.equal(play.screen('working').task, 'sendCode');
    assert.deepEqual(play.entries('identity.cardRefused'), [
      { type: 'identity.cardRefused', sessionId: 'session-1', code: 'E1102' },
    ]);
    assert.equal(play.entries('session.opened').length, 1);
  });

  test('an ID number with a wrong check digit is refused and journaled, the person is not kept', () => {
    const play = Play.ready().layCard(F.CARD_WITH_WRONG_CHECK_DIGIT);
    const failure = play.screen('failure');
    assert.deepEqual([failure.code, failure.step, failure.canRetry], ['E1104', 'readCard', false]);
    assert.deepEqual(
      failure.instead.map(({ id }) => id),
      ['S01'],
    );
    assert.equal(play.state.person, null);
    assert.equal(play.asks('readCard'), false, 'this session is over for this card');
    assert.equal(play.entries('identity.cardRefused')[0]?.code, 'E1104');
  });

  test('a card whose birth date or sex contradicts its own number goes to the counter', () => {
    const otherSex = F.CARD.sex === '1' ? '2' : '1';
    for (const changes of [{ birthDate: '1970-01-01' }, { sex: otherSex } as const]) {
      const play = Play.ready().layCard({ ...F.CARD, ...changes });
      assert.equal(play.screen('failure').code, 'E1104', `not refused: ${Object.keys(changes)[0]}`);
    }
  });

  test('expired yesterday is expired; valid until today is valid', () => {
    const yesterday = Play.ready().layCard({ ...F.CARD, validTo: '2026-11-20' });
    assert.equal(yesterday.screen('failure').code, 'E1105');
    Play.ready()
      .layCard({ ...F.CARD, validTo: F.TODAY })
      .screen('working');
    Play.ready()
      .layCard({ ...F.CARD, validTo: null })
      .screen('working');
  });

  test('a card whose number belongs to another kind of card contradicts itself', () => {
    assert.equal(
      Play.ready()
        .layCard({ ...F.CARD, kind: 'permanentResident2023' })
        .screen('failure').code,
      'E1104',
    );
  });

  test('the reader stops answering before anybody came: a notice, no session, and it is tried again', () => {
    const play = Play.ready();
    play.fails('readCard', 'E1101');
    play.screen('attract');
    assert.equal(play.journal.length, 0);
    assert.equal(play.asks('readCard'), false);
    play.send({ type: 'host', snapshot: F.hostSnapshot({ 'id-reader': { state: 'offline', code: 'E1101' } }) });
    assert.deepEqual(play.screen('attract').notices, ['E1101']);
    play.pass(10_000);
    assert.equal(play.asks('readCard'), false, 'a reader that is offline is not asked in a loop');
    play.send({ type: 'host', snapshot: F.hostSnapshot() });
    assert.ok(play.asks('readCard'));
  });
});

describe('the code', () => {
  const waiting = () => Play.ready().layCard().answer('sendCode', F.CODE_SENT);
  const wrong = (play: Play, attemptsLeft: number) =>
    play.act({ type: 'submitCode', code: '111111' }).answer('checkCode', { accepted: false, attemptsLeft });

  test('wrong three times ends identification; a request can still be left', () => {
    const play = waiting();
    wrong(play, 2);
    assert.deepEqual([play.screen('enterCode').error, play.screen('enterCode').attemptsLeft], ['E1201', 2]);
    wrong(play, 1);
    wrong(play, 0);
    const failure = play.screen('failure');
    assert.deepEqual([failure.code, failure.canRetry], ['E1203', false]);
    assert.deepEqual(
      failure.instead.map(({ id }) => id),
      ['B08', 'S01'],
    );
    assert.equal(play.entries('identity.codeChecked').filter(({ accepted }) => !accepted).length, 3);
  });

  test('cannot be asked for again before its time, and is another challenge then', () => {
    const play = waiting();
    assert.equal(play.screen('enterCode').resendInSeconds, 60);
    play.act({ type: 'resendCode' });
    assert.equal(play.asks('sendCode'), false);
    play.pass(59_500).act({ type: 'touched' });
    assert.equal(play.screen('enterCode').resendInSeconds, 1);
    play.pass(500).act({ type: 'resendCode' });
    play.answer('sendCode', { ...F.CODE_SENT, challengeId: 'challenge-2' });
    assert.equal(play.screen('enterCode').challenge, 2);
    play.act({ type: 'submitCode', code: '246810' });
    assert.equal(play.asked('checkCode').challengeId, 'challenge-2');
  });

  test('expired on the platform: says so and allows a new one at once', () => {
    const play = waiting();
    play.act({ type: 'submitCode', code: '246810' }).fails('checkCode', 'E1202');
    assert.deepEqual([play.screen('enterCode').error, play.screen('enterCode').resendInSeconds], ['E1202', 0]);
    play.act({ type: 'resendCode' });
    assert.ok(play.asks('sendCode'));
  });

  test('no account at this centre: no retry, a question can be left', () => {
    const play = Play.ready().layCard().fails('sendCode', 'E1205');
    const failure = play.screen('failure');
    assert.deepEqual([failure.code, failure.step, failure.canRetry], ['E1205', 'identify', false]);
    assert.ok(failure.instead.some(({ id }) => id === 'S01'));
  });
});

/** 500, garbage, nothing: what the agent makes of them. */
const PLATFORM = ['E3103', 'E3104', 'E3102'];

for (const code of PLATFORM) {
  describe(`the platform answers with ${code}`, () => {
    test('when the code is to be sent: the menu with what works on the card alone, and why the rest does not', () => {
      const play = Play.ready().layCard().fails('sendCode', code);
      const items = play.screen('menu').items;
      assert.deepEqual(
        items.filter((item) => item.available).map(({ id }) => id),
        ['B08', 'S01', 'S03', 'B03', 'B04', 'B07', 'Q08', 'Q09', 'Q10'],
      );
      assert.ok(items.every((item) => item.available || item.reason));
      assert.equal(play.frame.link, 'offline');
      assert.deepEqual(failuresOf(play), [{ code, step: 'identify' }]);
      play.pass(30_000);
      assert.ok(
        play.screen('menu').items.every((item) => item.available),
        'half a minute later it is worth a try',
      );
      play.act({ type: 'open', item: 'Q01' });
      assert.ok(play.asks('sendCode'));
    });

    test('when the code is checked: the same code can be typed again', () => {
      const play = Play.ready().layCard().answer('sendCode', F.CODE_SENT);
      play.act({ type: 'submitCode', code: '246810' }).fails('checkCode', code);
      assert.deepEqual(failuresOf(play), [{ code, step: 'identify' }]);
      play.act({ type: 'retry' });
      assert.equal(play.screen('enterCode').checking, false);
    });

    test('when the account or the details are asked for: one failure, retry asks again', () => {
      const play = Play.identified();
      play
        .act({ type: 'open', item: 'Q02' })
        .fails('account', code)
        .act({ type: 'retry' })
        .answer('account', F.OVERVIEW);
      play.act({ type: 'choosePeriod', period: F.PERIOD }).fails('details', code);
      assert.deepEqual(failuresOf(play), [
        { code, step: 'query' },
        { code, step: 'query' },
      ]);
      play.act({ type: 'retry' }).answer('details', F.detailsOf(1)).screen('details');
    });

    test('when the statement is issued: nothing prints, retry asks with the same operation id', () => {
      const play = Play.identified();
      play.act({ type: 'open', item: 'P01' }).answer('account', F.OVERVIEW);
      play.act({ type: 'choosePeriod', period: F.PERIOD });
      const { operationId } = play.asked('issueDocument');
      play.fails('issueDocument', code);
      assert.deepEqual(failuresOf(play), [{ code, step: 'issue' }]);
      play.act({ type: 'retry' });
      assert.equal(play.asked('issueDocument').operationId, operationId);
      assert.equal(play.asks('intend'), false);
    });
  });
}

test('the statement is asked for again before the line is back: the number it may have is not given up', () => {
  const play = Play.identified();
  play.act({ type: 'open', item: 'P01' }).answer('account', F.OVERVIEW);
  play.act({ type: 'choosePeriod', period: F.PERIOD });
  const { operationId } = play.asked('issueDocument');
  play.fails('issueDocument', 'E3101');
  play.send({ type: 'agent', snapshot: F.OFFLINE });
  play.act({ type: 'retry' });
  assert.equal(play.screen('failure').code, 'E3101');
  play.send({ type: 'agent', snapshot: F.agentSnapshot() });
  play.act({ type: 'retry' });
  assert.equal(play.asked('issueDocument').operationId, operationId);
});

describe('without the line', () => {
  test('a complaint without a card: number, slip that says received, rating', () => {
    const play = Play.ready(F.OFFLINE);
    assert.deepEqual(play.screen('attract').notices, ['E3101']);
    play.complain();
    assert.equal(play.asks('readCard'), false, 'the reader is not left waiting');
    assert.match(JSON.stringify(play.screen('sheet').blocks), /线路中断/);
    play.act({ type: 'press', id: 'phone' }).act({ type: 'enter', value: F.PERSON.phone }).submit();
    const asked = play.asked('submitRequest');
    assert.deepEqual([asked.level, asked.person], ['L0', { phone: F.PERSON.phone }]);
    play.answer('submitRequest', { requestNumber: F.REQUEST_NUMBER, offline: true });
    const accepted = play.screen('accepted');
    assert.deepEqual([accepted.offline, accepted.requestNumber], [true, F.REQUEST_NUMBER]);
    assert.match(JSON.stringify(accepted.blocks), /122\*+\d\d/);
    assert.match(accepted.lead.zh, /现在还没有办成/);
    play.keepIntent();
    const { slip } = play.asked('printSlip');
    assert.ok(slip.kind === 'request' && slip.offline);
    play.answer('printSlip', { outcome: 'done', printed: 1 });
    play.act({ type: 'finish' }).act({ type: 'rate', score: 'fair' }).pass(5_000);
    assert.deepEqual(
      play.journal.map(({ type }) => type),
      ['session.opened', 'operation.intended', 'operation.settled', 'service.rated', 'session.closed'],
    );
  });

  test('a card goes straight to the menu; when the line returns the rest opens with a code', () => {
    const play = Play.ready(F.OFFLINE).layCard();
    assert.equal(play.asks('sendCode'), false);
    play.act({ type: 'open', item: 'Q01' });
    play.screen('menu');
    play.send({ type: 'agent', snapshot: F.agentSnapshot() });
    assert.ok(play.screen('menu').items.every((item) => item.available));
    play.act({ type: 'open', item: 'Q01' }).answer('sendCode', F.CODE_SENT);
    play.act({ type: 'submitCode', code: '246810' });
    play.answer('checkCode', { accepted: true, identityToken: F.TOKEN, expiresAt: F.NOW });
    assert.equal(play.screen('working').task, 'account', 'the item that was asked for opens by itself');
  });

  test('a request whose answer was lost is sent again under the same operation id', () => {
    const play = Play.ready().complain().submit();
    const { operationId } = play.asked('submitRequest');
    play.send({ type: 'agent', snapshot: undefined }).fails('submitRequest', 'E9003');
    assert.equal(play.screen('failure').canRetry, false, 'not while the agent is away');
    play.send({ type: 'agent', snapshot: F.agentSnapshot() });
    play.act({ type: 'retry' });
    assert.equal(play.asked('submitRequest').operationId, operationId);
  });

  test('too many requests wait already: refused honestly', () => {
    const play = Play.ready(F.OFFLINE).complain().submit();
    play.fails('submitRequest', 'E2202');
    const failure = play.screen('failure');
    assert.deepEqual([failure.code, failure.canRetry, failure.instead], ['E2202', false, []]);
  });
});

describe('programs of the machine', () => {
  for (const [who, event] of [
    ['sync-agent', { type: 'agent', snapshot: undefined }],
    ['device-host', { type: 'host', snapshot: undefined }],
  ] as const) {
    test(`${who} is away: out of service, and back by itself`, () => {
      const play = Play.ready().send(event);
      assert.equal(play.screen('outOfService').code, 'E9003');
      play.send({ type: 'agent', snapshot: F.agentSnapshot() }).send({ type: 'host', snapshot: F.hostSnapshot() });
      play.screen('attract');
      assert.ok(play.asks('readCard'));
    });
  }

  test('a journal that takes nothing more puts the kiosk out of service with its code', () => {
    const journal = { code: 'E6101', sqliteVersion: '3.51.3' };
    const play = Play.ready(F.agentSnapshot({ accepting: false, journal }));
    assert.equal(play.screen('outOfService').code, 'E6101');
    assert.equal(play.asks('readCard'), false);
  });

  test('the agent dies in the middle: a failure, and the same screen when it is back', () => {
    const play = Play.identified();
    play.act({ type: 'open', item: 'Q01' }).answer('account', F.OVERVIEW).act({ type: 'reveal' });
    play.send({ type: 'agent', snapshot: undefined });
    assert.equal(play.screen('failure').code, 'E9003');
    play.send({ type: 'agent', snapshot: F.agentSnapshot() });
    assert.equal(play.screen('account').revealSecondsLeft, null, 'what was revealed is not revealed again');
  });
});
