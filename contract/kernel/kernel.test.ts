import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { GENESIS, entryDigest, nextLink } from '../journal/chain.ts';
import { intl } from '../journal/suite/suite.ts';
import { ManualClock } from './clock.ts';
import { newId } from './ids.ts';

describe('a clock that is moved by hand', () => {
  it('fires timers in order of their due time, whatever the order they were set in', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 })), (delays) => {
        const clock = new ManualClock();
        const fired: number[] = [];
        for (const ms of delays) clock.after(ms, () => fired.push(ms));
        clock.advance(1000);
        assert.deepEqual(
          fired,
          delays.toSorted((a, b) => a - b),
        );
      }),
    );
  });

  it('steps the wall clock without moving durations', () => {
    const clock = new ManualClock(1_000_000);
    clock.advance(10);
    clock.step(-500_000);
    assert.deepEqual([clock.now(), clock.monotonic()], [500_010, 10]);
  });
});

describe('ids', () => {
  it('are version 7 and differ', () => {
    const ids = new Set(Array.from({ length: 1000 }, () => newId()));
    assert.equal(ids.size, 1000);
    for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
  });
});

describe('the journal chain', () => {
  it('changes with every part it covers', () => {
    const base = ['300120', 'business', 1, entryDigest(intl, Buffer.from('salt'), Buffer.from('body'))] as const;
    const links = new Set([
      nextLink(intl, GENESIS, ...base),
      nextLink(intl, '1'.repeat(64), ...base),
      nextLink(intl, GENESIS, '300121', base[1], base[2], base[3]),
      nextLink(intl, GENESIS, base[0], 'audit', base[2], base[3]),
      nextLink(intl, GENESIS, base[0], base[1], 2, base[3]),
      nextLink(intl, GENESIS, base[0], base[1], base[2], entryDigest(intl, Buffer.from('salt'), Buffer.from('bodz'))),
      nextLink(intl, GENESIS, base[0], base[1], base[2], entryDigest(intl, Buffer.from('salu'), Buffer.from('body'))),
    ]);
    assert.equal(links.size, 7);
  });
});
