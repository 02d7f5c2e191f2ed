import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import type { Answered } from './calls.ts';
import type { Failed } from './classify.ts';
import { Link } from './link.ts';

type Beat = Result<Answered<string>, Failed>;
const well: Beat = ok({ value: 'hello', roundTripMs: 4 });
const failed = (code: string, retryAfterMs?: number): Beat => err({ code, retryAfterMs });

/** A link whose heartbeats are answered by hand. */
function testLink() {
  const clock = new ManualClock();
  const asked: ((answer: Beat) => void)[] = [];
  const told: string[] = [];
  const link = new Link<string>({
    clock,
    random: () => 0.5,
    heartbeatMs: 15_000,
    heartbeat: () => new Promise((resolve) => asked.push(resolve)),
    onAnswer: () => {},
    onState: (state, settled) => void (settled && told.push([state.state, state.code].join(' ').trim())),
  });
  const answer = async (beat: Beat) => {
    const resolve = asked.shift();
    assert.ok(resolve, 'no heartbeat is under way');
    resolve(beat);
    await new Promise((next) => setImmediate(next));
  };
  return { clock, asked, told, link, answer };
}

test('up, down with its cause, up again: told once each', async () => {
  const { clock, told, link, answer } = testLink();
  link.start();
  await answer(well);
  clock.advance(15_000);
  await answer(well);
  clock.advance(15_000);
  await answer(failed('E3101'));
  clock.advance(500);
  await answer(failed('E3103'));
  clock.advance(1_000);
  await answer(well);
  assert.deepEqual(told, ['online', 'offline E3101', 'online']);
  assert.equal(link.state.roundTripMs, 4);
});

test('while it is down it asks again after a growing wait, never longer than a heartbeat, and at once when hinted', async () => {
  const { clock, asked, link, answer } = testLink();
  link.start();
  const waits: number[] = [];
  for (let i = 0; i < 8; i++) {
    await answer(failed('E3101'));
    let waited = 0;
    while (asked.length === 0) {
      clock.advance(100);
      waited += 100;
    }
    waits.push(waited);
  }
  assert.deepEqual(waits, [500, 1_000, 2_000, 4_000, 7_500, 7_500, 7_500, 7_500]);
  await answer(failed('E3101'));
  link.suspect();
  link.suspect();
  assert.equal(asked.length, 1, 'one heartbeat at a time');
  await answer(well);
  assert.equal(link.state.state, 'online');
});

test('a platform that limits the rate is there, and is left alone as long as it asks', async () => {
  const { clock, asked, link, answer } = testLink();
  link.start();
  await answer(well);
  clock.advance(15_000);
  await answer(failed('E3106', 60_000));
  assert.equal(link.state.state, 'online');
  clock.advance(59_999);
  assert.equal(asked.length, 0);
  clock.advance(1);
  assert.equal(asked.length, 1);
});
