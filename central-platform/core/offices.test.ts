import assert from 'node:assert/strict';
import { test } from 'node:test';
import { syntheticPeople } from '@kiosk/domain/synthetic.ts';
import { cityOf, withOffices } from './offices.ts';

test('every entry says its office, the same each time; what came from another city, and only that, says the city', () => {
  for (const { key, accounts } of syntheticPeople('2026-11-21')) {
    for (const account of accounts) {
      const { entries } = withOffices(account);
      assert.deepEqual(withOffices(account).entries, entries);
      for (const { office, city, kind, date } of entries) {
        assert.ok(office && [...office].length <= 30, `${key} ${date}: no office`);
        assert.equal(city !== undefined, kind === '07' || kind === '08', `${key} ${date}: ${city}`);
      }
      const paid = entries.filter(({ kind }) => kind === '01').map(({ office }) => office);
      assert.ok(new Set(paid).size <= 1, 'a unit pays in at its own office');
    }
  }
  const [account] = syntheticPeople('2026-11-21').find(({ accounts }) => accounts.length > 0)!.accounts;
  const moved = { date: '2026-11-02', kind: '07', summary: '外部转出', inFen: 0, outFen: 1, balanceFen: 0 } as const;
  const [told] = withOffices({ ...account!, entries: [moved] }).entries;
  assert.match(told!.city!, /市$/);
  const [kept] = withOffices({ ...account!, entries: [{ ...moved, city: '临海市' }] }).entries;
  assert.equal(kept!.city, '临海市', 'what the core was told stands');
  assert.deepEqual(['临海市住房公积金管理中心', '省直中心'].map(cityOf), ['临海市', '省直中心']);
});
