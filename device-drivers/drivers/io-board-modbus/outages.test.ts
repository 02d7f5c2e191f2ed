import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_INPUTS, debounce } from './inputs.ts';
import { type InputName, RegisterMap } from './map.ts';
import { Play, TIMES } from './reducer.play.ts';
import { type BoardCommand, wakeAt } from './reducer.ts';

const settled = (commands: readonly BoardCommand[]) =>
  commands.flatMap((c) => (c.type === 'settle' ? [`${c.id} ${c.result.ok ? 'ok' : c.result.error.code}`] : []));
const exchanges = (commands: readonly BoardCommand[]) =>
  commands.flatMap((c) => (c.type === 'exchange' ? [c.exchange.is] : []));
const emitted = (commands: readonly BoardCommand[]) =>
  commands.flatMap((c) => (c.type === 'emit' ? [c.event.type === 'counted' ? c.event.counter : c.event.type] : []));
const inputs = (doorOpen: boolean, tampered: boolean) =>
  new Map<InputName, boolean>([
    ['doorOpen', doorOpen],
    ['tampered', tampered],
  ]);
const seen = ({ state }: Play) => [state.health.state, state.health.code];

test('the sounder sounds for its time and is switched off by itself, or before', () => {
  const play = new Play().ready();
  assert.deepEqual(play.settle(play.tell({ type: 'soundWanted', id: 1, pattern: 'attention' })), ['sounder=1']);
  const silences: string[] = [];
  while (play.now < 1_400) silences.push(...play.wake());
  assert.equal(silences.length, 0, silences.join());
  while (play.now < 1_600) silences.push(...play.wake());
  assert.deepEqual(silences, ['sounder=0']);

  play.settle(play.tell({ type: 'soundWanted', id: 2, pattern: 'attention' }));
  assert.deepEqual(play.settle(play.tell({ type: 'soundWanted', id: 3, pattern: 'off' })), ['sounder=0']);
  assert.equal(play.state.soundUntil, undefined);
});

test('a board without a sounder is silent, and its lights work', () => {
  const play = new Play(RegisterMap.parse({ sounder: null })).ready();
  assert.deepEqual(settled(play.tell({ type: 'soundWanted', id: 1, pattern: 'attention' })), ['1 ok']);
  assert.deepEqual(play.settle(play.tell({ type: 'lightWanted', id: 2, slot: 'slip', light: 'on' })), ['slip=1']);
});

test('coils are on or off where nothing blinks', () => {
  const play = new Play(RegisterMap.parse({ lights: { table: 'coil' } })).ready();
  assert.deepEqual(play.settle(play.tell({ type: 'lightWanted', id: 1, slot: 'slip', light: 'on' })), ['slip=1']);
});

test('a light that shows already what is wished is answered without a word to the board', () => {
  const play = new Play().ready();
  assert.deepEqual(play.tell({ type: 'lightWanted', id: 1, slot: 'slip', light: 'off' }), [
    { type: 'settle', id: 1, result: { ok: true, value: undefined } },
  ]);
  play.now = TIMES.poll;
  assert.deepEqual(exchanges(play.tell({ type: 'tick' })), ['readInputs']);
  assert.equal(wakeAt(play.state), undefined, 'the exchange has a time-out of its own');
  assert.deepEqual(settled(play.tell({ type: 'lightWanted', id: 2, slot: 'slip', light: 'off' })), []);
  assert.deepEqual(exchanges(play.tell({ type: 'inputsRead', readings: new Map() })), ['write'], 'said once more');
});

test('who changes his mind while a light is written is answered when the last word is', () => {
  const play = new Play().ready();
  const [first] = play.tell({ type: 'lightWanted', id: 1, slot: 'slip', light: 'on' });
  assert.ok(first?.type === 'exchange' && first.exchange.is === 'write');
  play.tell({ type: 'lightWanted', id: 2, slot: 'slip', light: 'fast' });
  play.tell({ type: 'lightWanted', id: 3, slot: 'scanner', light: 'on' });
  const { output, value } = first.exchange;
  const second = play.tell({ type: 'written', output, value });
  assert.deepEqual(settled(second), [], 'the first wish is not what is shown in the end');
  assert.deepEqual(exchanges(second), ['write']);
  assert.deepEqual(settled(play.tell({ type: 'written', output, value: 3 })), ['1 ok', '2 ok']);
  assert.deepEqual(play.state.calls, [{ id: 3, output: 'scanner' }]);
});

test('an open door is a warning, told once when it opens and once when it is shut', () => {
  const play = new Play();
  play.tell({ type: 'start' });
  play.settle(play.tell({ type: 'opened' }), inputs(true, false));
  assert.deepEqual(play.state.health.warnings, ['E1602']);
  const events: string[] = [];
  for (const [door, tamper] of [
    [true, false],
    [false, false],
    [false, false],
    [false, true],
  ] as const) {
    for (let i = 0; i < 3; i++) {
      play.now = Math.max(play.now, play.state.nextPoll);
      play.tell({ type: 'tick' });
      events.push(...emitted(play.tell({ type: 'inputsRead', readings: inputs(door, tamper) })));
      if (!door && !tamper && play.state.inputs.believed.doorOpen === false) {
        assert.deepEqual(play.state.health.warnings, []);
      }
    }
  }
  assert.deepEqual(events, ['cabinetChanged', 'cabinetChanged']);
  assert.deepEqual(play.state.health.warnings, ['E1602'], 'tampered');
});

test('an input that is not there, and one that was not read, are not believed to be anything', () => {
  const map = RegisterMap.parse({ inputs: { personPresent: null } }).inputs;
  const readings = new Map<InputName, boolean>([
    ['personPresent', true],
    ['doorOpen', false],
  ]);
  assert.deepEqual(debounce(NO_INPUTS, readings, map, 0).believed, { doorOpen: false });
});

/** Two exchanges that fail: the board is silent, or refuses. */
function fail(play: Play, refused: boolean): readonly BoardCommand[] {
  play.now = Math.max(play.now, play.state.nextPoll);
  play.tell({ type: 'tick' });
  play.tell({ type: 'exchangeFailed', refused, detail: 'time-out' });
  return play.tell({ type: 'exchangeFailed', refused, detail: 'time-out' });
}

test('a board that is silent is tried again, doubted, and offline when the second source was asked', () => {
  const play = new Play().ready();
  const waiting = play.tell({ type: 'lightWanted', id: 1, slot: 'slip', light: 'on' });
  assert.deepEqual(exchanges(waiting), ['write']);
  assert.deepEqual(exchanges(play.tell({ type: 'exchangeFailed', refused: false, detail: 'time-out' })), ['write']);
  const doubted = play.tell({ type: 'exchangeFailed', refused: false, detail: 'time-out' });
  assert.deepEqual(settled(doubted), ['1 E1601']);
  assert.equal(play.state.health.state, 'ready', 'not said before the second source was asked');
  play.tell({ type: 'presence', present: true });
  assert.deepEqual(seen(play), ['offline', 'E1601']);
  assert.deepEqual(settled(play.tell({ type: 'lightWanted', id: 2, slot: 'scanner', light: 'on' })), ['2 E1601']);

  play.wake();
  const writes = play.settle(play.tell({ type: 'opened' }));
  assert.ok(writes.includes('slip=1') && writes.includes('scanner=1'), 'the wishes were kept');
  assert.equal(play.state.health.state, 'ready');
});

test('what a board saw before it went away is not what is now', () => {
  const play = new Play();
  play.tell({ type: 'start' });
  play.settle(play.tell({ type: 'opened' }), inputs(true, false));
  fail(play, false);
  assert.deepEqual(emitted(play.tell({ type: 'presence', present: false })), ['cabinetChanged']);
  assert.deepEqual(play.state.inputs, NO_INPUTS);

  for (const present of [false, undefined]) {
    play.now += 10_000;
    assert.ok(play.tell({ type: 'tick' }).some((c) => c.type === 'open'));
    play.tell({ type: 'opened' });
    play.tell({ type: 'exchangeFailed', refused: false, detail: 'time-out' });
    play.tell({ type: 'exchangeFailed', refused: false, detail: 'time-out' });
    const again = play.tell({ type: 'presence', present });
    assert.deepEqual(again, [], 'still away is no news');
  }
});

test('a board that refuses stays out of order until it does not', () => {
  const play = new Play().ready();
  fail(play, true);
  assert.deepEqual(seen(play), ['fault', 'E1601']);
  assert.deepEqual(settled(play.tell({ type: 'lightWanted', id: 1, slot: 'slip', light: 'on' })), ['1 E1601']);
  play.tell({ type: 'presence', present: true });
  assert.deepEqual(seen(play), ['fault', 'E1601'], 'it is there');
  play.wake();
  const back = play.tell({ type: 'opened' });
  assert.deepEqual(exchanges(back), ['readInputs']);
  play.settle(back);
  assert.equal(play.state.health.state, 'ready');
});

test('a port that was closed and is still there is opened at once, and that counts as reset', () => {
  const play = new Play().ready();
  play.now = TIMES.poll;
  play.tell({ type: 'tick' });
  play.tell({ type: 'lost', detail: 'port closed' });
  assert.equal(play.state.running, undefined);
  assert.deepEqual(play.tell({ type: 'inputsRead', readings: new Map() }), [], 'it belonged to the old connection');
  assert.ok(play.tell({ type: 'presence', present: true }).some((c) => c.type === 'open'));
  assert.equal(play.state.health.state, 'starting');
  const events: string[] = [];
  for (let next = play.tell({ type: 'opened' }); ;) {
    events.push(...emitted(next));
    const [exchange] = next.flatMap((c) => (c.type === 'exchange' ? [c.exchange] : []));
    if (!exchange) break;
    next = play.tell(
      exchange.is === 'write'
        ? { type: 'written', output: exchange.output, value: exchange.value }
        : { type: 'inputsRead', readings: new Map() },
    );
  }
  assert.deepEqual(events, ['resets']);
});

test('a stopped board has nothing to do, and refuses', () => {
  const play = new Play().ready();
  play.tell({ type: 'lightWanted', id: 1, slot: 'slip', light: 'on' });
  assert.deepEqual(settled(play.tell({ type: 'stop' })), ['1 E1601']);
  assert.deepEqual(settled(play.tell({ type: 'lightWanted', id: 2, slot: 'slip', light: 'on' })), ['2 E1601']);
});
