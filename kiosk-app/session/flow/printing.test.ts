import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as F from '../testing/fixtures.ts';
import { Play } from '../testing/play.ts';

const settledOf = (play: Play) =>
  play.entries('operation.settled').map(({ outcome, code, printed }) => ({ outcome, code, printed }));

test('the journal does not keep the intent: nothing prints', () => {
  const play = Play.identified();
  play.act({ type: 'open', item: 'P01' }).answer('account', F.OVERVIEW);
  play.act({ type: 'choosePeriod', period: F.PERIOD }).answer('issueDocument', F.issuedFacts());
  play.fails('intend', 'E6101');
  assert.equal(play.asks('printDocument'), false);
  const failure = play.screen('failure');
  assert.deepEqual([failure.code, failure.step, failure.number], ['E6101', 'print', F.ISSUED.documentNumber]);
});

test('paper ends on page 2 of 3 and nobody brings any: told where it stopped, cancelled, printed again', () => {
  const play = Play.identified().startPrinting();
  const first = play.asked('printDocument').operationId;
  play.send({ type: 'printProgress', operationId: first, printed: 1, stoppedBy: 'E4102' });
  assert.deepEqual([play.screen('printing').stoppedBy, play.screen('printing').page], ['E4102', 2]);
  play.pass(150_000);
  assert.equal(play.frame.idle, null, 'printing is never cut for want of a touch');
  play.act({ type: 'cancelPrint' });
  assert.deepEqual(play.told('cancelOperation'), [{ do: 'cancelOperation', operationId: first }]);
  play.answer('printDocument', { outcome: 'failed', code: 'E4102', printed: 1 });
  const failure = play.screen('failure');
  assert.deepEqual([failure.code, failure.printed, failure.pages, failure.canRetry], ['E4102', 1, 3, true]);
  assert.equal(failure.number, F.ISSUED.documentNumber);
  play.act({ type: 'retry' }).keepIntent();
  const second = play.asked('printDocument');
  assert.notEqual(second.operationId, first, 'a second print is another operation');
  assert.equal(second.documentNumber, F.ISSUED.documentNumber, 'of the same document');
});

test('paper comes back while the printer waits: the print goes on', () => {
  const play = Play.identified().startPrinting();
  const { operationId } = play.asked('printDocument');
  play.send({ type: 'printProgress', operationId, printed: 1, stoppedBy: 'E4103' });
  play.send({ type: 'printProgress', operationId, printed: 1 });
  assert.equal(play.screen('printing').stoppedBy, null);
  play.answer('printDocument', { outcome: 'done', printed: 3 }).screen('printed');
});

test('a printer that prints on both sides: three pages are two sheets, and the journal says so', () => {
  const play = Play.identified().startPrinting();
  play.answer('printDocument', { outcome: 'done', printed: 3, sheets: 2 });
  assert.deepEqual(
    play.entries('operation.settled').map(({ printed, sheets }) => ({ printed, sheets })),
    [{ printed: 3, sheets: 2 }],
  );
});

test('outcome unknown: the number to quote, no second print', () => {
  const play = Play.identified().startPrinting();
  play.answer('printDocument', { outcome: 'unknown', printed: 2 });
  const failure = play.screen('failure');
  assert.deepEqual([failure.code, failure.canRetry, failure.number], ['E4107', false, F.ISSUED.documentNumber]);
  assert.deepEqual(settledOf(play), [{ outcome: 'unknown', code: undefined, printed: 2 }]);
});

test('refused by the printer before anything moved: settled as failed', () => {
  const play = Play.identified().startPrinting().fails('printDocument', 'E4104');
  assert.equal(play.screen('failure').code, 'E4104');
  assert.deepEqual(settledOf(play), [{ outcome: 'failed', code: 'E4104', printed: 0 }]);
});

describe('the device-host dies while printing', () => {
  const dies = () => {
    const play = Play.identified().startPrinting();
    return play.send({ type: 'host', snapshot: undefined }).fails('printDocument', 'E9003');
  };

  test('and comes back: it is asked what it knows of the operation, nothing is guessed', () => {
    const play = dies();
    play.screen('printing');
    assert.equal(play.asks('findOperation'), false);
    play.pass(5_000).send({ type: 'host', snapshot: F.hostSnapshot() });
    const { operationId } = play.asked('findOperation');
    play.answer('findOperation', { operationId, state: 'done', printed: 3 });
    play.screen('printed');
    assert.deepEqual(settledOf(play), [{ outcome: 'done', code: undefined, printed: 3 }]);
  });

  test('and has never heard of the operation: it was not done and can be tried again', () => {
    const play = dies().send({ type: 'host', snapshot: F.hostSnapshot() });
    const { operationId } = play.asked('findOperation');
    play.answer('findOperation', { operationId, state: 'never' });
    assert.ok(play.screen('failure').canRetry);
    assert.equal(settledOf(play)[0]?.outcome, 'failed');
  });

  test('and comes back with the printer still at work: asked again, once a second', () => {
    const busy = F.hostSnapshot({ 'document-printer': { state: 'busy' } });
    const play = dies().send({ type: 'host', snapshot: busy });
    const { operationId } = play.asked('findOperation');
    play.answer('findOperation', { operationId, state: 'started' });
    assert.equal(play.asks('findOperation'), false);
    play.pass(1_000).answer('findOperation', { operationId, state: 'done', printed: 3 });
    play.screen('printed');
  });

  test('and stays away: the outcome is unknown', () => {
    const play = dies().pass(20_000);
    assert.equal(play.screen('failure').code, 'E4107');
    assert.equal(settledOf(play)[0]?.outcome, 'unknown');
  });
});

test('the person ends while paper moves: the rest is taken back, the session closes when the printer has settled', () => {
  const play = Play.identified().startPrinting();
  play.act({ type: 'end' });
  play.screen('printing');
  assert.equal(play.told('cancelOperation').length, 1);
  play.answer('printDocument', { outcome: 'failed', code: 'E4111', printed: 1 });
  assert.equal(play.screen('goodbye').reason, 'ended');
  assert.deepEqual(settledOf(play), [{ outcome: 'failed', code: 'E4111', printed: 1 }]);
});

test('the person ends between the intent and the first page: no page, and the journal says so', () => {
  const play = Play.identified();
  play.act({ type: 'open', item: 'P01' }).answer('account', F.OVERVIEW);
  play.act({ type: 'choosePeriod', period: F.PERIOD }).answer('issueDocument', F.issuedFacts());
  play.act({ type: 'end' }).keepIntent();
  assert.equal(play.asks('printDocument'), false);
  assert.deepEqual(settledOf(play), [{ outcome: 'failed', code: 'E4111', printed: 0 }]);
  play.screen('goodbye');
});

test('the slip is still being printed when the person leaves: the process stays until it has settled', () => {
  const play = Play.identified().startPrinting();
  play.answer('printDocument', { outcome: 'done', printed: 3 }).keepIntent();
  play.act({ type: 'end' }).pass(10_000);
  assert.equal(play.told('ended').length, 0);
  play.answer('printSlip', { outcome: 'done', printed: 1 });
  assert.equal(play.told('ended').length, 1);
  assert.equal(settledOf(play).length, 2);
});

test('without a slip printer the statement is printed all the same', () => {
  const host = F.hostSnapshot({ 'slip-printer': { state: 'fault', code: 'E4202' } });
  const play = Play.identified(F.agentSnapshot(), host).startPrinting();
  play.answer('printDocument', { outcome: 'done', printed: 3 });
  assert.equal(play.screen('printed').slip, 'none');
});

test('without paper the item is closed with its reason, from the first screen on', () => {
  const host = F.hostSnapshot({ 'document-printer': { state: 'fault', code: 'E4102' } });
  assert.deepEqual(Play.ready(F.agentSnapshot(), host).screen('attract').notices, ['E4102']);
  const play = Play.identified(F.agentSnapshot(), host);
  const item = play.screen('menu').items.find(({ id }) => id === 'P01');
  assert.deepEqual([item?.available, item?.reason?.en], [false, 'The printer is out of paper']);
  play.act({ type: 'open', item: 'P01' }).screen('menu');
});

test('no entries in the period: another period can be chosen', () => {
  const play = Play.identified();
  play.act({ type: 'open', item: 'P01' }).answer('account', F.OVERVIEW);
  play.act({ type: 'choosePeriod', period: F.PERIOD }).fails('issueDocument', 'E5203');
  play.act({ type: 'retry' });
  assert.equal(play.screen('period').purpose, 'print');
});

test('the identity ended meanwhile: a new code, then on with the same item', () => {
  const play = Play.identified();
  play.act({ type: 'open', item: 'Q01' }).fails('account', 'E1206');
  play.act({ type: 'retry' }).answer('sendCode', F.CODE_SENT);
  play.act({ type: 'submitCode', code: '246810' });
  play.answer('checkCode', { accepted: true, identityToken: 'identity-token-2', expiresAt: F.NOW });
  assert.equal(play.asked('account').token, 'identity-token-2');
});
