import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RTN } from '../../codec/zt598.ts';
import { Play, SETUP, WISH, sent, settled } from './reducer.play.ts';
import type { PadCommand } from './state.ts';

const count = (commands: readonly PadCommand[], counter: string) =>
  commands.filter((c) => c.type === 'emit' && c.event.type === 'counted' && c.event.counter === counter).length;
const has = (commands: readonly PadCommand[], type: PadCommand['type']) => commands.some((c) => c.type === type);
/** The health as a technician sees it. */
const seen = ({ state }: Play) => [state.health.state, state.health.code];

/** Connected and at the first command after it. */
function connecting(): Play {
  const play = new Play();
  play.tell({ type: 'start' });
  play.tell({ type: 'opened' });
  return play;
}

test('before a 3DES key is used, the host proves that it may', () => {
  const play = new Play().ready().typing({ ...WISH, format: 'iso0' });
  const before = play.commands.length;
  play.press('****\r');
  play.answerAll();
  assert.deepEqual(sent(play.commands.slice(before)), [
    'authentication, random',
    'authentication, key',
    'authentication, proof',
    'read block',
    'keyboard off',
  ]);
  assert.deepEqual(settled(play.commands.slice(before)), ['block']);
  assert.equal(count(play.commands, 'pins'), 1);
});

test('a block whose count of digits is no number is none', () => {
  const play = new Play().ready().typing();
  play.press('****\r');
  assert.deepEqual(settled(play.answer(0x60, `01?4${'AB'.repeat(16)}`)), ['E1401']);
});

test('a pad that lies beside its place gets no keys and no PIN until it is put back', () => {
  const play = connecting();
  play.answerWell();
  const told = play.answer(0x60, 'N01');
  assert.deepEqual(seen(play), ['fault', 'E1403']);
  assert.ok(told.some((c) => c.type === 'emit' && c.event.type === 'cabinetChanged'));

  play.wake();
  play.tell({ type: 'opened' });
  play.answerWell();
  const again = play.answer(0x60, 'N01');
  assert.ok(!has(again, 'emit') && !has(again, 'health') && !has(again, 'log'), 'still out of place is no news');

  assert.deepEqual(settled(play.ask(1)), ['E1403'], 'it is not connected');
  play.wake();
  play.tell({ type: 'opened' });
  assert.deepEqual(settled(play.wantPin(2)), ['E1403'], 'a pad in doubt gets no PIN');
  assert.deepEqual(settled(play.ask(3)), [], 'but it may get its keys');
  play.answerAll();
  assert.deepEqual(seen(play), ['fault', 'E1402'], 'in its place, and its keys are gone');
  play.tell({ type: 'pinKeyLoaded' });
  assert.deepEqual(seen(play), ['ready', undefined]);
});

for (const rtn of [RTN.tampered, RTN.removed]) {
  test(`a pad that was opened or taken away says so to any command (RTN ${rtn.toString(16)})`, () => {
    const play = new Play().ready();
    play.ask();
    assert.deepEqual(settled(play.answer(rtn)), ['E1403']);
    assert.deepEqual(seen(play), ['fault', 'E1403']);
    assert.equal(play.state.keysMissing, true);
  });
}

test('a key that is loaded while the pad is away is remembered', () => {
  const play = new Play();
  play.state = { ...play.state, keysMissing: true };
  play.tell({ type: 'pinKeyLoaded' });
  assert.equal(play.state.keysMissing, false);
});

test('a setting that the pad does not know leaves it in service', () => {
  const play = connecting();
  while (play.state.inFlight) play.answer(play.state.inFlight.request.name === 'status' ? RTN.other : RTN.badData);
  assert.deepEqual(seen(play), ['ready', undefined]);
  const log = play.commands.filter((c) => c.type === 'log');
  assert.equal(log.length, 6, 'each refusal is told');
});

test('the number that a pad calls itself is shown, unless it is not to be read', () => {
  for (const [data, identity] of [
    ['PAD00001', 'PAD00001'],
    ['\0\0\0\0\0\0\0\0', undefined],
  ] as const) {
    const play = connecting();
    play.answer(0x60, data);
    assert.equal(play.state.health.identity, identity);
  }
});

test('a pad that was lost and came back counts as reset', () => {
  const play = new Play().ready();
  assert.equal(count(play.commands, 'resets'), 0);
  play.tell({ type: 'lost', detail: 'port closed' });
  play.tell({ type: 'presence', present: true });
  assert.equal(play.state.health.state, 'starting');
  play.tell({ type: 'opened' });
  play.answerAll();
  assert.equal(count(play.commands, 'resets'), 1);
});

test('a heartbeat that is answered, or refused, leaves everything as it was', () => {
  const play = new Play().ready();
  for (const rtn of [0x60, RTN.other]) {
    assert.deepEqual(sent(play.wake()), ['status']);
    play.answer(rtn, rtn === 0x60 ? 'PAD00001' : '');
    assert.equal(play.state.job, undefined);
    assert.deepEqual(seen(play), ['ready', undefined]);
  }
});

test('what key management asks is answered with the data of the last answer', () => {
  const play = new Play().ready();
  play.ask();
  assert.deepEqual(settled(play.answerWell()), ['data']);
  play.ask(2);
  assert.deepEqual(settled(play.answer(RTN.badKey)), ['E1402']);
  assert.equal(play.state.keysMissing, false, 'a key that does not fit is no missing PIN key');
});

test('a question that is given up waits on the line, not in the way of the next one', () => {
  const play = new Play().ready();
  play.ask(1);
  play.ask(2);
  play.ask(3);
  assert.deepEqual(settled(play.tell({ type: 'givenUp', id: 2, code: 'E9002' })), ['E9002'], 'it had not begun');
  assert.deepEqual(settled(play.tell({ type: 'givenUp', id: 1, code: 'E9001' })), ['E9001']);
  assert.deepEqual(sent(play.answerWell()), ['firmware'], 'the answer to the first lets the third begin');
  assert.deepEqual(settled(play.answerWell()), ['data']);
  assert.deepEqual(play.tell({ type: 'givenUp', id: 3, code: 'E9001' }), [], 'it was answered');
});

test('an entry that was read out before its answer was lost is not called empty', () => {
  const play = new Play().ready().typing();
  play.press('****\r');
  play.wake(); // no answer: asked a second time
  const after = play.answer(RTN.other);
  assert.deepEqual(settled(after), ['E1401']);
  assert.equal(play.state.inFlight, undefined, 'both answers may still come: nothing is said for a while');
  assert.deepEqual(sent(play.wake()), ['keyboard off']);
});

test('Enter without a digit is no entry; a pad out of time says so; a refused block says why', () => {
  for (const [rtn, code] of [
    [RTN.other, 'E1404'],
    [RTN.timeout, 'E9002'],
    [RTN.locked, 'E1402'],
  ] as const) {
    const play = new Play().ready().typing();
    play.press('\r');
    assert.deepEqual(settled(play.answer(rtn)), [code]);
    assert.equal(play.state.keysMissing, false);
  }
});

test('an answer of another shape, or the same once more, is an old one', () => {
  const play = new Play().ready().typing({ ...WISH, format: 'iso0' });
  play.press('****\r');
  assert.deepEqual(play.answer(0x60, 'late'), []);
  const random = '1'.repeat(32);
  assert.deepEqual(sent(play.answer(0x60, random)), ['authentication, key']);
  assert.deepEqual(play.answer(0x60, random), []);
  assert.equal(play.state.inFlight?.request.name, 'authentication, key');
});

test('a frame that nobody asked for ends an entry only when it says that the entry is over', () => {
  for (const [rtn, ended] of [
    [0x60, []],
    [RTN.timeout, ['E9002']],
    [RTN.locked, ['E1402']],
  ] as const) {
    assert.deepEqual(settled(new Play().ready().typing().answer(rtn)), ended);
    assert.deepEqual(settled(new Play().ready().listening().answer(rtn)), ended);
  }
  assert.deepEqual(new Play().ready().answer(RTN.timeout), [], 'nobody types');
  assert.deepEqual(new Play().answer(0x60), [], 'not even connected');
});

test('keys for the screen go to who reads them, until it is enough', () => {
  const play = new Play().ready();
  play.wantKeys();
  assert.deepEqual(play.press('\xfe'), [], 'no key: the keyboard may still be off');
  const keys = play.press('7\xfe\x0d').flatMap((c) => (c.type === 'key' ? [c.key] : []));
  assert.deepEqual(keys, ['7', 'enter'], 'the first one shows that the keyboard is on, and is a key');
  assert.deepEqual(settled(play.tell({ type: 'givenUp', id: 1, code: 'E9001' })), ['E9001']);
  assert.equal(play.state.job?.kind.is, 'closing');
  assert.deepEqual(play.press('7'), [], 'whoever presses on presses for nobody');
  assert.deepEqual(settled(play.tell({ type: 'givenUp', id: 1, code: 'E9001' })), [], 'answered once');
});

test('a pad that switches the keyboard off when nobody comes for a while is switched on again', () => {
  const play = new Play().ready().listening();
  assert.deepEqual(sent(play.press('\x80')), ['clear text entry']);
  assert.deepEqual(play.answerWell(), []);
  assert.deepEqual(play.press('7'), [{ type: 'key', id: 1, key: '7' }]);
});

test('bytes beside the frames mean nothing while no keyboard is on', () => {
  const idle = new Play().ready();
  assert.deepEqual(idle.press('7'), []);
  idle.ask();
  assert.deepEqual(idle.press('7'), []);
  assert.notEqual(idle.state.inFlight, undefined, 'its answer is still awaited');
  assert.deepEqual(new Play().press('7'), [], 'not connected');
  const reading = new Play().ready().typing();
  reading.press('****\r');
  assert.deepEqual(reading.press('*'), [], 'the block is being read');
  const opening = new Play().ready();
  opening.wantPin();
  assert.deepEqual(opening.press('*'), [], 'an old key: the keyboard is switched on by the third command');
});

test('the count of digits follows the keys: not above the longest, back by one or to nothing', () => {
  const counts = (play: Play, keys: string) => play.press(keys).flatMap((c) => (c.type === 'digits' ? [c.count] : []));
  assert.deepEqual(counts(new Play().ready().typing(), '*******\x08\x08'), [1, 2, 3, 4, 5, 6, 5, 4]);
  assert.deepEqual(counts(new Play().ready().typing(), '\x08*'), [0, 1]);
  assert.deepEqual(counts(new Play({ ...SETUP, backspace: false }).ready().typing(), '***\x08*'), [1, 2, 3, 0, 1]);
  assert.deepEqual(new Play().ready().typing().press('\xfe'), [], 'noise is no key');
});

test('cancel ends an entry, and so does the pad when its time is up', () => {
  assert.deepEqual(settled(new Play().ready().typing().press('*\x1b')), ['E1404']);
  assert.deepEqual(settled(new Play().ready().typing().press('*\x80')), ['E9002']);
});

test('who waits for a pad that does not come learns it, once', () => {
  const play = new Play();
  assert.deepEqual(settled(play.wantPin(1)), ['E1401'], 'it was not started');
  play.tell({ type: 'start' });
  play.wantPin(2);
  assert.deepEqual(settled(play.tell({ type: 'openFailed', detail: 'absent' })), ['E1401']);
  assert.deepEqual(settled(play.wantPin(3)), ['E1401']);
  play.wake();
  assert.deepEqual(play.tell({ type: 'openFailed', detail: 'absent' }), [], 'still away is no news');
});
