import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { catalogue } from '@kiosk/contract/errors/catalogue.ts';
import { countCells, faultTables } from './device-faults.ts';

const SUITES = join(import.meta.dirname, '../../device-drivers/suites');

test('every fault matrix of a suite is on the page', () => {
  const matrices = readdirSync(SUITES).flatMap((file) => /^(.+)\.matrix\.ts$/.exec(file)?.[1] ?? []);
  assert.deepEqual([...new Set(faultTables.map(({ suite }) => suite))].sort(), matrices.sort());
});

for (const { title, steps, faults, cell } of faultTables) {
  test(`${title}: no cell is empty, every code is in the catalogue, every gap has a reason`, () => {
    for (const step of Object.keys(steps)) {
      for (const fault of Object.keys(faults)) {
        const found = cell(step, fault) as ReturnType<typeof cell> | undefined;
        assert.ok(found, `${step}, ${fault} is empty`);
        const text = 'ends' in found ? found.ends : found.notApplicable;
        assert.notEqual(text.trim(), '', `${step}, ${fault} says nothing`);
        if ('ends' in found)
          for (const code of text.match(/E\d{4}/g) ?? []) assert.ok(Object.hasOwn(catalogue, code), code);
      }
    }
  });
}

test('the share of cells that are not applicable', (t) => {
  const { all, notApplicable } = countCells(faultTables);
  t.diagnostic(`${notApplicable} of ${all} cells are not applicable (${Math.round((100 * notApplicable) / all)} %)`);
  assert.ok(notApplicable < all / 2, 'more cells have a reason than a test');
});
