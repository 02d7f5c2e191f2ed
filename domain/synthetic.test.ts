import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { summarisePeriod, type AccountEntry } from './account.ts';
import { NATIONS } from './card-codes.ts';
import { addDays, fundYearOf, fundYearPeriod } from './dates.ts';
import { parseIdNumber } from './id-number.ts';
import {
  personWithWrongCheckDigit,
  syntheticPeople,
  syntheticPerson,
  SYNTHETIC_PHONE_PREFIX,
  SYNTHETIC_REGION,
} from './synthetic.ts';

const TODAY = '2026-11-21';
const people = syntheticPeople(TODAY);
const accounts = people.flatMap((person) => person.accounts);

test('nobody here can be a real person', () => {
  assert.ok(people.length >= 6);
  for (const person of [...people, personWithWrongCheckDigit(TODAY)]) {
    assert.equal(person.idNumber.slice(0, 6), SYNTHETIC_REGION, person.key);
    assert.match(person.phone, new RegExp(`^${SYNTHETIC_PHONE_PREFIX}\\d{7}$`), person.key);
  }
});

test('cards agree with themselves', () => {
  for (const person of people) {
    const id = parseIdNumber(person.idNumber);
    assert.ok(id.ok, person.key);
    assert.equal(id.value.birthDate, person.birthDate, person.key);
    assert.equal(id.value.sex, person.sex === '1' ? 'male' : 'female', person.key);
    assert.ok(NATIONS.has(person.nation), person.key);
    assert.ok(person.validFrom < TODAY && (person.validUntil === '长期' || person.validUntil > TODAY), person.key);
    // Fields of the card's chip are this long (UTF-16 units): name 15, address 35, issuer 15.
    assert.ok(person.name.length <= 15 && person.address.length <= 35 && person.issuer.length <= 15, person.key);
  }
});

test('no two people or accounts share a number', () => {
  const numbers = [...people.flatMap((p) => [p.idNumber, p.phone]), ...accounts.map((a) => a.accountNumber)];
  assert.equal(new Set(numbers).size, numbers.length);
});

test('the card with the wrong check digit fails in exactly that check', () => {
  assert.deepEqual(parseIdNumber(personWithWrongCheckDigit(TODAY).idNumber), { ok: false, error: 'check-digit' });
});

test('every account has a history worth looking at', () => {
  for (const account of accounts) {
    assert.ok(account.entries.filter((entry) => entry.kind === '01').length >= 24, account.unitName);
    assert.ok(
      account.entries.some((entry) => entry.kind === '09'),
      account.unitName,
    );
    assert.ok(
      account.entries.some((entry) => entry.kind === '11'),
      account.unitName,
    );
  }
});

test('every balance is the one before, plus in, minus out, and never below zero', () => {
  for (const { entries, balanceFen, unitName } of accounts) {
    let balance = 0;
    entries.forEach((entry, i) => {
      assert.equal(entry.inFen > 0, entry.outFen === 0, `${unitName} row ${i}: one side only`);
      balance += entry.inFen - entry.outFen;
      assert.equal(entry.balanceFen, balance, `${unitName} row ${i}`);
      assert.ok(balance >= 0, `${unitName} row ${i} is overdrawn`);
      assert.ok(i === 0 || entries[i - 1]!.date <= entry.date, `${unitName} row ${i}: order of dates`);
    });
    assert.equal(balanceFen, balance, unitName);
  }
});

test('interest rows agree with interest counted day by day', () => {
  for (const { entries } of accounts) {
    for (const row of entries.filter((entry) => entry.kind === '09')) {
      const { from, to } = fundYearPeriod(fundYearOf(row.date));
      let product = 0n;
      for (let day = from; day <= to; day = addDays(day, 1)) product += BigInt(balanceAtEndOf(day, entries, row));
      const doubled = (2n * product * 150n) / (10_000n * 360n);
      assert.equal(BigInt(row.inFen), (doubled + 1n) / 2n, `${row.date}`);
    }
  }
});

function balanceAtEndOf(day: string, entries: readonly AccountEntry[], not: AccountEntry): number {
  return entries.findLast((entry) => entry.date <= day && entry !== not)?.balanceFen ?? 0;
}

test('any period of any account adds up, and periods join without a gap', () => {
  const day = fc.integer({ min: 0, max: 4400 }).map((n) => addDays('2014-12-01', n));
  fc.assert(
    fc.property(fc.constantFrom(...accounts), day, day, day, ({ entries }, a, b, c) => {
      const [from, middle, to] = [a, b, c].sort() as [string, string, string];
      const whole = summarisePeriod(entries, { from, to });
      assert.equal(whole.openingFen + whole.totalInFen - whole.totalOutFen, whole.closingFen);
      const first = summarisePeriod(entries, { from, to: middle });
      const second = summarisePeriod(entries, { from: addDays(middle, 1), to });
      if (middle < to) assert.equal(first.closingFen, second.openingFen);
      if (middle < to) assert.equal(whole.interestFen, first.interestFen + second.interestFen);
    }),
  );
});

test('tomorrow adds rows and changes none', () => {
  const [earlier, later] = ['2026-05-20', '2026-07-20'].map(
    (today) => syntheticPerson('ordinary', today).accounts[0]!.entries,
  );
  assert.ok(later!.length > earlier!.length);
  assert.deepEqual(later!.slice(0, earlier!.length), earlier);
});
