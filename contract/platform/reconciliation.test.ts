import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Before, type Line, dayTotals, expectedMove, underWay } from './day-totals.ts';
import { type CountedDevice, type DayClose, closeText, countersMoved, headsText } from './reconciliation.ts';

const NOTHING_BEFORE: Before = { intended: () => undefined, captured: () => false };
const intended = (operationId: string, pages: number): Line & { kind: 'intended' } => ({
  ...{ kind: 'intended', operationId, print: 'printDocument', pages },
});
const settled = (operationId: string, more: Partial<Line & { kind: 'settled' }> = {}): Line => ({
  ...{ kind: 'settled', operationId, outcome: 'done', printed: null, sheets: null, reconciled: false },
  ...more,
});
const sheets = (lines: readonly Line[], before = NOTHING_BEFORE) => dayTotals(lines, before).sheets;

const printer = (count: number, more: Partial<CountedDevice> = {}): CountedDevice => ({
  ...{ deviceId: 'a4-printer', kind: 'documentPrinter', driver: 'ipp', identity: 'one', counters: { sheets: count } },
  ...more,
});
const moved = (before: readonly CountedDevice[] | null | undefined, now: readonly CountedDevice[] | null) =>
  countersMoved(before, now).sheets;

test('sheets are exact where the printer tells, and lie between half and all of the pages where it does not', () => {
  assert.deepEqual(sheets([intended('a', 5), settled('a', { printed: 5, sheets: 3 })]), { least: 3, most: 3 });
  assert.deepEqual(sheets([intended('a', 5), settled('a', { printed: 5 })]), { least: 3, most: 5 });
  assert.deepEqual(sheets([intended('a', 5), settled('a', { outcome: 'failed', printed: 2 })]), { least: 1, most: 2 });
  assert.deepEqual(sheets([intended('a', 5), settled('a', { outcome: 'failed', printed: 0 })]), { least: 0, most: 0 });
  assert.deepEqual(sheets([intended('a', 5), settled('a', { outcome: 'unknown' })]), { least: 0, most: 5 });
});

test('a print that was begun before midnight may have been counted on either side of it', () => {
  const before: Before = { ...NOTHING_BEFORE, intended: () => intended('a', 4) };
  assert.deepEqual(sheets([settled('a', { printed: 4, sheets: 4 })], before), { least: 0, most: 4 });
  const evening = dayTotals([intended('a', 4)], NOTHING_BEFORE);
  const now = underWay([intended('a', 4)], 0);
  assert.deepEqual(expectedMove('sheets', evening, undefined, now), { least: 0, most: 4 });
});

test('a settlement that is overruled counts once, with its last word', () => {
  const lines = [intended('a', 2), settled('a', { outcome: 'unknown', reconciled: true }), settled('a', { sheets: 2 })];
  const totals = dayTotals(lines, NOTHING_BEFORE);
  assert.deepEqual([totals.printsDone, totals.printsUnknown, totals.sheets], [1, 0, { least: 2, most: 2 }]);
});

test('a card that was journaled twice is one card; one that was counted before its entry came is not missed again', () => {
  const captured: Line = { kind: 'captured', operationId: 'c', outcome: 'done' };
  const totals = dayTotals([captured, captured], NOTHING_BEFORE);
  assert.deepEqual(totals.cards, { least: 1, most: 1 });
  assert.deepEqual(dayTotals([captured], { ...NOTHING_BEFORE, captured: () => true }).cards, { least: 0, most: 0 });
  const none = { sheets: 0, slips: 0, cards: 0 };
  assert.deepEqual(expectedMove('cards', totals, { ...none, cards: 1 }, none), { least: 0, most: 1 });
});

test("a technician's trial print accounts for its paper", () => {
  assert.deepEqual(sheets([{ kind: 'tested', sheets: 1, slips: 0 }]), { least: 1, most: 1 });
});

test('counters move forward, device by device; what cannot be compared says why', () => {
  assert.deepEqual(moved([printer(3)], [printer(7)]), { by: 4 });
  assert.deepEqual(moved(undefined, [printer(7)]), { notComparable: 'first' });
  assert.deepEqual(moved([printer(3)], null), { notComparable: 'away' });
  assert.deepEqual(moved(null, [printer(3)]), { notComparable: 'away' });
  assert.deepEqual(moved([printer(3)], [printer(2)]), { notComparable: 'reset' });
  assert.deepEqual(moved([printer(3)], [printer(7, { counters: {} })]), { notComparable: 'reset' });
  assert.deepEqual(moved([printer(3)], [printer(7, { identity: 'another' })]), { notComparable: 'exchanged' });
  assert.deepEqual(moved([printer(3)], []), { notComparable: 'exchanged' });
  assert.deepEqual(moved([printer(3)], [printer(3), printer(9, { deviceId: 'second' })]), {
    notComparable: 'exchanged',
  });
  const { identity: _, ...nameless } = printer(5);
  assert.deepEqual(moved([printer(3)], [nameless]), { by: 2 }, 'a printer that is off has not said who it is');
  assert.deepEqual(moved([printer(3, { counters: {} })], [printer(5)]), { by: 5 }, 'its first sheets ever');
});

const CLOSE: DayClose = {
  number: 2,
  day: '2026-11-21',
  at: Date.UTC(2026, 10, 21, 16, 0),
  windows: [
    { stream: 'business', from: 5, to: 9, head: 'ab'.repeat(32) },
    { stream: 'audit', from: 40, to: 77, head: 'cd'.repeat(32) },
    { stream: 'telemetry', from: 3, to: 2, head: 'ef'.repeat(32) },
  ],
  totals: {
    ...{ requests: 2, printsIntended: 2, printsDone: 2, printsFailed: 0, printsUnknown: 0 },
    ...{ sheets: { least: 2, most: 4 }, slips: { least: 1, most: 1 }, cards: { least: 0, most: 0 } },
  },
  underWay: { sheets: 0, slips: 1, cards: 0 },
  devices: [printer(104)],
  moved: { sheets: { by: 4 }, slips: { notComparable: 'exchanged' }, cards: { by: 0 } },
};

test('a close reads as a person would write it down, one line a field', () => {
  assert.equal(
    closeText('300120', CLOSE),
    `kiosk-close-v1
300120
number 2
day 2026-11-21
at 2026-11-21T16:00:00.000Z
business 5 9 ${'ab'.repeat(32)}
audit 40 77 ${'cd'.repeat(32)}
telemetry 3 2 ${'ef'.repeat(32)}
requests 2
prints intended 2 done 2
prints failed 0 unknown 0
sheets 2-4 under way 0 counted 4
slips 1 under way 1 counted exchanged
cards 0 under way 0 counted 0
device "a4-printer" "documentPrinter" "ipp" "one" "sheets" 104
`,
  );
  const heads = CLOSE.windows.map(({ stream, to, head }) => ({ stream, seq: to, head }));
  assert.equal(headsText('300120', CLOSE.at, heads).split('\n').length, 7);
});

test('no name that a device gives itself can make one close read as another', () => {
  const name = fc.string({ unit: 'binary', maxLength: 20 });
  const device = fc.record({
    deviceId: name,
    kind: name,
    driver: name,
    identity: name,
    counters: fc.dictionary(name, fc.nat(), { noNullPrototype: true, maxKeys: 3 }),
  });
  const sorted = (devices: readonly CountedDevice[]) =>
    JSON.stringify(devices.map((one) => ({ ...one, counters: Object.entries(one.counters).sort() })));
  fc.assert(
    fc.property(fc.array(device, { maxLength: 3 }), fc.array(device, { maxLength: 3 }), (one, other) => {
      const [a, b] = [one, other].map((devices) => closeText('300120', { ...CLOSE, devices }));
      assert.equal(a === b, sorted(one) === sorted(other));
      assert.equal(a!.split('\n').length, 15 + one.length);
    }),
    { numRuns: 40 },
  );
});
