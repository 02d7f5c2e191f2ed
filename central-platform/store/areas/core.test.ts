import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { JIANGZHOU, interestRules } from '@kiosk/domain/city.ts';
import { ENTRY_KINDS, type EntryKind } from '@kiosk/domain/code-tables.ts';
import { fundYearOf, fundYearPeriod } from '@kiosk/domain/dates.ts';
import { parseIdNumber } from '@kiosk/domain/id-number.ts';
import { settleFundYear } from '@kiosk/domain/interest.ts';
import { guardCore, isSound } from '../../core/guard.ts';
import { fillCore, unitCertificate } from '../../core/synthetic/fill.ts';
import { generatePerson } from '../../core/synthetic/person.ts';
import { syntheticCore } from '../../core/synthetic-core.ts';
import { engines } from '../../testing/engines.ts';
import { createVault } from '../../vault.ts';
import { coreStore } from './core.ts';
import { packEntries, unpackEntries } from './core-entries.ts';

const TODAY = '2026-11-21';
const vault = createVault('a secret of at least 32 characters, of tests');
const person = (n: number, seed = 1) => generatePerson(seed, n, TODAY, JIANGZHOU);

for (const { name, skip, open } of engines) {
  test(
    `three hundred depositors are written and read back, nobody's books contradict themselves (${name})`,
    { skip },
    async (t) => {
      const store = coreStore(await open(t));
      const filled = await fillCore(store, vault, { depositors: 300, seed: 1, today: TODAY });
      assert.deepEqual([filled.depositors, filled.loans, await store.people()], [300, 60, 300]);
      const clock = new ManualClock();
      const core = guardCore(syntheticCore(clock, { books: { store, vault } }), { clock, deadlineMs: 5_000 });
      for (let n = 0; n < 300; n += 7) {
        const { secret, depositorId } = person(n);
        const found = await core.findByIdNumber(secret.number);
        assert.ok(found.ok && found.value, `person ${n}: ${JSON.stringify(found.ok ? 'nobody' : found.error)}`);
        assert.deepEqual([found.value.name, found.value.depositorId], [secret.name, depositorId]);
        assert.ok(found.value.accounts[0]!.entries.length > 0 && isSound(found.value));
        assert.equal(found.value.loans.length, secret.loans.length);
      }
      const unit = await core.unitByCertificate(unitCertificate(5));
      assert.ok(unit.ok && unit.value?.paidToMonth === '2026-11');
      assert.deepEqual(await core.unitByCertificate('00'), { ok: true, value: undefined });
    },
  );

  test(
    `ten withdrawals at the same moment: each once, in order, never more than there is (${name})`,
    { skip },
    async (t) => {
      const store = coreStore(await open(t));
      await fillCore(store, vault, { depositors: 20, seed: 1, today: TODAY });
      const core = syntheticCore(new ManualClock(), { books: { store, vault } });
      const n = Array.from({ length: 20 }, (_, i) => i).find((i) => person(i).accounts[0]!.state === '01')!;
      const { depositorId, secret } = person(n);
      const before = await core.get(depositorId);
      assert.ok(before.ok && before.value);
      const account = before.value.accounts.find(({ accountNumber }) => accountNumber === secret.accounts[0])!;
      const amountFen = Math.floor((account.balanceFen - account.frozenFen) / 4);
      const order = (i: number) => ({
        reference: `W${i}`,
        depositorId,
        accountNumber: account.accountNumber,
        reason: '07',
        amountFen,
        closes: false,
      });
      const booked = await Promise.all(Array.from({ length: 10 }, (_, i) => core.withdraw(order(i))));
      assert.equal(booked.filter(({ ok }) => ok).length, 4);
      const [first] = booked.flatMap((one) => (one.ok ? [one.value] : []));
      const again = await core.withdraw(order(Number(first!.reference.slice(1))));
      assert.ok(again.ok && again.value.principalFen === amountFen);
      const other = await core.withdraw({ ...order(0), reference: first!.reference, amountFen: amountFen + 1 });
      assert.deepEqual(other.ok ? 'done' : other.error.code, 'E3307');
      const after = await core.get(depositorId);
      assert.ok(after.ok && after.value && isSound(after.value));
      const left = after.value.accounts.find(({ accountNumber }) => accountNumber === account.accountNumber)!;
      assert.equal(left.balanceFen, account.balanceFen - 4 * amountFen);
    },
  );

  test(`a phone and a card are changed, an account is closed with its interest (${name})`, { skip }, async (t) => {
    const store = coreStore(await open(t));
    const core = syntheticCore(new ManualClock(), { books: { store, vault } });
    assert.ok((await core.changePhone({ reference: 'p1', depositorId: 'ordinary', phone: '12200000001' })).ok);
    const card = { bankName: '江州示范银行', cardNumber: '380100' };
    assert.ok((await core.changePayoutCard({ reference: 'c1', depositorId: 'ordinary', card })).ok);
    const found = await core.get('ordinary');
    assert.ok(found.ok && found.value);
    assert.deepEqual([found.value.phone, found.value.payoutCard], ['12200000001', card]);
    const [account] = found.value.accounts;
    const closing = { reference: 'w1', depositorId: 'ordinary', accountNumber: account!.accountNumber, reason: '03' };
    const closed = await core.withdraw({ ...closing, amountFen: account!.balanceFen, closes: true });
    assert.ok(closed.ok && closed.value.interestFen > 0 && closed.value.balanceFen === 0);
    const refused = await core.withdraw({ ...closing, reference: 'w2', amountFen: 1, closes: false });
    assert.equal(refused.ok || refused.error.code, 'E3306');
    assert.equal((await core.changePhone({ reference: 'p2', depositorId: 'nobody', phone: '1' })).ok, false);
    const page = await core.history('ordinary', account!.accountNumber, { order: 'newest', offset: 0, limit: 3 });
    assert.ok(page.ok && page.value.entries[0]!.kind === '12' && page.value.entries.length === 3);
  });
}

test('people of a seed: nobody real, no two the same, a history of sixty entries, all kinds of holders and accounts', () => {
  const people = Array.from({ length: 3_000 }, (_, n) => person(n));
  const numbers = people.flatMap(({ secret }) => [
    secret.number,
    ...secret.accounts,
    ...secret.loans.map((l) => l.loanNumber),
  ]);
  assert.equal(new Set(numbers).size, numbers.length);
  for (const { secret, accounts, years, depositorId } of people) {
    if (secret.kind === 'residentId') {
      const id = parseIdNumber(secret.number);
      assert.ok(id.ok && id.value.region === '380100', depositorId);
    } else assert.match(secret.number, /^X/);
    assert.match(secret.phone ?? '12200000000', /^1220\d{7}$/);
    const first = years.filter(({ place }) => place === 0).reduce((sum, year) => sum + year.entries.length, 0);
    assert.ok(first >= 60, `${depositorId} has ${first} entries`);
    assert.ok(accounts.length >= 1);
  }
  const kinds = new Set(people.map(({ secret }) => secret.kind));
  assert.deepEqual([...kinds].sort(), ['foreignResident', 'hkMacaoPermit', 'passport', 'residentId', 'taiwanPermit']);
  const accounts = people.flatMap((one) => one.accounts);
  assert.deepEqual([...new Set(accounts.map(({ kind }) => kind))].sort(), [
    'general',
    'monthlySubsidy',
    'onceSubsidy',
    'supplementary',
  ]);
  assert.deepEqual([...new Set(accounts.map(({ state }) => state))].sort(), ['01', '02', '03', '04', '05', '06']);
  assert.ok(
    accounts.some(({ unitId }) => unitId === 0),
    'nobody without a unit',
  );
  for (const special of ['·', '𠮷', '䶮', '㛃'])
    assert.ok(
      people.some(({ secret }) => secret.name.includes(special)),
      special,
    );
  assert.deepEqual(person(77), person(77));
  assert.notDeepEqual(
    person(77).secret.name + person(78).secret.name,
    person(77, 2).secret.name + person(78, 2).secret.name,
  );
});

test("the generator's interest is the domain's, year by year", () => {
  const rules = interestRules(JIANGZHOU);
  for (let n = 0; n < 200; n++) {
    for (const { fundYear, openingFen, entries } of person(n).years) {
      const { to } = fundYearPeriod(fundYear);
      const settled = entries.findLast(({ kind, summary }) => kind === '09' && summary === ENTRY_KINDS['09']);
      if (!settled || to > TODAY) continue;
      const changes = entries
        .filter((entry) => entry !== settled)
        .map(({ date, inFen, outFen }) => ({ date, amountFen: inFen - outFen }));
      assert.equal(
        settled.inFen,
        settleFundYear(fundYear, openingFen, changes, rules).interestFen,
        `person ${n} ${fundYear}`,
      );
    }
  }
});

test('packed entries come back as they were', () => {
  const day = fc.date({ min: new Date('2019-07-01'), max: new Date('2026-06-30'), noInvalidDate: true });
  const entry = fc.record({
    date: day.map((date) => date.toISOString().slice(0, 10)),
    kind: fc.constantFrom(...(Object.keys(ENTRY_KINDS) as EntryKind[])),
    amount: fc.integer({ min: -90_000_000, max: 90_000_000 }),
    late: fc.boolean(),
    summary: fc.constantFrom(undefined, '销户利息'),
    reason: fc.constantFrom(undefined, '07' as const),
  });
  fc.assert(
    fc.property(entry, ({ date, kind, amount, late, summary, reason }) => {
      const one = {
        date,
        kind,
        summary: summary ?? ENTRY_KINDS[kind],
        ...(late ? { depositMonth: '2020-01' } : kind === '01' ? { depositMonth: date.slice(0, 7) } : {}),
        ...(reason ? { reason } : {}),
        inFen: Math.max(0, amount),
        outFen: Math.max(0, -amount),
      };
      assert.deepEqual(unpackEntries(fundYearOf(date), packEntries([one])), [one]);
      assert.throws(() => unpackEntries(2025, `${packEntries([one])};0715zz1`), RangeError);
    }),
  );
});
