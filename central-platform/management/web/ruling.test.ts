import assert from 'node:assert/strict';
import test from 'node:test';
import { readHours, readLimit, readMonthWindow, readYuan, writeHours, writeYuan } from './ruling.ts';

test('hours as staff type them, with Chinese commas and without a leading zero', () => {
  assert.deepEqual(readHours('9:00-12:00，13:30–17:00'), [
    { from: '09:00', to: '12:00' },
    { from: '13:30', to: '17:00' },
  ]);
  assert.deepEqual(readHours(' '), []);
  assert.equal(readHours('17:00-09:00'), undefined, 'an end before its beginning');
  assert.equal(readHours('nine to five'), undefined);
  assert.equal(writeHours(readHours('9:00-12:00,13:30-17:00')!), '09:00-12:00, 13:30-17:00');
});

test('days of the month may run over its end', () => {
  assert.deepEqual(readMonthWindow('25-5'), { from: 25, to: 5 });
  assert.equal(readMonthWindow(''), null);
  assert.equal(readMonthWindow('0-32'), undefined);
});

test('yuan become fen without a float in between', () => {
  assert.equal(readYuan('50,000'), 5_000_000);
  assert.equal(readYuan('0.07'), 7);
  assert.equal(readYuan('1.5'), 150);
  assert.equal(readYuan('1.234'), undefined);
  assert.equal(writeYuan(150), '1.50');
  assert.equal(writeYuan(5_000_000), '50000');
  assert.equal(readLimit('12'), 12);
  assert.equal(readLimit('-1'), undefined);
});
