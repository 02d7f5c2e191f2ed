import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Catalogue, ServiceItem } from '@kiosk/contract/platform/catalogue.ts';
import { SAFE_PARAMETERS } from '@kiosk/contract/platform/parameters.ts';
import fc from 'fast-check';
import { type RequestSituation, amountOf, classOf, mayTake } from './offline.ts';

const HOUR = 3_600_000;
const words = { zh: '业务', en: 'Item' };
const item = (offline: ServiceItem['offline'], state: ServiceItem['state'] = 'open'): ServiceItem => ({
  id: 'B03',
  name: words,
  hint: words,
  level: 'L1',
  offline,
  state,
});
const catalogueOf = (...items: ServiceItem[]): Catalogue => ({
  items,
  branches: [],
  topics: [],
  enquiryPhone: '12329',
});

const BASE: RequestSituation = {
  item: 'B03',
  offline: true,
  catalogue: catalogueOf(item('queue')),
  channel: 'open',
  caps: { mostWaiting: 3, mostAmountFen: 100_00, mostWaitingAmountFen: 250_00, oldestHours: 24, perPersonDay: 2 },
  amountFen: 100_00,
  ofPersonToday: 1,
  waiting: { count: 2, amountFen: 150_00, oldestMs: 24 * HOUR },
};
const verdict = (change: Partial<RequestSituation>): string => {
  const result = mayTake({ ...BASE, ...change });
  return result.ok ? 'taken' : result.error.code;
};
const waiting = (change: Partial<RequestSituation['waiting']>) => ({ waiting: { ...BASE.waiting, ...change } });

describe('a request that is left without the line', () => {
  test('is taken up to every limit and refused with its own number one step beyond', () => {
    assert.equal(verdict({}), 'taken', 'exactly at every limit');
    assert.equal(verdict(waiting({ count: 3 })), 'E2202');
    assert.equal(verdict({ amountFen: 100_01 }), 'E2204');
    assert.equal(verdict(waiting({ amountFen: 150_01 })), 'E2205');
    assert.equal(verdict(waiting({ oldestMs: 24 * HOUR + 1 })), 'E2206');
    assert.equal(verdict({ ofPersonToday: 2 }), 'E2207');
  });

  test('is refused when its item waits for nobody: never offline, unknown, or without any catalogue', () => {
    assert.equal(verdict({ catalogue: catalogueOf(item('no')) }), 'E2201');
    assert.equal(verdict({ catalogue: catalogueOf() }), 'E2201');
    assert.equal(verdict({ catalogue: null }), 'E2201');
  });

  test('by nobody known is not counted for anybody, and one that moves no money asks for no sum', () => {
    assert.equal(verdict({ ofPersonToday: null }), 'taken');
    assert.equal(verdict({ amountFen: null, ...waiting({ amountFen: 900_00 }) }), 'taken');
  });

  test('meets safe limits before the centre ever said anything: no money, a month of patience', () => {
    const { caps } = SAFE_PARAMETERS;
    const nothing = { count: 0, amountFen: 0, oldestMs: null };
    assert.equal(verdict({ caps, waiting: nothing, ofPersonToday: 0, amountFen: 1 }), 'E2204');
    assert.equal(verdict({ caps, waiting: nothing, ofPersonToday: 0, amountFen: null }), 'taken');
    const month = { count: 1, amountFen: 0, oldestMs: 30 * 24 * HOUR };
    assert.equal(verdict({ caps, waiting: month, ofPersonToday: 0, amountFen: null }), 'taken');
  });
});

test('what the centre closed is closed, with the line and without', () => {
  for (const offline of [true, false]) {
    assert.equal(verdict({ offline, channel: 'stopped' }), 'E2102');
    assert.equal(verdict({ offline, catalogue: catalogueOf(item('queue', 'closed')) }), 'E2101');
  }
});

test('with the line only what waits is limited: age, person and single amount are the platform’s to judge', () => {
  const far = { offline: false, ofPersonToday: 99, amountFen: 100_00, catalogue: catalogueOf(item('no')) };
  assert.equal(verdict({ ...far, ...waiting({ oldestMs: 900 * HOUR }) }), 'taken');
  assert.equal(verdict({ ...far, ...waiting({ count: 3 }) }), 'E2202');
  assert.equal(verdict({ ...far, ...waiting({ amountFen: 250_01 }) }), 'E2205');
  const { caps } = SAFE_PARAMETERS;
  const nothing = { count: 0, amountFen: 0, oldestMs: null };
  assert.equal(verdict({ ...far, caps, waiting: nothing }), 'taken', 'its own sum does not wait');
});

test('the three classes are the catalogue’s own word', () => {
  assert.deepEqual(
    (['cache', 'local', 'queue', 'no'] as const).map((offline) => classOf(item(offline))),
    ['free', 'free', 'accepted', 'never'],
  );
  assert.equal(classOf(undefined), 'never');
});

test('questions and appointments move no money', () => {
  assert.equal(amountOf({ item: 'S01', topicId: 'other' }), null);
  assert.equal(amountOf({ item: 'B08', topicId: 'loan', branchId: 'b', date: '2026-12-01', half: 'morning' }), null);
});

const situations: fc.Arbitrary<RequestSituation> = fc.record({
  item: fc.constantFrom('B03', 'X99'),
  offline: fc.boolean(),
  catalogue: fc.option(
    fc
      .tuple(fc.constantFrom('no', 'cache', 'local', 'queue'), fc.constantFrom('open', 'closed'))
      .map(([offline, state]) => catalogueOf(item(offline, state))),
  ),
  channel: fc.constantFrom('open', 'stopped'),
  caps: fc.record({
    mostWaiting: fc.nat(5),
    mostAmountFen: fc.nat(500),
    mostWaitingAmountFen: fc.nat(500),
    oldestHours: fc.integer({ min: 1, max: 5 }),
    perPersonDay: fc.nat(4),
  }),
  amountFen: fc.option(fc.nat(500)),
  ofPersonToday: fc.option(fc.nat(5)),
  waiting: fc.record({ count: fc.nat(6), amountFen: fc.nat(500), oldestMs: fc.option(fc.nat(6 * HOUR)) }),
});
const taken = (situation: RequestSituation) => mayTake(situation).ok;

test('whatever the limits: what is taken is inside every one of them', () => {
  fc.assert(
    fc.property(situations, (s) => {
      fc.pre(taken(s));
      const { caps, waiting: w } = s;
      assert.ok(s.channel === 'open' && w.count + 1 <= caps.mostWaiting);
      const own = s.offline ? (s.amountFen ?? 0) : 0;
      if (s.amountFen !== null) assert.ok(w.amountFen + own <= caps.mostWaitingAmountFen);
      if (!s.offline) return;
      assert.ok((w.oldestMs ?? 0) <= caps.oldestHours * HOUR && (s.amountFen ?? 0) <= caps.mostAmountFen);
      assert.ok(s.ofPersonToday === null || s.ofPersonToday < caps.perPersonDay);
      assert.notEqual(classOf(s.catalogue?.items.find(({ id }) => id === s.item)), 'never');
    }),
  );
});

test('a wider limit never refuses what a narrower one takes, and less used never refuses what more used allows', () => {
  fc.assert(
    fc.property(situations, fc.nat(10), (s, more) => {
      fc.pre(taken(s));
      const caps = Object.fromEntries(Object.entries(s.caps).map(([k, v]) => [k, v + more])) as typeof s.caps;
      assert.ok(taken({ ...s, caps }), 'wider');
      const less = (n: number | null) => (n === null ? null : Math.max(0, n - more));
      const used = {
        count: less(s.waiting.count)!,
        amountFen: less(s.waiting.amountFen)!,
        oldestMs: less(s.waiting.oldestMs),
      };
      assert.ok(
        taken({ ...s, waiting: used, ofPersonToday: less(s.ofPersonToday), amountFen: less(s.amountFen) }),
        'less',
      );
      assert.ok(taken({ ...s, offline: false }), 'what is taken offline is taken online');
    }),
  );
});
