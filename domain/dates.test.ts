import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  addMonthsToDate,
  chineseDate,
  daysBetween,
  fundYearOf,
  fundYearPeriod,
  isCalendarDate,
  isInside,
  lastDay,
  lastMonths,
  monthsBetween,
  shanghaiDate,
  shanghaiDateTime,
} from './dates.ts';

test('the fund year turns between 30 June and 1 July', () => {
  assert.equal(fundYearOf('2026-06-30'), 2025);
  assert.equal(fundYearOf('2026-07-01'), 2026);
  assert.deepEqual(fundYearPeriod(2017), { from: '2017-07-01', to: '2018-06-30' });
});

test('days that are not in the calendar', () => {
  for (const text of [
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-1-01',
    '20260101',
    '',
    '2026-11-21T00:00',
  ]) {
    assert.equal(isCalendarDate(text), false, text);
  }
  assert.equal(isCalendarDate('2024-02-29'), true);
});

test('late in the evening UTC it is already tomorrow in China', () => {
  assert.equal(shanghaiDate(Date.UTC(2026, 10, 21, 15, 59, 59)), '2026-11-21');
  assert.equal(shanghaiDate(Date.UTC(2026, 10, 21, 16)), '2026-11-22');
  assert.equal(shanghaiDateTime(Date.UTC(2026, 11, 31, 16, 0, 5)), '2027-01-01 00:00:05');
});

test('month ends', () => {
  assert.equal(addMonthsToDate('2026-01-31', 1), '2026-02-28');
  assert.equal(addMonthsToDate('2024-01-31', 1), '2024-02-29');
  assert.equal(addMonthsToDate('2026-11-21', 2), '2027-01-21');
  assert.equal(lastDay('2026-12'), '2026-12-31');
});

test('the last twelve months are whole months and today', () => {
  assert.deepEqual(lastMonths('2026-11-21', 12), { from: '2025-12-01', to: '2026-11-21' });
  assert.ok(isInside('2025-12-01', lastMonths('2026-11-21', 12)));
});

test('months and days count back to where they came from', () => {
  const day = fc.integer({ min: -20_000, max: 40_000 }).map((n) => addDays('1970-01-01', n));
  fc.assert(
    fc.property(day, fc.integer({ min: -600, max: 600 }), (date, n) => {
      const month = date.slice(0, 7);
      assert.equal(monthsBetween(month, addMonths(month, n)), n);
      assert.equal(daysBetween(date, addDays(date, n)), n);
    }),
  );
});

test('a date as it is read', () => assert.equal(chineseDate('2026-01-05'), '2026年1月5日'));
