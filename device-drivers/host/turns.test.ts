import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ok } from '@kiosk/contract/kernel/result.ts';
import { Turns } from './turns.ts';

const NEVER = new AbortController().signal;

test('what a device answered is not kept for the sake of the row', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const turns = new Turns();
  const cards: WeakRef<object>[] = [];
  for (let i = 0; i < 20; i++) {
    await turns.take(NEVER, () => {
      const card = { number: i };
      cards.push(new WeakRef(card));
      return Promise.resolve(ok(card));
    });
  }
  await nextTurn();
  collect();
  const kept = cards.slice(0, -1).filter((card) => card.deref() !== undefined).length;
  assert.equal(kept, 0, 'cards that were read long ago are still in memory');
});

test('who comes second begins when the first is done', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const first = Promise.withResolvers<void>();
  const one = turns.take(NEVER, async () => {
    await first.promise;
    order.push('one');
    return ok();
  });
  const two = turns.take(NEVER, () => {
    order.push('two');
    return Promise.resolve(ok());
  });
  assert.ok(!turns.free);
  first.resolve();
  await Promise.all([one, two]);
  assert.deepEqual(order, ['one', 'two']);
  assert.ok(turns.free);
});
