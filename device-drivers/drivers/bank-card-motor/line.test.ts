import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CRT } from '../../codec/crt.ts';
import { type HeardItem, type LineEffect, type LineEvent, type LineState, QUIET, reduceLine, wakeAt } from './line.ts';

const TIMES = { ackMs: 300, tries: 3, gapMs: 250, restMs: 5 };
const ANSWER = { good: true, cm: 0x31, pm: 0x30, code: '000', data: new Uint8Array(0) };

/** Goes through events at their times; gives what was done, as words. */
function play(...events: readonly (readonly [at: number, event: LineEvent])[]) {
  let state: LineState = QUIET;
  const done: string[] = [];
  for (const [at, event] of events) {
    const step = reduceLine(state, event, at, TIMES);
    state = step.state;
    done.push(...step.effects.map(word));
  }
  return { state, done };
}

function word(effect: LineEffect): string {
  if (effect.type !== 'settle') return effect.type;
  return `settle ${effect.result.ok ? 'answer' : effect.result.error.reason}`;
}

const send: LineEvent = { type: 'send', id: 1, command: CRT.status, answerMs: 20_000 };
const hear = (...items: readonly HeardItem[]): LineEvent => ({ type: 'heard', items, cut: false });
const ack = hear({ type: 'ack' });
const answer = hear({ type: 'answer', answer: ANSWER });
const garbled = hear({ type: 'garbled' });
const tick: LineEvent = { type: 'tick' };

test('command, ACK, answer, ACK', () => {
  const { state, done } = play([0, send], [10, ack], [50, answer]);
  assert.deepEqual(done, ['write', 'ack', 'settle answer']);
  assert.equal(wakeAt(state), undefined);
});

test('an answer whose ACK was lost counts as acknowledged', () => {
  assert.deepEqual(play([0, send], [50, answer]).done, ['write', 'ack', 'settle answer']);
});

test('an ACK that nobody waits for means nothing', () => {
  assert.deepEqual(play([0, ack]).done, []);
  assert.deepEqual(play([0, send], [1, ack], [2, ack], [50, answer]).done, ['write', 'ack', 'settle answer']);
});

test('without an ACK the command is sent three times', () => {
  const { done } = play([0, send], [299, tick], [300, tick], [600, tick], [900, tick]);
  assert.deepEqual(done, ['write', 'write', 'write', 'settle silent']);
});

test('a NAK asks for the command again, not for ever', () => {
  const nak = hear({ type: 'nak' });
  assert.deepEqual(play([0, send], [1, nak], [2, nak], [3, nak]).done, ['write', 'write', 'write', 'settle silent']);
  assert.deepEqual(play([0, nak]).done, []);
});

test('a garbled answer is asked for again, not for ever', () => {
  const { done } = play([0, send], [1, ack], [2, garbled], [3, garbled], [4, garbled]);
  assert.deepEqual(done, ['write', 'nak', 'nak', 'settle garbled']);
  assert.deepEqual(play([0, send], [1, garbled]).done, ['write'], 'before the ACK it may be the ACK');
});

test('half a frame is given up after its gap, and asked for again', () => {
  const half: LineEvent = { type: 'heard', items: [], cut: true };
  const { state, done } = play([0, send], [1, ack], [2, half], [100, half], [351, tick]);
  assert.equal(wakeAt(play([0, send]).state), 300);
  assert.equal(wakeAt(play([0, half]).state), 250);
  assert.equal(wakeAt(play([0, send], [1, ack], [2, half]).state), 252);
  assert.deepEqual(done, ['write', 'forgetCut', 'nak']);
  assert.equal(state.gapUntil, undefined);
});

test('an answer that does not come is cancelled, and the reader agrees', () => {
  const { done } = play([0, send], [1, ack], [20_001, tick], [20_010, hear({ type: 'cancel' })]);
  assert.deepEqual(done, ['write', 'writeCancel', 'settle late']);
});

test('an answer that comes while it is being cancelled is taken', () => {
  const { done } = play([0, send], [1, ack], [5, { type: 'cancel' }], [6, answer], [7, hear({ type: 'cancel' })]);
  assert.deepEqual(done, ['write', 'writeCancel', 'ack', 'settle answer']);
});

test('a reader that does not even heed the cancelling is silent', () => {
  const { done } = play([0, send], [1, ack], [5, { type: 'cancel' }], [305, tick], [605, tick], [905, tick]);
  assert.deepEqual(done, ['write', 'writeCancel', 'writeCancel', 'writeCancel', 'settle silent']);
});

test('an answer to another command is acknowledged and forgotten', () => {
  const other = hear({ type: 'answer', answer: { ...ANSWER, pm: 0x31 } });
  assert.deepEqual(play([0, send], [1, ack], [2, other], [3, answer]).done, ['write', 'ack', 'ack', 'settle answer']);
  assert.deepEqual(play([0, answer]).done, ['ack']);
});

test('between an answer and the next command the reader has its rest', () => {
  const { state, done } = play([0, send], [1, answer], [2, { ...send, id: 2 }], [3, tick], [6, tick]);
  assert.deepEqual(done, ['write', 'ack', 'settle answer', 'write']);
  assert.equal(state.phase.is, 'sent');
  const early = play([0, send], [1, answer], [2, { ...send, id: 2 }], [3, { type: 'cancel' }]);
  assert.equal(early.done.at(-1), 'settle cancelled', 'what was not sent yet needs no cancelling');
});

test('a lost connection ends what runs; there is nothing to end when nothing runs', () => {
  assert.deepEqual(play([0, send], [1, { type: 'down', detail: '' }]).done, ['write', 'forgetCut', 'settle down']);
  assert.deepEqual(play([0, { type: 'down', detail: '' }]).done, ['forgetCut']);
  assert.deepEqual(play([0, { type: 'cancel' }], [1, tick]).done, []);
  assert.throws(() => play([0, send], [1, send]), /one command at a time/);
});
