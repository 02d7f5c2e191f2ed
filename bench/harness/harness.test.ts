import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { FIGURES } from '../figures.ts';
import type { Figure } from './figure.ts';
import { describeMachine } from './machine.ts';
import { type Circumstances, measureFigure } from './measure.ts';
import { mergeRows, readRows, type Row, saveRows } from './results.ts';
import { interleave, median, percentile, ratios } from './statistics.ts';
import { printTable } from './table.ts';

const circumstances: Circumstances = {
  machine: describeMachine,
  commit: 'abc',
  now: () => Date.UTC(2026, 10, 21),
  tell: () => undefined,
};
const figure = (source: Figure['source']): Figure => ({
  id: 'a.figure',
  what: 'something',
  unit: 'ms',
  better: 'lower',
  aim: '≤ 1',
  source,
});
const rowOf = (id: string, value: number): Row => ({
  id,
  value,
  unit: 'ms',
  better: 'lower',
  runs: [value],
  against: {},
  machine: describeMachine(),
  commit: 'abc',
  at: '2026-11-21T00:00:00.000Z',
});

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('the middle of odd and even numbers of runs', () => {
  assert.equal(median([5]), 5);
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([100, 1, 3, 2]), 2.5);
  assert.throws(() => median([]), RangeError);
});

test('a percentile is a value that was measured', () => {
  const values = Array.from({ length: 200 }, (_, i) => 200 - i);
  assert.equal(percentile(values, 95), 190);
  assert.equal(percentile(values, 99), 198);
  assert.equal(percentile(values, 100), 200);
  assert.equal(percentile([7], 1), 7);
});

test('nobody is always first in an interleaved run', async () => {
  const order: string[] = [];
  const contestant = (name: string, value: number) => () => {
    order.push(name);
    return value;
  };
  const found = await interleave(3, { ours: contestant('ours', 2), theirs: contestant('theirs', 4) });
  assert.deepEqual(order, ['ours', 'theirs', 'theirs', 'ours', 'ours', 'theirs']);
  assert.deepEqual(ratios(found.ours, found.theirs), [0.5, 0.5, 0.5]);
});

test('the value of a row is the median of its runs, to three digits', async () => {
  const measured = { runs: [3.14159, 1, 9], against: { limit: 2 } };
  const row = await measureFigure(
    figure(() => Promise.resolve(measured)),
    circumstances,
  );
  assert.equal(row.value, 3.14);
  assert.deepEqual(row.runs, [3.14, 1, 9]);
  assert.deepEqual(row.against, { limit: 2 });
  assert.equal(row.at, '2026-11-21T00:00:00.000Z');
});

test('a measurement that throws is a null with the reason, not the end of the run', async () => {
  const row = await measureFigure(
    figure(() => Promise.reject(new Error('no reader\nwith a stack'))),
    circumstances,
  );
  assert.equal(row.value, null);
  assert.equal(row.reason, 'failed: no reader');
});

test('a measurement without a number is a null with the reason', async () => {
  for (const runs of [[], [Number.NaN]]) {
    const row = await measureFigure(
      figure(() => Promise.resolve({ runs })),
      circumstances,
    );
    assert.equal(row.value, null);
    assert.match(row.reason ?? '', /no usable number/);
  }
});

test('a measurement that takes too long is told to stop and becomes a null', async () => {
  let told = false;
  const slow = figure(({ signal }) => {
    const { promise, reject } = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => {
      told = true;
      reject(new Error('ended its programs'));
    });
    return promise;
  });
  const row = await measureFigure(slow, { ...circumstances, mostMs: 1 });
  assert.equal(row.value, null);
  assert.match(row.reason ?? '', /not finished/);
  assert.ok(told, 'the programs of a figure that is late must hear that they have to end');
});

test('a bench that is stopped waits until the figure under way has ended its programs', async () => {
  const stop = new AbortController();
  let ended = false;
  const running = figure(async ({ signal }) => {
    const told = once(signal, 'abort');
    stop.abort('stopped');
    await told;
    ended = true;
    return { runs: [1] };
  });
  const row = await measureFigure(running, { ...circumstances, stop: stop.signal });
  assert.equal(row.reason, 'stopped');
  assert.ok(ended);
});

test('a figure that nobody can measure yet says why', async () => {
  const row = await measureFigure(figure({ notYet: 'no PostgreSQL store yet' }), circumstances);
  assert.equal(row.value, null);
  assert.equal(row.reason, 'no PostgreSQL store yet');
});

test('merging by id keeps the rows of others and replaces its own', () => {
  const merged = mergeRows([rowOf('b', 1), rowOf('crashlab.lost', 0)], [rowOf('b', 2), rowOf('a', 3)]);
  assert.deepEqual(
    merged.map(({ id, value }) => [id, value]),
    [
      ['a', 3],
      ['b', 2],
      ['crashlab.lost', 0],
    ],
  );
});

test('results are replaced in one step and nothing unfinished stays behind', async (t) => {
  const folder = folderFor(t);
  const file = join(folder, 'results/latest.json');
  await saveRows(file, [rowOf('a', 1)]);
  await saveRows(file, [rowOf('b', 2)]);
  assert.deepEqual(readdirSync(join(folder, 'results')), ['latest.json']);
  assert.deepEqual(await readRows(file), JSON.parse(readFileSync(file, 'utf8')));
  assert.deepEqual(
    (await readRows(file)).map(({ id }) => id),
    ['a', 'b'],
  );
});

test('a results file that cannot be read is not silently begun anew', async (t) => {
  const file = join(folderFor(t), 'latest.json');
  writeFileSync(file, '[{');
  await assert.rejects(saveRows(file, [rowOf('a', 1)]), SyntaxError);
  assert.equal(readFileSync(file, 'utf8'), '[{');
});

test('the table shows a line for each figure, its peers and the reason of a null', () => {
  const failed: Row = { ...rowOf('a.figure', 0), value: null, reason: 'no display', against: {} };
  assert.match(printTable([figure({ notYet: 'x' })], [failed]), /a\.figure +null +≤ 1 +something\n {4}no display/);
  const found: Row = { ...rowOf('a.figure', 0.5), against: { pdfmake: [1, 2] } };
  assert.match(printTable([figure({ notYet: 'x' })], [found]), /0\.5 ms[^]*pdfmake: 1, 2/);
});

test('every figure has an id of its own, in the form group.name', () => {
  const ids = FIGURES.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, 'two figures share an id: their rows would overwrite each other');
  for (const id of ids) assert.match(id, /^[a-z]+\.[a-z0-9_]+$/);
});
