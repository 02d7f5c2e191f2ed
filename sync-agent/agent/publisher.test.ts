import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { Publisher } from './publisher.ts';

function counted() {
  const clock = new ManualClock();
  const told: number[] = [];
  return { clock, told, publisher: new Publisher(clock, () => void told.push(clock.now())) };
}

test('ten acknowledgements in a moment: the first is told at once, the rest as one', () => {
  const { clock, told, publisher } = counted();
  const start = clock.now();
  for (let n = 0; n < 10; n++) publisher.changed();
  assert.deepEqual(told, [start]);
  clock.advance(50);
  assert.deepEqual(told, [start, start + 50]);
  clock.advance(500);
  assert.equal(told.length, 2, 'nothing changed since');
});

test('an entry is written right after an acknowledgement: who wrote it is told of it before the answer, not a moment later', () => {
  const { clock, told, publisher } = counted();
  publisher.changed();
  publisher.changed();
  publisher.now();
  assert.equal(told.length, 2, 'told at once');
  clock.advance(500);
  assert.equal(told.length, 2, 'what waited was told with it');
});
