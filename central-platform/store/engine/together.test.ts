import assert from 'node:assert/strict';
import { test } from 'node:test';
import { together } from './together.ts';

const settings = { most: 4, atOnce: 1, key: (n: number) => String(n), oneByOne: () => true };

test('callers of the same moment are one question, and each hears its own answer', async () => {
  const groups: (readonly number[])[] = [];
  const ask = together({
    ...settings,
    ask: async (group: readonly number[]) => {
      groups.push(group);
      return group.map((n) => n * 10);
    },
  });
  assert.deepEqual(await Promise.all([1, 2, 3, 4, 5, 5].map(ask)), [10, 20, 30, 40, 50, 50]);
  assert.deepEqual(groups, [[1, 2, 3, 4], [5], [5]], 'at most four, and never the same twice in one');
});

test('one question that cannot be answered harms no other', async () => {
  const ask = together({
    ...settings,
    ask: async (group: readonly number[]) => {
      if (group.includes(2)) throw new Error('no');
      return group;
    },
  });
  const told = await Promise.allSettled([1, 2, 3].map(ask));
  assert.deepEqual(
    told.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
});

test('nobody answers at all: everybody hears it at once, and nobody asks again', async () => {
  let asked = 0;
  const ask = together({
    ...settings,
    oneByOne: () => false,
    ask: async (): Promise<readonly number[]> => {
      asked++;
      throw new Error('away');
    },
  });
  const told = await Promise.allSettled([1, 2, 3].map(ask));
  assert.ok(told.every(({ status }) => status === 'rejected'));
  assert.equal(asked, 1);
});
