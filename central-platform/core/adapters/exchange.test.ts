import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { syntheticPeople, syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { express, understand } from './code-set.ts';
import { HAINAN_LIKE, NINGBO_LIKE, RECEIVE_ONLY_FREEZE, STANDARD_CODES } from './code-sets.ts';
import { fromRecords, toRecords, type AccountRecords, type ExchangedAccount } from './exchange.ts';
import { decode, encode } from './fields.ts';
import { JGJT320 } from './jgjt320.ts';

const exchanged = (key: string, place = 0): ExchangedAccount => {
  const { name, idNumber, phone, accounts } = syntheticPerson(key, '2026-11-21');
  const { kind, frozenFen, sealedSince, ...account } = accounts[place]!;
  assert.ok(kind && frozenFen >= 0 && sealedSince !== undefined);
  // Ratios travel as percentages with two decimals.
  const two = ({ numerator, denominator }: { numerator: number; denominator: number }) => ({
    numerator: Math.round((numerator * 10_000) / denominator),
    denominator: 10_000,
  });
  const ratios = { unitRatio: two(account.unitRatio), personRatio: two(account.personRatio) };
  return { person: { name, certificateKind: 'residentId', idNumber, phone }, account: { ...account, ...ratios } };
};
const records = (key = 'ordinary', set = STANDARD_CODES): AccountRecords => {
  const raw = toRecords(exchanged(key), set);
  assert.ok(raw.ok, JSON.stringify(raw));
  return raw.value;
};

test('every invented account goes out as records of the standard, and of two centres, and comes back the same', () => {
  for (const { key, accounts } of syntheticPeople('2026-11-21')) {
    for (const [place, { state }] of accounts.entries()) {
      for (const set of [STANDARD_CODES, HAINAN_LIKE, NINGBO_LIKE]) {
        const given = exchanged(key, place);
        const raw = toRecords(given, set);
        if (state === '06' && set !== STANDARD_CODES) {
          assert.ok(!raw.ok && raw.error.code === 'E3601', `${set.centre} has no state for a frozen account`);
          continue;
        }
        if (!raw.ok) {
          // A list of a bank has no reason of its own for a serious illness.
          assert.deepEqual([raw.error.code, set.centre], ['E3601', 'Ningbo-like']);
          continue;
        }
        const back = fromRecords(raw.value, set);
        assert.deepEqual(back, { ok: true, value: given }, `${key} ${set.centre}`);
      }
    }
  }
});

test('fields are as long as the standard has them, dates and months without hyphens', () => {
  const { person, account, entries, unitAccount } = records();
  assert.equal(person['GRZH']!.length, 20);
  assert.equal(person['ZJHM']!.length, 18);
  assert.match(account['KHRQ']!, /^\d{8}$/);
  assert.match(unitAccount['JZNY']!, /^\d{6}$/);
  assert.match(entries[0]!['FSE']!, /^\d+\.\d\d$/);
});

test('the month paid to is found with the unit or with the person, whoever has it', () => {
  assert.equal(records('ordinary').account['JZNY'], undefined);
  const local = records('ordinary', HAINAN_LIKE);
  assert.equal(local.unitAccount['JZNY'], undefined);
  const back = fromRecords(local, HAINAN_LIKE);
  assert.ok(back.ok && back.value.account.paidToMonth === exchanged('ordinary').account.paidToMonth);
});

test('a field that is too long, a code nobody knows, a date that is none: refused with table and field, without the value', () => {
  const good = records();
  const wrong: [Partial<AccountRecords>, string, RegExp][] = [
    [{ person: { ...good.person, XingMing: '长'.repeat(121) } }, 'E3602', /4\.0\.3.*XingMing: not V\(120\), 121/],
    [{ person: { ...good.person, ZJLX: '77' } }, 'E3601', /ZJLX/],
    [{ account: { ...good.account, GRZHZT: '1 ' } }, 'E3601', /GRZHZT/],
    [{ account: { ...good.account, KHRQ: '20230230' } }, 'E3602', /KHRQ: not D/],
    [{ account: { ...good.account, GRZHYE: '1.234' } }, 'E3602', /GRZHYE: not N\(18,2\)/],
    [{ account: { ...good.account, GRZHYE: '1.00' } }, 'E3602', /GRZHYE: entries do not lead to it/],
    [{ unit: { DWZH: good.unit['DWZH']! } }, 'E3602', /DWMC: missing/],
    [{ entries: [{ ...good.entries[0]!, GJHTQYWLX: '70' }] }, 'E3601', /GJHTQYWLX/],
  ];
  for (const [part, code, where] of wrong) {
    const read = fromRecords({ ...good, ...part }, STANDARD_CODES);
    assert.ok(!read.ok, String(where));
    assert.equal(read.error.code, code, String(where));
    assert.match(read.error.detail!, where);
    assert.doesNotMatch(read.error.detail!, /长|1\.234|20230230/);
  }
});

test('a field the table does not know is handed on whole', () => {
  const read = decode(JGJT320.unit, { ...records().unit, LOCAL1: ' 甲 ' });
  assert.ok(read.ok);
  assert.deepEqual(read.value.rest, { LOCAL1: ' 甲 ' });
});

test('two codes that mean the same: the one that came goes back', () => {
  const suspended = understand(NINGBO_LIKE, 'accountState', '2');
  assert.ok(suspended.ok && suspended.value.meaning === '02');
  assert.deepEqual(express(NINGBO_LIKE, 'accountState', '02', suspended.value.code), { ok: true, value: '2' });
  assert.deepEqual(express(NINGBO_LIKE, 'accountState', '02'), { ok: true, value: '1' });
});

test('the same digit freezes all in one centre and only payments in another', () => {
  const other = { ...HAINAN_LIKE, freeze: RECEIVE_ONLY_FREEZE };
  const of = (set: typeof HAINAN_LIKE) =>
    ['1', '2'].map((code) => {
      const known = understand(set, 'freeze', code);
      return known.ok && known.value.meaning;
    });
  assert.deepEqual(of(HAINAN_LIKE), ['all', 'part']);
  assert.deepEqual(of(other), ['payOut', 'all']);
});

test('whatever a loan account holds within its lengths comes back, whatever is beyond them is refused', () => {
  const amount = fc
    .tuple(fc.bigInt({ min: 0n, max: 10n ** 16n - 1n }), fc.nat(99))
    .map(([a, b]) => `${a}.${String(b).padStart(2, '0')}`);
  const text = fc
    .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const keys = ['DKFFE', 'DKYE', 'HSBJZE', 'HSLXZE', 'FXZE', 'YQBJZE', 'YQLXZE'];
  fc.assert(
    fc.property(text, text, fc.array(amount, { minLength: 7, maxLength: 7 }), (DKZH, JKHTBH, amounts) => {
      const values = {
        ...Object.fromEntries(keys.map((key, i) => [key, amounts[i]!])),
        ...{ DKZH, JKHTBH, DKFFRQ: '2024-02-29', DKLL: '0.0285', LJYQQS: '3', DKJQRQ: null },
      };
      const raw = encode(JGJT320.loanAccount, values);
      const fits = [DKZH, JKHTBH].every((one) => [...one].length <= 30);
      assert.equal(raw.ok, fits);
      if (raw.ok) assert.deepEqual(decode(JGJT320.loanAccount, raw.value), { ok: true, value: { values, rest: {} } });
    }),
    { numRuns: 200 },
  );
});
