import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_INPUTS, debounce } from './inputs.ts';
import { type InputName, RegisterMap, rangesOf } from './map.ts';
import { Play } from './reducer.play.ts';

const MAP = RegisterMap.parse({});

test('a board that is ready shows nothing, and that was written', () => {
  const play = new Play(MAP).ready();
  assert.deepEqual(new Set(Object.values(play.state.shown)), new Set([0]));
});

test('a light that the board forgot is written again', () => {
  const play = new Play(MAP).ready();
  play.settle(play.tell({ type: 'lightWanted', id: 1, slot: 'slip', light: 'fast' }));
  play.now = 10_000;
  const verify = play.tell({ type: 'tick' });
  assert.ok(verify.some((c) => c.type === 'exchange' && c.exchange.is === 'verify'));
  const after = play.tell({ type: 'verified', values: { ...play.state.shown, slip: 0 } });
  assert.deepEqual(play.settle(after), ['slip=3']);
});

test('on a board with coils only, the driver blinks', () => {
  const play = new Play(RegisterMap.parse({ lights: { table: 'coil' } })).ready();
  play.settle(play.tell({ type: 'lightWanted', id: 1, slot: 'slip', light: 'slow' }));
  const writes: string[] = [];
  while (play.now < 4_000) writes.push(...play.wake());
  assert.ok(writes.length >= 4, 'it blinks');
  assert.ok(
    writes.every((write, i) => write === (i % 2 === 0 ? 'slip=0' : 'slip=1')),
    writes.join(' '),
  );
});

test('a slot without a light is no error', () => {
  const play = new Play(RegisterMap.parse({ lights: { addresses: { slip: 4 } } })).ready();
  const commands = play.tell({ type: 'lightWanted', id: 7, slot: 'scanner', light: 'on' });
  assert.deepEqual(commands, [{ type: 'settle', id: 7, result: { ok: true, value: undefined } }]);
});

test('a board that refuses is there, and its register map is wrong', () => {
  const play = new Play(MAP);
  play.tell({ type: 'start' });
  play.tell({ type: 'opened' });
  for (let i = 0; i < 2; i++) play.tell({ type: 'exchangeFailed', refused: true, detail: 'exception 2' });
  play.tell({ type: 'presence', present: true });
  assert.deepEqual([play.state.health.state, play.state.health.code], ['fault', 'E1601']);
  assert.equal(play.state.link.at.name, 'resting');
});

test('a contact that chatters is believed when it has lasted, the tamper switch at once', () => {
  const at = (name: InputName, value: boolean) => new Map([[name, value]]);
  let state = debounce(
    NO_INPUTS,
    new Map<InputName, boolean>([
      ['doorOpen', false],
      ['tampered', false],
    ]),
    MAP.inputs,
    0,
  );
  assert.deepEqual(state.believed, { doorOpen: false, tampered: false }, 'the first reading is believed');
  state = debounce(state, at('doorOpen', true), MAP.inputs, 100);
  state = debounce(state, at('doorOpen', false), MAP.inputs, 200);
  state = debounce(state, at('doorOpen', true), MAP.inputs, 300);
  state = debounce(state, at('doorOpen', true), MAP.inputs, 450);
  assert.equal(state.believed.doorOpen, false, 'since 300, not since 100');
  state = debounce(state, at('doorOpen', true), MAP.inputs, 500);
  assert.equal(state.believed.doorOpen, true);
  assert.equal(debounce(state, at('tampered', true), MAP.inputs, 501).believed.tampered, true);
});

test('inputs of one table are read with one request', () => {
  assert.deepEqual(rangesOf(MAP.inputs), [{ table: 'discrete', address: 0, count: 3 }]);
  const { inputs } = RegisterMap.parse({
    inputs: { doorOpen: { table: 'holding', address: 9, debounceMs: 0 }, personPresent: null },
  });
  assert.deepEqual(rangesOf(inputs), [
    { table: 'holding', address: 9, count: 1 },
    { table: 'discrete', address: 1, count: 1 },
  ]);
});
