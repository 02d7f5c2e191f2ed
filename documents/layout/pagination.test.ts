import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cutIntoPages } from './pagination.ts';

const room = { first: 300, following: 500, tail: 150, rowsWithTail: 3 };

test('few rows and the seal share the first page', () => {
  assert.deepEqual(cutIntoPages([20, 20, 20], room), [3]);
  assert.deepEqual(cutIntoPages([], room), [0]);
});

test('rows fill the page but leave no room for the seal: the last rows go with it', () => {
  assert.deepEqual(cutIntoPages(Array(15).fill(20), room), [12, 15]);
});

test('every row is printed once, every page holds what stands on it, and the seal is never alone', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 15, max: 45 }), { maxLength: 120 }), (heights) => {
      const ends = cutIntoPages(heights, room);
      assert.equal(ends.at(-1), heights.length);
      ends.forEach((end, page) => {
        const start = ends[page - 1] ?? 0;
        const last = page === ends.length - 1;
        const used = heights.slice(start, end).reduce((sum, height) => sum + height, last ? room.tail : 0);
        assert.ok(used <= (page === 0 ? room.first : room.following), `page ${page + 1} overflows`);
        assert.ok(end > start || heights.length === 0, `page ${page + 1} has no row`);
      });
    }),
  );
});

test('a row higher than a page is a bug of the layout', () => {
  assert.throws(() => cutIntoPages([400], room), RangeError);
});
