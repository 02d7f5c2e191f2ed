import assert from 'node:assert/strict';
import test from 'node:test';
import { bytes, count, dayOf, duration, money, percent, shortHash, spanOf, stamp, startOfDay } from './format.ts';

test('an instant late in the evening in London is the next day at the centre', () => {
  const instant = Date.UTC(2026, 10, 20, 17, 5);
  assert.equal(stamp(instant), '2026-11-21 01:05');
  assert.equal(dayOf(instant), '2026-11-21');
  assert.equal(dayOf(instant, -7), '2026-11-14');
  assert.equal(dayOf(startOfDay('2026-11-21')), '2026-11-21');
  assert.equal(dayOf(startOfDay('2026-11-21') - 1), '2026-11-20');
});

test('a wait is said in the largest unit that fits', () => {
  assert.deepEqual(spanOf(59_999), { count: 59, unit: 'second' });
  assert.deepEqual(spanOf(3_600_000), { count: 1, unit: 'hour' });
  assert.deepEqual(spanOf(-47 * 3_600_000), { count: 47, unit: 'hour' });
  assert.deepEqual(spanOf(49 * 3_600_000), { count: 2, unit: 'day' });
});

test('numbers are written with separators, money with two decimals', () => {
  assert.equal(count(1_234_567), '1,234,567');
  assert.equal(money(5_864_502), '58,645.02');
  assert.equal(money(-5), '−0.05');
  assert.equal(percent(0.9834), '98.3%');
  assert.equal(bytes(999), '999 B');
  assert.equal(bytes(1_536_000), '1.5 MB');
  assert.equal(duration(1_234), '1.2 s');
  assert.equal(shortHash('0123456789abcdef'), '01234567…cdef');
});
