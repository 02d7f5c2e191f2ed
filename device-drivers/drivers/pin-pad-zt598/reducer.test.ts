import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PadAnswer } from '../../codec/zt598.ts';
import { LAYOUTS } from '../../codec/zt598-keys.ts';
import { LINK_TIMES } from '../line/link.ts';
import { reduce, wakeAt } from './reducer.ts';
import { type PadCommand, type PadEvent, type PadSetup, type PadState, TRIES, initialState } from './state.ts';

const SETUP: PadSetup = {
  layout: LAYOUTS.standard,
  pinSlots: { iso0: 0x30, sm4: 0x50 },
  uid: '8'.repeat(32),
  backspace: true,
  times: { ...LINK_TIMES, answer: 1_000, heartbeat: 3_000, quiet: 200 },
};
const WISH = { format: 'sm4', panDigits: '9'.repeat(12), minDigits: 4, maxDigits: 6 } as const;

/** Plays events into the reducer and keeps what it wanted done. */
class Play {
  state: PadState = initialState(SETUP);
  now = 0;
  commands: PadCommand[] = [];

  tell(event: PadEvent): readonly PadCommand[] {
    const step = reduce(this.state, event, this.now);
    this.state = step.state;
    this.commands.push(...step.commands);
    return step.commands;
  }

  /** Answers what is in flight, as a good pad does. */
  answerWell(): readonly PadCommand[] {
    const data: Readonly<Record<string, string>> = {
      status: 'PAD00001',
      'install flag': 'N00',
      'read block': `0104${'AB'.repeat(16)}`,
    };
    return this.answer(0x60, data[this.state.inFlight?.request.name ?? ''] ?? '');
  }

  answer(rtn: number, data = ''): readonly PadCommand[] {
    return this.tell({ type: 'answer', answer: { rtn, data: Buffer.from(data) } satisfies PadAnswer });
  }

  wake(): readonly PadCommand[] {
    const at = wakeAt(this.state);
    assert.notEqual(at, undefined, 'the reducer sleeps for ever');
    this.now = Math.max(this.now, at!);
    return this.tell({ type: 'tick' });
  }

  ready(): this {
    this.tell({ type: 'start' });
    this.tell({ type: 'opened' });
    while (this.state.inFlight) this.answerWell();
    assert.equal(this.state.health.state, 'ready');
    return this;
  }

  typing(): this {
    this.tell({ type: 'wanted', id: 1, kind: { is: 'pin', wish: WISH, phase: 'opening', count: 0 }, steps: [] });
    while (this.state.inFlight) this.answerWell();
    return this;
  }

  press(text: string): readonly PadCommand[] {
    return [...Buffer.from(text, 'latin1')].flatMap((byte) => this.tell({ type: 'byte', byte }));
  }
}

const sent = (commands: readonly PadCommand[]) => commands.flatMap((c) => (c.type === 'send' ? [c.request.name] : []));
const settled = (commands: readonly PadCommand[]) =>
  commands.flatMap((c) => (c.type === 'settle' ? [c.result.ok ? c.result.value.is : c.result.error.code] : []));

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
  play.tell({ type: 'wanted', id: 1, kind: { is: 'pin', wish: WISH, phase: 'opening', count: 0 }, steps: [] });
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
  play.tell({ type: 'wanted', id: 2, kind: { is: 'keys', phase: 'opening' }, steps: [] });
  assert.equal(play.state.inFlight?.request.name, 'keyboard off', 'one command at a time');
  play.answerWell();
  assert.equal(play.state.inFlight?.request.name, 'clear text entry');
});

test('an empty slot is said once, and no PIN is asked for until a key was loaded', () => {
  const play = new Play().ready().typing();
  play.press('****\r');
  assert.deepEqual(settled(play.answer(0xe4)), ['E1402']);
  while (play.state.inFlight) play.answerWell();
  const kind = { is: 'pin', wish: WISH, phase: 'opening', count: 0 } as const;
  assert.deepEqual(settled(play.tell({ type: 'wanted', id: 2, kind, steps: [] })), ['E1402']);
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
