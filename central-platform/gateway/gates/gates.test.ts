import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '@kiosk/contract/errors/catalogue.ts';
import { GateRefusal } from '@kiosk/contract/platform/api.ts';
import fc from 'fast-check';
import { terminalsOnly } from './default-facts.ts';
import type { ApplicationFacts, Asked, GateFacts, ItemFacts } from './facts.ts';
import { GATES, GATE_CODES, insideDays, insideHours, passGates } from './gates.ts';

/** 21 November 2026, 14:08 in China. */
const NOW = Date.UTC(2026, 10, 21, 6, 8);
const CENTRE = '38010000';

const ASKED: Asked = {
  applicationId: '300120',
  channel: '50',
  centreId: CENTRE,
  keyProven: true,
  token: 'good',
  item: 'B06',
  interfaceName: 'issueStatement',
  amountFen: 100_00,
  use: async () => ({ person: 'p', act: 'a' }),
};

interface World {
  asked: Asked;
  application: ApplicationFacts | undefined;
  item: ItemFacts | undefined;
  holiday: boolean;
  overCap: number | null;
  moved: number;
  use: 'counted' | 'known' | 'person' | 'day';
}

const open = (): World => ({
  asked: ASKED,
  application: { channel: '50', centreId: CENTRE, state: 'enabled', validFrom: '2026-01-01', validTo: '2026-12-31' },
  item: {
    channels: ['50', '10'],
    state: 'started',
    closedOnHolidays: true,
    uses: { perPersonDay: 1, perDay: 10 },
    money: { singleFen: 500_00, dailyFen: 1_000_00 },
    days: { from: 1, to: 25 },
    hours: { from: 8 * 60, to: 17 * 60 },
    interfaces: ['issueStatement'],
  },
  holiday: false,
  overCap: null,
  moved: 0,
  use: 'counted',
});

function factsOf(world: World): GateFacts & { readonly counted: { calls: number; money: number; released: number } } {
  const counted = { calls: 0, money: 0, released: 0 };
  return {
    counted,
    application: async () => world.application,
    item: async () => world.item,
    holiday: async () => world.holiday,
    async countCall() {
      counted.calls++;
      return { overCapForSeconds: world.overCap };
    },
    movedToday: async () => world.moved,
    countUse: async () => world.use,
    releaseUse: async () => void counted.released++,
    async countMoney(_channel, _item, _date, amount) {
      counted.money += amount;
      return true;
    },
    diversion: async () => ({
      words: { zh: '手机上现在就能办', en: 'The app can do it now' },
      channels: [{ channel: '10', name: { zh: '手机 APP', en: 'App' } }],
      branches: [],
    }),
  };
}

/** Ways to shut a gate: where it stands in the order, its code, and what has to be wrong. */
const WRONGS: readonly { readonly gate: number; readonly code: string; readonly wrong: (world: World) => void }[] = [
  { gate: 1, code: 'E2401', wrong: (w) => (w.application = undefined) },
  { gate: 1, code: 'E2401', wrong: (w) => (w.asked = { ...w.asked, keyProven: false }) },
  { gate: 1, code: 'E2401', wrong: (w) => (w.asked = { ...w.asked, channel: '53' }) },
  { gate: 1, code: 'E2401', wrong: (w) => (w.asked = { ...w.asked, centreId: '38019999' }) },
  { gate: 2, code: 'E2102', wrong: (w) => (w.application = w.application && { ...w.application, state: 'stopped' }) },
  {
    gate: 3,
    code: 'E2403',
    wrong: (w) => (w.application = w.application && { ...w.application, validFrom: '2026-11-22' }),
  },
  {
    gate: 3,
    code: 'E2403',
    wrong: (w) => (w.application = w.application && { ...w.application, validTo: '2026-11-20' }),
  },
  { gate: 4, code: 'E2404', wrong: (w) => (w.asked = { ...w.asked, token: 'expired' }) },
  { gate: 5, code: 'E2405', wrong: (w) => (w.overCap = 40) },
  { gate: 6, code: 'E2406', wrong: (w) => (w.item = undefined) },
  { gate: 7, code: 'E2407', wrong: (w) => (w.asked = { ...w.asked, amountFen: 500_01 }) },
  { gate: 7, code: 'E2408', wrong: (w) => (w.moved = 1_000_00) },
  { gate: 7, code: 'E2409', wrong: (w) => (w.holiday = true) },
  { gate: 8, code: 'E2410', wrong: (w) => (w.item = w.item && { ...w.item, channels: ['40'] }) },
  { gate: 9, code: 'E2101', wrong: (w) => (w.item = w.item && { ...w.item, state: 'paused' }) },
  { gate: 10, code: 'E2411', wrong: (w) => (w.item = w.item && { ...w.item, days: { from: 22, to: 20 } }) },
  { gate: 10, code: 'E2412', wrong: (w) => (w.item = w.item && { ...w.item, hours: { from: 22 * 60, to: 6 * 60 } }) },
  {
    gate: 10,
    code: 'E2412',
    wrong: (w) => (w.application = w.application && { ...w.application, hours: { from: 22 * 60, to: 6 * 60 } }),
  },
  { gate: 11, code: 'E2414', wrong: (w) => (w.use = 'person') },
  { gate: 11, code: 'E2415', wrong: (w) => (w.use = 'day') },
  { gate: 11, code: 'E2413', wrong: (w) => (w.item = w.item && { ...w.item, interfaces: [] }) },
];

test('everything in order: the call passes, is counted once, and so is its money', async () => {
  const facts = factsOf(open());
  assert.equal(await passGates(facts, ASKED, NOW), undefined);
  assert.deepEqual(facts.counted, { calls: 1, money: 100_00, released: 0 });
});

test('each thing that is wrong alone is answered with its own code, place and words', async () => {
  for (const { gate, code, wrong } of WRONGS) {
    const world = open();
    wrong(world);
    const facts = factsOf(world);
    const answer = await passGates(facts, world.asked, NOW);
    assert.deepEqual([answer?.body.code, answer?.body.gate], [code, gate]);
    const body = GateRefusal.parse(answer!.body);
    for (const words of [body.depositor, body.technician]) assert.ok(words.zh !== '' && words.en !== '', code);
    assert.equal(facts.counted.money, 0, `${code}: nothing is counted as moved by a call that was refused`);
    assert.equal(facts.counted.calls, gate >= 5 ? 1 : 0, `${code}: counted exactly when the flow gate was reached`);
  }
});

test('any set of things wrong at once: the first gate in the order answers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat(WRONGS.length - 1), { minLength: 1 }), async (which) => {
      const world = open();
      // In the order of the list: a thing that is wrong does not put right another one of the same gate.
      const wrongs = which.toSorted((a, b) => a - b).map((i) => WRONGS[i]!);
      for (const { wrong } of wrongs.toReversed()) wrong(world);
      const answer = await passGates(factsOf(world), world.asked, NOW);
      const first = Math.min(...wrongs.map(({ gate }) => gate));
      assert.equal(answer?.body.gate, first, `wrong: ${wrongs.map(({ code }) => code).join()}`);
      const codes = GATES[first - 1]!.codes;
      assert.ok(codes.includes(answer.body.code));
    }),
    { numRuns: 500 },
  );
});

test('over the cap: when to come back and where to go instead, never a bare error', async () => {
  const answer = await passGates(factsOf({ ...open(), overCap: 40 }), ASKED, NOW);
  assert.equal(answer?.retryAfterSeconds, 40);
  assert.deepEqual(answer.body.diversion?.channels[0]?.channel, '10');
});

test('before an item is chosen no gate about items is asked', async () => {
  const world = { ...open(), item: undefined, asked: { ...ASKED, item: null, amountFen: null } };
  assert.equal(await passGates(factsOf(world), world.asked, NOW), undefined);
});

test('two calls that looked at the same moment: the second finds the day full', async () => {
  const facts = { ...factsOf(open()), countMoney: async () => false };
  assert.deepEqual((await passGates(facts, ASKED, NOW))?.body.code, 'E2408');
  assert.equal(facts.counted.released, 1, 'and has used nothing');
});

test('a holiday closes only what is closed on holidays, whether it moves money or not', async () => {
  const world = { ...open(), holiday: true };
  const item = { ...world.item!, closedOnHolidays: false };
  assert.equal(await passGates(factsOf({ ...world, item }), ASKED, NOW), undefined);
  const closed = { ...item, money: null, closedOnHolidays: true };
  assert.equal((await passGates(factsOf({ ...world, item: closed }), ASKED, NOW))?.body.code, 'E2409');
});

test('a use that is counted already goes on, one that came to nothing is given back by who asked', async () => {
  const known = factsOf({ ...open(), use: 'known' });
  const back: (() => Promise<void>)[] = [];
  assert.equal(await passGates(known, ASKED, NOW, (release) => back.push(release)), undefined);
  await back[0]!();
  assert.equal(known.counted.released, 0, 'what was not counted now is not given back');
  const fresh = factsOf(open());
  assert.equal(await passGates(fresh, ASKED, NOW, (release) => back.push(release)), undefined);
  await back[1]!();
  assert.equal(fresh.counted.released, 1);
});

test('windows that run over the end of a month and over midnight', () => {
  const wrapped = { from: 25, to: 5 };
  const days = Array.from({ length: 31 }, (_, i) => i + 1);
  assert.deepEqual(
    days.filter((day) => insideDays(day, wrapped)),
    [1, 2, 3, 4, 5, 25, 26, 27, 28, 29, 30, 31],
  );
  const night = { from: 22 * 60, to: 6 * 60 };
  assert.deepEqual(
    [21 * 60 + 59, 22 * 60, 23 * 60 + 59, 0, 5 * 60 + 59, 6 * 60].map((minute) => insideHours(minute, night)),
    [false, true, true, true, true, false],
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 31 }), (from, to) => {
      const outside =
        from === to + 1 || (from === 1 && to === 31) ? 0 : from <= to ? 31 - (to - from + 1) : from - to - 1;
      assert.equal(days.filter((day) => !insideDays(day, { from, to })).length, outside);
    }),
  );
});

test('until the centre says something of its channels, terminals pass and nobody else', async () => {
  const facts = terminalsOnly(CENTRE, '12329');
  assert.equal(await passGates(facts, { ...ASKED, item: 'P01' }, NOW), undefined);
  const stranger = await passGates(facts, { ...ASKED, applicationId: 'shop' }, NOW);
  assert.equal(stranger?.body.code, 'E2401');
});

test('every code of a gate is in the catalogue, once', () => {
  assert.equal(new Set(GATE_CODES).size, GATE_CODES.length);
  for (const code of GATE_CODES) assert.ok(Object.hasOwn(catalogue, code), code);
});
