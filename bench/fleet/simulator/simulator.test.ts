import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fleetCredentials } from './credentials.ts';
import { Histogram } from './histogram.ts';
import { SimulatedJournal } from './journal.ts';
import { type Ask, TerminalMachine } from './machine.ts';
import { seeded } from './random.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
const { members } = await fleetCredentials(1, folder);
rmSync(folder, { recursive: true });
const { signingKey, terminalId } = members[0]!;
const journalOf = (seed: string) => new SimulatedJournal(seed, terminalId, 'business', signingKey);
const reply = (status: number, body: unknown, retryAfter?: string) => ({
  status,
  retryAfter,
  body: JSON.stringify(body),
  tookMs: 1,
});

test('a batch that is asked for again is the same to the last bit; another seed writes another journal', () => {
  const [one, same, other] = [journalOf('1'), journalOf('1'), journalOf('2')];
  for (const journal of [one, same, other]) journal.write(5);
  assert.deepEqual(one.batch(3), same.batch(3));
  assert.notDeepEqual(one.batch(3), other.batch(3));
  const { head } = one.batch(3)!;
  assert.ok(one.acknowledge({ durableUpTo: 3, head }));
  assert.equal(one.batch(9)!.previousHead, head);
  assert.deepEqual(one.batch(9)!.head, same.linkAt(5));
});

test('the platform names a standing that this journal never had: nothing moves', () => {
  const journal = journalOf('1');
  journal.write(2);
  assert.equal(journal.acknowledge({ durableUpTo: 3, head: 'f'.repeat(64) }), false);
  assert.equal(journal.acknowledge({ durableUpTo: 1, head: 'f'.repeat(64) }), false);
  assert.equal(journal.pending, 2);
});

test('a terminal finds the link, compares its head, sends, and waits as long as it is asked to', () => {
  const journal = journalOf('1');
  journal.write(1);
  const rules = { heartbeatMs: 30_000, batch: 10, jitter: true, heedsRetryAfter: true };
  const machine = new TerminalMachine(terminalId, [journal], rules, seeded(1));
  const asks: string[] = [];
  const step = (now: number, answer: ReturnType<typeof reply>): string => {
    const next = machine.next(now);
    if ('waitMs' in next) return `waits ${next.waitMs}`;
    asks.push(next.ask.kind);
    return machine.heard(next.ask as Ask, answer, now, now);
  };
  assert.equal(step(0, reply(200, { downlink: { catalogue: 0, parameters: 0, command: 0 } })), 'good');
  assert.equal(step(0, reply(200, { durableUpTo: 0, head: '0'.repeat(64) })), 'good');
  assert.equal(step(0, reply(429, { code: 'E3106' }, '7')), 'busy');
  assert.match(step(6_999, reply(200, {})), /^waits /, 'it comes too early');
  // A quarter later at most, each terminal by its own dice.
  assert.equal(step(8_750, reply(200, { durableUpTo: 1, head: journal.linkAt(1) })), 'good');
  assert.deepEqual(asks, ['heartbeat', 'head', 'batch', 'batch']);
  assert.ok(machine.settled);
  machine.lost(8_000);
  assert.ok(!machine.settled, 'after a broken line everything is compared again');
});

test('a refusal without a code, and a 5xx, are answers nobody can use', () => {
  const machine = () => {
    const rules = { heartbeatMs: 30_000, batch: 10, jitter: true, heedsRetryAfter: true };
    return new TerminalMachine(terminalId, [journalOf('1')], rules, seeded(1));
  };
  for (const [answer, expected] of [
    [reply(500, { code: 'E9006' }), 'wrong'],
    [reply(429, {}), 'wrong'],
    [reply(503, { code: 'E6106' }), 'busy'],
    [reply(403, { code: 'E3105' }), 'refused'],
  ] as const) {
    assert.equal(machine().heard({ kind: 'heartbeat' }, answer, 0, 0), expected);
  }
});

test('a percentile is known to a twentieth', () => {
  const histogram = new Histogram();
  for (let ms = 1; ms <= 1_000; ms++) histogram.add(ms);
  assert.ok(Math.abs(histogram.percentile(50) / 500 - 1) < 0.05);
  assert.ok(Math.abs(histogram.percentile(99) / 990 - 1) < 0.05);
  assert.equal(histogram.percentile(100), 1_000);
});
