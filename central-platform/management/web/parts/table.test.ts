import assert from 'node:assert/strict';
import test from 'node:test';
import { type Column, matching, nextSorting, sorted, step } from './table.ts';

const columns: Column<{ n: number | null; name: string }>[] = [
  { id: 'n', title: 'n', value: (row) => row.n },
  { id: 'name', title: 'name' },
];
const rows = [
  { n: 2, name: 'b' },
  { n: null, name: 'unknown' },
  { n: 10, name: 'a' },
];

test('numbers sort as numbers, and what is not known stays at the end both ways', () => {
  const names = (down: boolean) => sorted(rows, columns, { column: 'n', down }).map(({ name }) => name);
  assert.deepEqual(names(false), ['b', 'a', 'unknown']);
  assert.deepEqual(names(true), ['a', 'b', 'unknown']);
  assert.equal(sorted(rows, columns, undefined), rows, "without a choice the server's order stands");
});

test('a heading pressed three times leads back to where it began', () => {
  const up = nextSorting(undefined, 'n');
  const down = nextSorting(up, 'n');
  assert.deepEqual(
    [up, down, nextSorting(down, 'n')],
    [{ column: 'n', down: false }, { column: 'n', down: true }, undefined],
  );
  assert.deepEqual(nextSorting(down, 'name'), { column: 'name', down: false });
});

test('every word of the filter has to be in the row, in any order', () => {
  const text = (row: { name: string }) => `Terminal ${row.name} Hall`;
  assert.equal(matching(rows, 'hall A', text).length, 3, 'a stands in terminal, too');
  assert.deepEqual(matching(rows, '  known ', text).length, 1);
  assert.equal(matching(rows, '', text), rows);
});

test('keys end at the first and the last row', () => {
  assert.equal(step('j', -1, 3), 0);
  assert.equal(step('ArrowDown', 2, 3), 2);
  assert.equal(step('k', -1, 3), 0);
  assert.equal(step('PageDown', 1, 100), 11);
  assert.equal(step('End', 0, 3), 2);
  assert.equal(step('x', 0, 3), undefined);
  assert.equal(step('j', -1, 0), undefined);
});
