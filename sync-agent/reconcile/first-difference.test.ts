import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import { must } from '../testing/journal.ts';
import { firstDifference } from './first-difference.ts';

const MOST = 1_000_000;

test('wherever a history of up to a million entries parts, its place is found in log2(N) questions', async () => {
  const stretch = fc
    .integer({ min: 1, max: MOST })
    .chain((length) => fc.tuple(fc.constant(length), fc.integer({ min: 1, max: length }), fc.nat(MOST)));
  await fc.assert(
    fc.asyncProperty(stretch, async ([length, offset, low]) => {
      const parts = low + offset;
      const asked: number[] = [];
      const found = await firstDifference(low, low + length, (seq) => {
        asked.push(seq);
        return Promise.resolve(ok(seq < parts));
      });
      assert.equal(must(found).firstSeq, parts);
      assert.ok(must(found).probes <= Math.ceil(Math.log2(length)), `${must(found).probes} for ${length}`);
      assert.equal(asked.length, must(found).probes);
      assert.ok(asked.every((seq) => seq > low && seq < low + length));
    }),
    { numRuns: 2_000 },
  );
});

test('every place of a short history is found', async () => {
  for (let parts = 1; parts <= 257; parts++) {
    const found = await firstDifference(0, 257, (seq) => Promise.resolve(ok(seq < parts)));
    assert.equal(must(found).firstSeq, parts);
  }
});

test('rows altered one by one: what is found is one of them or the end, and it does differ', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { minLength: 1 }), async (altered) => {
      const differs = new Set([...altered, 1_000]);
      const found = must(await firstDifference(0, 1_000, (seq) => Promise.resolve(ok(!differs.has(seq)))));
      assert.ok(differs.has(found.firstSeq) && !differs.has(found.firstSeq - 1));
    }),
  );
});

test('a platform that does not answer ends the search; it is begun anew another time', async () => {
  const found = await firstDifference(0, 100, (seq) => Promise.resolve(seq === 50 ? ok(true) : fail('E3102')));
  assert.deepEqual(found, fail('E3102'));
});
