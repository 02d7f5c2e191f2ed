import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  calendarParts,
  groups,
  hallTime,
  minutesAndSeconds,
  money,
  monthPlus,
  percent,
  phoneAsTyped,
  unbroken,
} from './format.ts';

test('money has two decimals and separators, and a real minus', () => {
  assert.equal(money(5_864_502), '58,645.02');
  assert.equal(money(0), '0.00');
  assert.equal(money(7), '0.07');
  assert.equal(money(-500_000), '−5,000.00');
  assert.equal(money(123_456_789_012), '1,234,567,890.12');
});

test('no amount loses or gains a fen on its way to the screen', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (fen) => {
      const back = Math.round(Number(money(fen).replaceAll(',', '').replace('−', '-')) * 100);
      assert.equal(back, fen);
    }),
  );
});

test('per cent, seconds, phones and numbers', () => {
  assert.equal(percent(1200), '12%');
  assert.equal(percent(1250), '12.5%');
  assert.equal(minutesAndSeconds(582), '9:42');
  assert.equal(phoneAsTyped('122'), '122');
  assert.equal(phoneAsTyped('1220123'), '122 0123');
  assert.equal(groups('K74Q2918'), 'K74Q 2918');
  assert.equal(groups('K7 4Q2 918'), 'K7 4Q2 918', 'a number that comes in groups keeps them');
});

test('months move across years', () => {
  assert.equal(monthPlus('2026-01', -1), '2025-12');
  assert.equal(monthPlus('2025-12', 1), '2026-01');
  assert.equal(monthPlus('2026-10', -12), '2025-10');
});

test('the hall is eight hours ahead of UTC', () => {
  assert.deepEqual(hallTime(Date.UTC(2026, 10, 20, 16, 0)), { date: '2026-11-21', time: '00:00' });
  assert.equal(calendarParts('2026-11-21').weekday, 6);
});

test('a numeral stays on one line with its unit, and the words around it may break', () => {
  const text = '步行八分钟，十五个工作日内办结（周末除外），见第 2 页';
  const joined = unbroken(text);
  assert.ok(joined.includes('步行八\u2060分\u2060钟，'), joined);
  assert.ok(joined.includes('十\u2060五\u2060个\u2060工\u2060作\u2060日内'), joined);
  assert.ok(joined.includes('（\u2060周\u2060末\u2060除\u2060外\u2060）'), joined);
  assert.ok(joined.endsWith('第\u00a02\u00a0页'), joined);
  assert.equal(joined.replaceAll('\u2060', '').replaceAll('\u00a0', ' '), text);
});
