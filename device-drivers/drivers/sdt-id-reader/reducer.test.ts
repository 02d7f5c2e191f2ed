import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CARD, Play, read, sent, settled } from './reducer.play.ts';
import { wakeAt } from './reducer.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import type { ReaderCommand, ReaderEvent } from './state.ts';

test('find, select and read follow each other without a pause', () => {
  const play = new Play().ready();
  assert.deepEqual(sent(play.tell({ type: 'readWanted', id: 1 })), ['findCard']);
  assert.deepEqual(sent(play.answer(0x9f, new Uint8Array(4))), ['selectCard']);
  assert.deepEqual(sent(play.answer(0x90, new Uint8Array(8))), ['readTextPhoto']);
  assert.deepEqual(settled(play.answer(0x90, CARD)), ['card']);
});

test('an empty reader is looked at four times a second', () => {
  const play = new Play().ready();
  play.tell({ type: 'readWanted', id: 1 });
  play.answer(0x80);
  const before = play.now;
  assert.deepEqual(sent(play.wake()), ['findCard']);
  assert.equal(play.now - before, DEFAULT_SETTINGS.times.poll);
});

test('nobody wants a card: the module is asked for its state now and then', () => {
  const play = new Play().ready();
  assert.deepEqual(sent(play.wake()), ['samStatus']);
  assert.equal(play.now, DEFAULT_SETTINGS.times.heartbeat);
});

test('a close event alone is not an unplugged reader', () => {
  const play = new Play().ready();
  play.tell({ type: 'readWanted', id: 1 });
  play.tell({ type: 'lost', detail: 'port closed' });
  const after = play.tell({ type: 'presence', present: true });
  assert.ok(
    after.some((command) => command.type === 'open'),
    'a port that is there is opened again at once',
  );
  assert.notEqual(play.state.health.state, 'offline');
  play.tell({ type: 'opened' });
  play.answer(0x90);
  const ready = play.answer(0x90, new Uint8Array(16));
  assert.deepEqual(sent(ready), ['findCard'], 'who waited for a card still does');
});

test('one missed heartbeat is not an unplugged reader, two and a missing port are', () => {
  const play = new Play().ready();
  play.wake();
  assert.deepEqual(sent(play.wake()), ['samStatus'], 'asked once more');
  const doubting = play.wake();
  assert.ok(doubting.some((command) => command.type === 'checkPresence'));
  assert.equal(play.state.health.state, 'ready', 'not said before the second source was asked');
  play.tell({ type: 'presence', present: false });
  assert.deepEqual([play.state.health.state, play.state.health.code], ['offline', 'E1101']);
});

test('attempts to reconnect are ever rarer, up to a limit, and never end', () => {
  const play = new Play();
  play.tell({ type: 'start' });
  const waits: number[] = [];
  for (let i = 0; i < 8; i++) {
    play.tell({ type: 'openFailed', detail: 'no such file' });
    const before = play.now;
    assert.ok(play.wake().some((command) => command.type === 'open'));
    waits.push(play.now - before);
  }
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 10000, 10000, 10000]);
});

test('a reader that stays away is logged once, not at every attempt', () => {
  const play = new Play();
  play.tell({ type: 'start' });
  for (let i = 0; i < 5; i++) {
    play.tell({ type: 'openFailed', detail: 'no such file' });
    play.wake();
  }
  assert.equal(play.commands.filter((command) => command.type === 'log').length, 1);
  assert.equal(play.commands.filter((command) => command.type === 'health').length, 1);
});

test('the late answer to a command that was repeated is not taken for that of the next one', () => {
  const play = new Play().ready();
  play.tell({ type: 'readWanted', id: 1 });
  play.wake(); // no answer: findCard is sent again
  play.answer(0x9f, new Uint8Array(4)); // the answer to the first; select is in flight now
  assert.deepEqual(play.answer(0x9f, new Uint8Array(4)), [], 'the answer to the second findCard');
  assert.deepEqual(sent(play.answer(0x90, new Uint8Array(8))), ['readTextPhoto']);
});

test('a card that was given up while it was read goes to nobody', () => {
  const play = new Play().ready();
  play.tell({ type: 'readWanted', id: 1 });
  play.answer(0x9f, new Uint8Array(4));
  play.answer(0x90, new Uint8Array(8));
  play.tell({ type: 'readGivenUp', id: 1, code: 'E9001' });
  play.tell({ type: 'readWanted', id: 2 });
  const after = play.answer(0x90, CARD);
  assert.deepEqual(settled(after), [], 'the card of one person was given to the next caller');
  assert.deepEqual(sent(play.wake()), ['readNewAddress'], 'it has to be lifted first');
});

test('a lifted card is told only if its text was given to somebody', () => {
  for (const [givenUp, told] of [
    [false, 1],
    [true, 0],
  ] as const) {
    const play = new Play().ready();
    play.tell({ type: 'readWanted', id: 1 });
    play.answer(0x9f, new Uint8Array(4));
    play.answer(0x90, new Uint8Array(8));
    if (givenUp) play.tell({ type: 'readGivenUp', id: 1, code: 'E9001' });
    play.answer(0x90, CARD);
    play.wake();
    const after = play.answer(0x41);
    assert.equal(after.filter((c) => c.type === 'emit' && c.event.type === 'cardLifted').length, told);
  }
});

test('an appended address, or none, both mean that the card still lies there', () => {
  for (const [sw3, length] of [
    [0x90, 70],
    [0x91, 0],
  ] as const) {
    const play = new Play().ready();
    read(play, 1);
    play.wake();
    play.answer(sw3, new Uint8Array(length));
    assert.notEqual(play.state.presentation, undefined);
  }
});

test('a card that is found but cannot be selected is given up after a while', () => {
  const play = new Play().ready();
  play.tell({ type: 'readWanted', id: 1 });
  let ended: string[] = [];
  for (let i = 0; i < 20 && ended.length === 0; i++) {
    play.answer(0x9f, new Uint8Array(4));
    ended = settled(play.answer(0x81));
    if (ended.length === 0) play.wake();
  }
  assert.deepEqual(ended, ['E1103']);
});

test('stopping answers everybody and closes the port', () => {
  const play = new Play().ready();
  play.tell({ type: 'readWanted', id: 1 });
  play.tell({ type: 'ask', id: 2, command: 'samId' });
  const after = play.tell({ type: 'stop' });
  assert.deepEqual(settled(after), ['E1101']);
  assert.ok(after.some((c) => c.type === 'settleAsk'));
  assert.ok(after.some((c) => c.type === 'close'));
  assert.equal(wakeAt(play.state), undefined);
});

/** Nobody answers the question for the state, as often as it is asked at one speed. */
function silentAtThisSpeed(play: Play): readonly ReaderCommand[] {
  play.wake();
  return play.wake();
}

const opens = (commands: readonly ReaderCommand[]) =>
  commands.flatMap((command) => (command.type === 'open' ? [command.speed] : []));

test('a module that is silent is looked for at every speed, then it is offline and looked for again', () => {
  const play = new Play();
  const tried = opens(play.tell({ type: 'start' }));
  for (let i = 0; i < 4; i++) {
    play.tell({ type: 'opened' });
    tried.push(...opens(silentAtThisSpeed(play)));
  }
  assert.deepEqual(tried, [115200, 57600, 38400, 19200, 9600]);
  play.tell({ type: 'opened' });
  assert.deepEqual(opens(silentAtThisSpeed(play)), []);
  play.tell({ type: 'presence', present: true });
  assert.equal(play.state.health.state, 'offline');
  assert.deepEqual(opens(play.wake()), [115200]);
});

test('a module found at another speed is told to change, and the port opened anew', () => {
  const play = new Play();
  play.tell({ type: 'start' });
  play.tell({ type: 'opened' });
  silentAtThisSpeed(play);
  play.tell({ type: 'opened' });
  const told = play.answer(0x90);
  assert.deepEqual(
    told.filter((command) => command.type === 'send'),
    [{ type: 'send', command: 'setSpeed', speed: 115200 }],
  );
  assert.deepEqual(opens(play.answer(0x90)), [115200]);
});

test('a module that will not change its speed is opened at the one it has', () => {
  const play = new Play();
  play.tell({ type: 'start' });
  play.tell({ type: 'opened' });
  silentAtThisSpeed(play);
  play.tell({ type: 'opened' });
  play.answer(0x90);
  assert.deepEqual(opens(play.answer(0x21)), [57600]);
  play.tell({ type: 'opened' });
  assert.deepEqual(sent(play.answer(0x90)), ['samId'], 'not told a second time');
});

test('a reader that appears on the bus is not kept waiting by the pause', () => {
  const play = new Play();
  play.tell({ type: 'start' });
  play.tell({ type: 'openFailed', detail: 'absent' });
  assert.equal(opens(play.tell({ type: 'appeared' })).length, 1);
  assert.deepEqual(play.tell({ type: 'appeared' }), [], 'it is being opened already');
});

test('a module that refuses to work is reset once, and works or does not', () => {
  for (const [helps, state] of [
    [true, 'ready'],
    [false, 'fault'],
  ] as const) {
    const play = new Play();
    play.tell({ type: 'start' });
    play.tell({ type: 'opened' });
    assert.deepEqual(sent(play.answer(0x66)), ['resetSam']);
    assert.deepEqual(sent(play.answer(0x90)), ['samStatus']);
    play.answer(helps ? 0x90 : 0x66);
    if (helps) play.answer(0x90, new Uint8Array(16));
    assert.equal(play.state.health.state, state);
  }
});

test('the late "not selected" of a repeated selection is not the answer to the read', () => {
  const play = new Play().ready();
  play.tell({ type: 'readWanted', id: 1 });
  play.answer(0x9f, new Uint8Array(4));
  play.wake(); // no answer: selectCard is sent again
  assert.deepEqual(sent(play.answer(0x90, new Uint8Array(8))), ['readTextPhoto']);
  assert.deepEqual(play.answer(0x81), [], 'the module selects a card once');
  assert.deepEqual(settled(play.answer(0x90, CARD)), ['card']);
});

test('the appended address that is damaged, absent, or gone with its card', () => {
  for (const [sw3, data, ends] of [
    [0x90, new Uint8Array(70).fill(0x20), 'card'],
    [0x90, Buffer.from('\ud873'.repeat(35), 'utf16le'), 'E1103'],
    [0x91, new Uint8Array(0), 'card'],
    [0x41, new Uint8Array(0), 'E1102'],
  ] as const) {
    const play = new Play().ready();
    play.tell({ type: 'readWanted', id: 1, extras: ['newestAddress'] });
    play.answer(0x9f, new Uint8Array(4));
    play.answer(0x90, new Uint8Array(8));
    assert.deepEqual(sent(play.answer(0x90, CARD)), ['readNewAddress']);
    assert.deepEqual(settled(play.answer(sw3, data)), [ends]);
  }
});

/** Any order of events that the world can produce. */
const anyEvent: fc.Arbitrary<(play: Play) => void> = fc.oneof(
  fc
    .constantFrom<ReaderEvent>(
      { type: 'start' },
      { type: 'opened' },
      { type: 'appeared' },
      { type: 'openFailed', detail: '' },
      { type: 'lost', detail: '' },
      { type: 'writeFailed', detail: '' },
      { type: 'presence', present: true },
      { type: 'presence', present: false },
      { type: 'stop' },
    )
    .map((event) => (play: Play) => void play.tell(event)),
  fc.tuple(fc.constantFrom(0x90, 0x91, 0x9f, 0x80, 0x81, 0x41, 0x32, 0x10, 0x66), fc.constantFrom(0, 4, 8, 16, 70)).map(
    ([sw3, length]) =>
      (play: Play) =>
        void play.answer(sw3, new Uint8Array(length)),
  ),
  fc.constant((play: Play) => void play.answer(0x90, CARD)),
  fc.nat(5000).map((ms) => (play: Play) => {
    play.now += ms;
    play.tell({ type: 'tick' });
  }),
);

test('whatever happens: one command in flight, every wish answered once, and a wake-up while there is work', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 60 }), fc.boolean(), (events, giveUp) => {
      const play = new Play();
      let wish = 0;
      for (const event of events) {
        if (play.state.wanted === undefined) play.tell({ type: 'readWanted', id: ++wish });
        const inFlight = play.state.inFlight;
        const before = play.commands.length;
        event(play);
        const sends = sent(play.commands.slice(before)).length;
        assert.ok(sends <= 1, 'two commands at once on a half-duplex line');
        if (play.state.inFlight && inFlight === play.state.inFlight) assert.equal(sends, 0);
        const { name } = play.state.link;
        const waitsForWorld = name === 'stopped' || name === 'opening' || name === 'doubting';
        assert.equal(wakeAt(play.state) === undefined, waitsForWorld, `no wake-up while ${name}`);
      }
      const last = play.state.wanted?.id;
      if (last !== undefined && giveUp) play.tell({ type: 'readGivenUp', id: last, code: 'E9001' });
      const answers = play.commands.flatMap((c) => (c.type === 'settleRead' ? [c.id] : []));
      assert.equal(new Set(answers).size, answers.length, 'a wish was answered twice');
      const open = play.state.wanted === undefined ? [] : [play.state.wanted.id];
      assert.equal(answers.length + open.length, wish, 'a wish was forgotten');
    }),
    { numRuns: 500 },
  );
});
