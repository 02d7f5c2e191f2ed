import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { createTechnician, newSecret } from '../provision/technician.ts';
import { type Technicians, technicians } from './technicians.ts';

const secret = newSecret();
/** A thousandth of the real cost: these tests are about counting. */
const quick = { N: 64, r: 8, p: 1 };
const entries = [await createTechnician('li', secret, quick), await createTechnician('wang', newSecret(), quick)];

async function outcome(who: Technicians, name: string, word: string): Promise<string> {
  const result = await who.signIn(name, word);
  return result.ok ? 'in' : `${result.error.code} ${result.error.detail ?? ''}`.trim();
}

test('a secret typed in groups, in capitals or without hyphens is the same secret', async () => {
  const who = technicians(entries, new ManualClock());
  assert.match(secret, /^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
  for (const typed of [secret, secret.toUpperCase(), secret.replaceAll('-', ' '), secret.replaceAll('-', '')]) {
    assert.equal(await outcome(who, 'li', typed), 'in');
  }
});

test('five wrong tries lock for a minute, the next five for two, and only that name', async () => {
  const clock = new ManualClock();
  const who = technicians(entries, clock);
  const five = async () => {
    for (let i = 0; i < 5; i++) assert.equal(await outcome(who, 'li', 'guess'), 'E7101');
  };
  await five();
  assert.equal(await outcome(who, 'li', secret), 'E7102 60', 'the right secret must not open a locked name');
  assert.equal(await outcome(who, 'wang', 'guess'), 'E7101');
  clock.advance(60_000);
  await five();
  assert.equal(await outcome(who, 'li', secret), 'E7102 120');
  clock.advance(120_000);
  assert.equal(await outcome(who, 'li', secret), 'in');
  await five();
  assert.equal(await outcome(who, 'li', secret), 'E7102 60', 'a good sign-in begins anew');
});

test('guessing in parallel is counted like guessing in a row', async () => {
  const who = technicians(entries, new ManualClock());
  const tries = await Promise.all(Array.from({ length: 7 }, () => outcome(who, 'li', 'guess')));
  assert.deepEqual(tries.slice(5), ['E7102 60', 'E7102 60']);
});

test('a name nobody has is refused like a wrong secret, and locked as well', async () => {
  const who = technicians(entries, new ManualClock());
  for (let i = 0; i < 5; i++) assert.equal(await outcome(who, `nobody-${i}`, secret), 'E7101');
  assert.equal(await outcome(who, 'nobody', secret), 'E7102 60');
});

test('a sign-in lasts ten minutes, whatever the wall clock does, and ends when signed out', async () => {
  const clock = new ManualClock();
  const who = technicians(entries, clock);
  const first = await who.signIn('li', secret);
  const second = await who.signIn('li', secret);
  assert.ok(first.ok && second.ok);
  clock.step(-86_400_000);
  clock.advance(599_999);
  assert.equal(who.whose(first.value.technicianToken), 'li');
  assert.equal(who.signOut(second.value.technicianToken), 'li');
  assert.equal(who.whose(second.value.technicianToken), undefined);
  clock.advance(1);
  assert.equal(who.whose(first.value.technicianToken), undefined);
});
