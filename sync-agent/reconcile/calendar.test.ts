import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays } from '@kiosk/domain/dates.ts';
import { due } from './calendar.ts';

test('midnight closes the day that ran; three dark days are closed one by one', () => {
  assert.equal(due('2026-11-21', '2026-11-21'), undefined);
  assert.deepEqual(due('2026-11-21', '2026-11-22'), { close: ['2026-11-21'], open: '2026-11-22' });
  assert.deepEqual(due('2026-12-30', '2027-01-02'), {
    close: ['2026-12-30', '2026-12-31', '2027-01-01'],
    open: '2027-01-02',
  });
});

test('a clock that falls back over midnight closes nothing; one that was set back ends its day under its name', () => {
  assert.equal(due('2026-11-22', '2026-11-21'), undefined);
  assert.deepEqual(due('2027-11-22', '2026-11-21'), { close: ['2027-11-22'], open: '2026-11-21' });
});

test('a clock that jumps ahead by a year closes one day and not three hundred', () => {
  assert.deepEqual(due('2026-11-21', '2027-11-21'), { close: ['2026-11-21'], open: '2027-11-21' });
});

test('whatever the clock does, a close follows a close and the day that runs is the one of the calendar', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -400, max: 400 }), { maxLength: 30 }), (steps) => {
      let today = '2026-11-21';
      let open = today;
      for (const step of steps) {
        today = addDays(today, step);
        const found = due(open, today);
        if (!found) continue;
        assert.equal(found.close[0], open, 'the first takes what came since the close before');
        assert.ok(found.close.length <= 31);
        assert.equal(found.open, today);
        open = found.open;
      }
    }),
  );
});
