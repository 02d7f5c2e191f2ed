import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Evidence, JIANGZHOU, ReasonRule, type CityParameters } from './city.ts';
import { assessWithdrawal, type WithdrawalFacts, type WithdrawalRequest } from './withdrawal.ts';
import { changeInWords, ruleInWords } from './withdrawal-words.ts';

const facts: WithdrawalFacts = {
  today: '2026-11-21',
  state: '01',
  balanceFen: 58_645_02,
  sealedSince: null,
  frozenFen: 0,
  firstDepositMonth: '2022-07',
  past: [],
  evidence: {},
};
const assess = (request: WithdrawalRequest, given: Partial<WithdrawalFacts> = {}, city = JIANGZHOU) =>
  assessWithdrawal(request, { ...facts, ...given }, city);
const rent = { reason: '07', months: 3 };

test('rent for three months, nobody has a home here: three times the monthly limit', () => {
  const { outcome, amountFen, trace } = assess(rent, { evidence: { noHomeHere: true } });
  assert.deepEqual([outcome, amountFen], ['possible', 4_500_00]);
  assert.deepEqual(
    trace.map(({ rule, outcome }) => `${rule} ${outcome}`),
    ['reason passed', 'state passed', 'deposits passed', 'frequency passed', 'evidence passed'].concat([
      'balance passed',
      'keep limits',
      'months limits',
      'yearly passed',
    ]),
  );
});

test('nobody has asked the property register yet: open, with what could be had and what it takes', () => {
  const { outcome, amountFen, trace } = assess(rent);
  assert.deepEqual([outcome, amountFen], ['open', 4_500_00]);
  const missing = trace.find(({ outcome }) => outcome === 'unknown')!;
  assert.equal(missing.change?.evidence, 'noHomeHere');
  assert.match(changeInWords(missing)!.zh, /授权核实/);
});

test('rent was paid out two weeks ago: refused, with the day from which it is possible again', () => {
  const past = [{ date: '2026-11-07', reason: '07', amountFen: 1_500_00 }];
  const { outcome, amountFen, trace } = assess(rent, { past });
  assert.deepEqual([outcome, amountFen], ['refused', 0]);
  assert.equal(trace.at(-1)!.rule, 'frequency');
  assert.equal(trace.at(-1)!.change?.from, '2026-12-07');
  assert.equal(changeInWords(trace.at(-1)!)!.zh, '2026年12月7日 起可以申请');
});

test("the year's limit counts what was had this year, and no other", () => {
  const past = [
    { date: '2025-12-16', reason: '07', amountFen: 15_000_00 },
    { date: '2026-05-10', reason: '07', amountFen: 16_000_00 },
  ];
  const told = assess({ reason: '07', months: 12 }, { past, evidence: { noHomeHere: true } });
  assert.equal(told.amountFen, 2_000_00);
  const used = assess({ ...rent }, { past: [{ ...past[1]!, amountFen: 18_000_00 }], evidence: { noHomeHere: true } });
  assert.equal(used.outcome, 'refused');
  assert.equal(used.trace.at(-1)!.change?.from, '2027-01-01');
});

test('a home was bought for less than the balance: the price is the limit; something stays in the account otherwise', () => {
  const evidence = { purchase: true };
  assert.equal(assess({ reason: '01', costFen: 30_000_00 }, { evidence }).amountFen, 30_000_00);
  assert.equal(assess({ reason: '01', costFen: 900_000_00 }, { evidence }).amountFen, 58_645_02 - 100_00);
  assert.equal(assess({ reason: '01' }, { evidence }).outcome, 'open');
});

test('retirement: all of it, and the account ends', () => {
  const told = assess({ reason: '03', amountFen: 5 }, { evidence: { retirement: true } });
  assert.deepEqual([told.outcome, told.amountFen, told.closesAccount], ['possible', 58_645_02, true]);
  assert.equal(assess({ reason: '03' }, { evidence: { retirement: false } }).outcome, 'refused');
});

test('left work: six months sealed first, and the day is told', () => {
  const leaving = (sealedSince: string | null) =>
    assess({ reason: '99' }, { state: '02', sealedSince, evidence: { work: true } });
  assert.equal(leaving('2026-05-21').outcome, 'possible');
  assert.equal(leaving('2026-06-30').trace.at(-1)!.change?.from, '2026-12-30');
  assert.equal(leaving(null).trace.at(-1)!.rule, 'sealed');
});

test('a frozen account pays nothing; a frozen part stays, and holds an account open', () => {
  assert.equal(assess(rent, { state: '06' }).trace.at(-1)!.rule, 'state');
  const evidence = { purchase: true, retirement: true };
  const part = assess({ reason: '01', costFen: 900_000_00 }, { frozenFen: 50_000_00, evidence });
  assert.equal(part.amountFen, 8_545_02);
  assert.equal(assess({ reason: '03' }, { frozenFen: 1, evidence }).outcome, 'refused');
});

test('a law adds a reason: a row of data, no line of code', () => {
  const fee = ReasonRule.parse({
    code: 'W1',
    name: { zh: '物业费', en: 'Property fee' },
    oncePer: 'year',
    yearlyLimitFen: 3_000_00,
  });
  const city: CityParameters = {
    ...JIANGZHOU,
    withdrawal: { ...JIANGZHOU.withdrawal, reasons: [...JIANGZHOU.withdrawal.reasons, fee] },
  };
  assert.equal(assess({ reason: 'W1' }).outcome, 'refused');
  assert.deepEqual(assess({ reason: 'W1' }, {}, city).amountFen, 3_000_00);
});

test('whatever is asked: never more than there is, every rule has words, a refusal pays nothing', () => {
  const request = fc.record({
    reason: fc.constantFrom('01', '02', '03', '04', '05', '06', '07', '08', '09', '99', 'xx'),
    amountFen: fc.option(fc.nat(90_000_000), { nil: undefined }),
    months: fc.option(fc.nat(30), { nil: undefined }),
    costFen: fc.option(fc.nat(90_000_000), { nil: undefined }),
  });
  const given = fc.record({
    state: fc.constantFrom('01' as const, '02' as const, '03' as const, '06' as const),
    balanceFen: fc.nat(90_000_000),
    sealedSince: fc.constantFrom(null, '2026-01-31', '2026-10-31'),
    frozenFen: fc.nat(1_000_000),
    past: fc.array(
      fc.record({
        date: fc.constantFrom('2024-02-29', '2026-01-31', '2026-11-20'),
        reason: fc.constantFrom('01', '07'),
        amountFen: fc.nat(3_000_000),
      }),
      { maxLength: 3 },
    ),
    evidence: fc.dictionary(fc.constantFrom(...Evidence.options), fc.boolean(), { noNullPrototype: true }),
  });
  fc.assert(
    fc.property(request, given, (asked, known) => {
      const { outcome, amountFen, trace } = assess(asked, known);
      assert.ok(amountFen >= 0 && amountFen <= known.balanceFen);
      assert.equal(outcome === 'refused', amountFen === 0, JSON.stringify(trace));
      assert.equal(
        outcome === 'refused',
        trace.at(-1)!.outcome === 'failed' || trace.some((s) => s.outcome === 'failed'),
      );
      for (const step of trace) {
        const words = ruleInWords(step);
        assert.ok(words.zh.length > 0 && words.en.length > 0);
        assert.doesNotMatch(words.zh + words.en + (changeInWords(step)?.zh ?? ''), /undefined|NaN|null/);
      }
    }),
    { numRuns: 300 },
  );
});
