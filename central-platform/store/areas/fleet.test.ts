import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { engines } from '../../testing/engines.ts';
import { HEALTHS, type FleetNow, type FleetRow, type Health } from '../fleet-store.ts';
import type { Store } from '../store.ts';

const NOW = 1_790_000_000_000;
const now: FleetNow = { silentSince: NOW - 60_000, stopped: false };
const beat = (state: string, level: string, version = '1.0.0') => ({
  programVersion: version,
  applied: { catalogue: 3, parameters: version === '1.0.0' ? 5 : 4, command: 0 },
  devices: [{ id: 'printer', state, warnings: [], supplies: [{ kind: 'paper', level }] }],
});

async function city(store: Store): Promise<Readonly<Record<string, Health>>> {
  const heard = [
    ['300001', NOW, beat('ready', 'full')],
    ['300002', NOW, beat('ready', 'low')],
    ['300003', NOW, beat('fault', 'full')],
    ['300004', NOW, beat('ready', 'out', '1.1.0')],
    ['300005', NOW - 90_000, beat('ready', 'full')],
    ['300006', NOW, { ...beat('ready', 'full'), refused: { code: 'E2307' } }],
    ['300007', NOW, beat('ready', 'full')],
  ] as const;
  for (const [id] of [...heard, ['300008']] as const) await store.terminals.register(id, 'key', NOW - 1_000_000);
  for (const [id, at, content] of heard) await store.terminals.heartbeat(id, at, content);
  await store.terminals.setState('300007', 'revoked');
  const place = { hall: 'North_hall', position: { x: 100, y: 200 } };
  for (const id of ['300001', '300002', '300003'])
    await store.places.placeTerminal({ terminalId: id, branchId: 'north', ...place });
  return {
    ...{ '300001': 'ready', '300002': 'warning', '300003': 'fault', '300004': 'fault', '300005': 'silent' },
    ...{ '300006': 'warning', '300007': 'revoked', '300008': 'never' },
  };
}

const ids = (rows: readonly FleetRow[]) => rows.map(({ terminal }) => terminal.terminalId);

for (const { name, skip, openStore } of engines) {
  test(
    `what stands still comes first, is counted, found by a word and read page by page (${name})`,
    { skip },
    async (t) => {
      const store = await openStore(t);
      const expected = await city(store);
      const all = await store.fleet.page({ ...now, limit: 100 });
      assert.deepEqual(Object.fromEntries(all.map(({ terminal, health }) => [terminal.terminalId, health])), expected);
      const ranks = all.map(({ health }) => HEALTHS.indexOf(health));
      assert.deepEqual(
        ranks,
        [...ranks].sort((a, b) => a - b),
      );
      const counts = await store.fleet.counts(now);
      for (const health of HEALTHS)
        assert.equal(counts[health], Object.values(expected).filter((one) => one === health).length, health);

      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 9 }), async (limit) => {
          const read: FleetRow[] = [];
          for (;;) {
            const last = read.at(-1);
            const after = last && { health: last.health, terminalId: last.terminal.terminalId };
            const page = await store.fleet.page({ ...now, limit, after });
            read.push(...page);
            if (page.length < limit) break;
          }
          assert.deepEqual(ids(read), ids(all), `pages of ${limit}`);
        }),
        { numRuns: 9 },
      );

      const found = async (text: string, branchIds: string[] = []) =>
        ids(await store.fleet.page({ ...now, limit: 100, words: { text, branchIds } }));
      assert.deepEqual(await found('300004'), ['300004']);
      assert.deepEqual((await found('NORTH_H')).sort(), ['300001', '300002', '300003']);
      assert.deepEqual(await found('%'), [], 'a sign of the language of the store is a letter here');
      assert.deepEqual(await found('1.1'), ['300004']);
      assert.deepEqual((await found('nothing', ['north'])).length, 3);
      assert.deepEqual(ids(await store.fleet.page({ ...now, limit: 9, branchId: 'north', health: 'fault' })), [
        '300003',
      ]);

      const stopped = await store.fleet.counts({ ...now, stopped: true });
      assert.deepEqual([stopped.stopped, stopped.fault, stopped.ready], [3, 2, 0]);
      const spots = await store.fleet.spots(now);
      const north = spots.filter(({ branchId }) => branchId === 'north');
      assert.deepEqual(north.map(({ health, amount, position }) => [health, amount, position?.x]).sort(), [
        ['fault', 1, 100],
        ['ready', 1, 100],
        ['warning', 1, 100],
      ]);
      assert.deepEqual(await store.fleet.programs(), [
        { version: '1.1.0', terminals: 1 },
        { version: '1.0.0', terminals: 6 },
      ]);
      const reached = (await store.fleet.applied('parameters')).filter(({ version }) => version >= 5);
      assert.deepEqual(reached, [{ version: 5, terminals: 5 }]);
      const single = (await store.fleet.appliedBy(['300004', '999999'])).get('300004');
      assert.deepEqual([single?.admitted, single?.parameters], [true, 4]);
      assert.deepEqual(await store.fleet.activeSince(NOW - 1_000), { registered: 7, active: 6 });
    },
  );
}
