import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Play, WISH, sent, settled } from './reducer.play.ts';
import { wakeAt } from './reducer.ts';
import { type PadEvent, TRIES } from './state.ts';

test('shortest, longest, start; and after Enter the block', () => {
  const play = new Play().ready();
  const before = play.commands.length;
  play.typing();
  assert.deepEqual(sent(play.commands.slice(before)), ['shortest PIN', 'longest PIN', 'start PIN']);
  assert.deepEqual(sent(play.press('****\r')), ['read block']);
  assert.deepEqual(settled(play.answerWell()), ['block']);
  assert.deepEqual(sent(play.commands.slice(-2)), ['keyboard off']);
});

test('a person who types although the answer to the start was lost is not made to type again', () => {
  const play = new Play().ready();
  play.wantPin();
  play.answerWell();
  play.answerWell();
  assert.equal(play.state.inFlight?.request.name, 'start PIN');
  play.press('**');
  assert.equal(play.state.inFlight, undefined, 'the start would be sent again and throw away what was typed');
  play.press('**');
  assert.deepEqual(sent(play.press('\r')), ['read block']);
});

test('nothing is said to the pad while somebody types; the port is asked instead', () => {
  const play = new Play().ready().typing();
  for (let i = 0; i < 5; i++) {
    const commands = play.wake();
    assert.deepEqual(sent(commands), []);
    assert.ok(commands.some(({ type }) => type === 'checkPresence'));
  }
});

test('a digit in the clear ends the entry, and the digit is nowhere', () => {
  const play = new Play().ready().typing();
  const after = play.press('7');
  assert.deepEqual(settled(after), ['E1403']);
  assert.ok(!JSON.stringify(after).includes('7"'));
  assert.equal(play.state.health.code, 'E1403');
});

test('an entry whose caller gave up is closed before the next one begins', () => {
  const play = new Play().ready().typing();
  play.tell({ type: 'givenUp', id: 1, code: 'E9001' });
  assert.equal(play.state.inFlight?.request.name, 'keyboard off');
  play.wantKeys(2);
  assert.equal(play.state.inFlight?.request.name, 'keyboard off', 'one command at a time');
  play.answerWell();
  assert.equal(play.state.inFlight?.request.name, 'clear text entry');
});

test('an empty slot is said once, and no PIN is asked for until a key was loaded', () => {
  const play = new Play().ready().typing();
  play.press('****\r');
  assert.deepEqual(settled(play.answer(0xe4)), ['E1402']);
  play.answerAll();
  assert.deepEqual(settled(play.wantPin(2)), ['E1402']);
  play.tell({ type: 'pinKeyLoaded' });
  assert.equal(play.state.health.state, 'ready');
});

test('a silent pad is asked again, then doubted, and only the second source makes it offline', () => {
  const play = new Play().ready();
  const heartbeats = [play.wake(), play.wake()].flatMap(sent);
  assert.equal(heartbeats.length, TRIES);
  const doubted = play.wake();
  assert.ok(doubted.some(({ type }) => type === 'checkPresence'));
  assert.equal(play.state.health.state, 'ready');
  play.tell({ type: 'presence', present: true });
  assert.deepEqual([play.state.health.state, play.state.health.code], ['offline', 'E1401']);
});

const events: fc.Arbitrary<(play: Play) => void> = fc.oneof(
  fc
    .constantFrom<PadEvent>(
      { type: 'start' },
      { type: 'opened' },
      { type: 'openFailed', detail: '' },
      { type: 'lost', detail: '' },
      { type: 'presence', present: true },
      { type: 'presence', present: false },
      { type: 'pinKeyLoaded' },
      { type: 'stop' },
    )
    .map((event) => (play: Play) => void play.tell(event)),
  fc.constant((play: Play) => void play.answerWell()),
  fc.tuple(fc.constantFrom(0x60, 0xdd, 0xff, 0xe4, 0xef, 0xee, 0xfb), fc.constantFrom('', 'AB'.repeat(16))).map(
    ([rtn, data]) =>
      (play: Play) =>
        void play.answer(rtn, data),
  ),
  fc.constantFrom('*', '\r', '\x1b', '\x08', '5', '\x80', '\xfe').map((key) => (play: Play) => void play.press(key)),
  fc.nat(4_000).map((ms) => (play: Play) => {
    play.now += ms;
    play.tell({ type: 'tick' });
  }),
);

test('whatever happens: one command in flight, every caller answered once, a wake-up while there is work', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(events, fc.nat(9)), { maxLength: 60 }), (steps) => {
      const play = new Play();
      const wishes: number[] = [];
      for (const [event, dice] of steps) {
        if (dice < 3) {
          const id = wishes.push(wishes.length + 1);
          const kind =
            dice === 0
              ? ({ is: 'keys', phase: 'opening' } as const)
              : ({ is: 'pin', wish: WISH, phase: 'opening', count: 0 } as const);
          play.tell({ type: 'wanted', id, kind, steps: [] });
        }
        if (dice === 9 && wishes.length > 0) play.tell({ type: 'givenUp', id: wishes.length, code: 'E9001' });
        const before = play.commands.length;
        event(play);
        assert.ok(sent(play.commands.slice(before)).length <= 1, 'two commands at once on a half-duplex line');
        const { name } = play.state.link.at;
        const waits = name === 'stopped' || name === 'opening' || name === 'doubting';
        assert.equal(wakeAt(play.state) === undefined, waits, `wake-up while ${name}`);
      }
      play.tell({ type: 'stop' });
      const answered = play.commands.flatMap((c) => (c.type === 'settle' ? [c.id] : [])).sort((a, b) => a - b);
      assert.deepEqual(answered, wishes, 'a caller was forgotten or answered twice');
    }),
    { numRuns: 400 },
  );
});
