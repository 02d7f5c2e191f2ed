import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import { ManualClock, systemClock } from '@kiosk/contract/kernel/clock.ts';
import type { StreamHead } from '@kiosk/contract/platform/ingest.ts';
import { join } from 'node:path';
import { ending } from '../testing/ending.ts';
import { TERMINAL, must, openTestJournal, sample } from '../testing/journal.ts';
import type { Mood } from '../testing/platform.ts';
import { testTerminal } from '../testing/terminal.ts';
import { testAuthority } from '../testing/tls.ts';
import { backoffMs, retryAfterMs } from './backoff.ts';
import { callPlatform } from './calls.ts';
import { openLine } from './http.ts';
import { sender } from './sender.ts';
import { judgeStanding } from './standing.ts';

async function testSender(t: TestContext) {
  const terminal = await testTerminal(t);
  const { config, folder } = terminal;
  const journal = must(openTestJournal(folder));
  ending(t, () => journal.close());
  const line = openLine(config.platform, 1, systemClock);
  ending(t, () => line.close());
  const signing = createPrivateKey(readFileSync(config.signingKeyFile));
  const standing = (stream: StreamName) => must(journal.withOutbox((outbox) => outbox.standing(stream)));
  return { ...terminal, journal, line, standing, send: sender(journal, line, TERMINAL, signing) };
}

const status = (code: number, body?: string, headers?: Record<string, string>): Mood => ({
  kind: 'status',
  status: code,
  ...(body === undefined ? {} : { body }),
  ...(headers === undefined ? {} : { headers }),
});

test('every way a platform can misbehave has its own code, and nothing counts as delivered', async (t) => {
  const { platform, journal, send, standing } = await testSender(t);
  for (let n = 0; n < 3; n++) must(journal.record(sample.business(n)));
  const moods: readonly [string, Mood, string][] = [
    ['500', status(500), 'E3103'],
    ['502 with a page of a proxy', status(502, '<html>'), 'E3103'],
    ['200 with garbage', status(200, 'hello'), 'E3104'],
    ['200 with another shape', status(200, '{"ok":true}'), 'E3104'],
    ['a receipt for another stream', status(200, receipt('audit', 3)), 'E3104'],
    ['409 with garbage', status(409, '{}'), 'E3104'],
    ['429', status(429, '', { 'retry-after': '7' }), 'E3106'],
    ['403 without words', status(403), 'E3105'],
    ['403 in its own words', status(403, '{"code":"E3105"}'), 'E3105'],
    ['413 for a single batch', status(413, '<html>'), 'E3107'],
    ['a redirect', status(302, '', { location: 'https://elsewhere/' }), 'E3104'],
    ['the answer is lost', { kind: 'losesAnswers' }, 'E3101'],
  ];
  for (const [name, mood, code] of moods) {
    platform.mood = () => mood;
    const sent = await send.sendNext('business');
    assert.equal(sent.ok ? 'ok' : sent.error.code, code, name);
    if (!sent.ok && code === 'E3106') assert.equal(sent.error.retryAfterMs, 7_000);
    assert.equal(standing('business').acknowledgedSeq, 0, `${name}: was taken for a receipt`);
  }
  platform.mood = () => ({ kind: 'well' });
  assert.deepEqual(must(await send.sendNext('business')), { kind: 'acknowledged', moved: true, entries: 3 });
  assert.equal(platform.streams.business.seq, 3, 'the batch whose answer was lost must not count twice');

  await platform.close();
  must(journal.record(sample.business(4)));
  const gone = await send.sendNext('business');
  assert.equal(gone.ok ? 'ok' : gone.error.code, 'E3101');
});

function receipt(stream: StreamName, durableUpTo: number, head = 'a'.repeat(64)): string {
  return JSON.stringify({ stream, durableUpTo, head, quarantined: [] });
}

test('a receipt for what we do not have, or with another head, is an alarm and the stream stops', async (t) => {
  for (const [body, code] of [
    [receipt('business', 9), 'E6202'],
    [receipt('business', 2), 'E6201'],
  ] as const) {
    const { platform, journal, send, standing } = await testSender(t);
    for (let n = 0; n < 3; n++) must(journal.record(sample.business(n)));
    platform.mood = () => status(200, body);
    const sent = must(await send.sendNext('business'));
    assert.equal(sent.kind === 'alarm' && sent.code, code);
    const { stopped, acknowledgedSeq, headSeq } = standing('business');
    assert.deepEqual([stopped, acknowledgedSeq, headSeq], [code, 0, 3]);
    assert.equal(must(journal.queue()).business.stopped, code);
  }
});

test('the same sequence with another body is an alarm; a gap goes on from where the platform stands', async (t) => {
  const { platform, journal, send, standing } = await testSender(t);
  for (let n = 0; n < 4; n++) must(journal.record(sample.business(n)));
  must(await send.sendNext('business'));
  // A platform restored from a backup has only the first two.
  const kept = platform.streams.business;
  kept.entries.length = 2;
  kept.seq = 2;
  kept.head = kept.entries[1]!.link;
  must(journal.record(sample.business(5)));
  assert.deepEqual(must(await send.sendNext('business')), { kind: 'acknowledged', moved: true, entries: 0 });
  assert.equal(standing('business').acknowledgedSeq, 2);
  must(await send.sendNext('business'));
  assert.deepEqual([platform.streams.business.seq, standing('business').acknowledgedSeq], [5, 5]);

  // The same terminal number with another history: a clone.
  must(journal.record(sample.audit(1)));
  platform.streams.audit.entries.push({ seq: 1, body: '{}', link: 'b'.repeat(64) });
  platform.streams.audit.seq = 1;
  platform.streams.audit.head = 'b'.repeat(64);
  const sent = must(await send.sendNext('audit'));
  assert.equal(sent.kind === 'alarm' && sent.code, 'E6201');
  assert.equal(must(journal.queue()).audit.pending, 1, 'nothing is deleted');
});

test('an entry the platform sets aside is delivered, and stays visible with its reason', async (t) => {
  const { platform, journal, send, folder } = await testSender(t);
  platform.quarantine.set(2, 'E6301');
  for (let n = 0; n < 3; n++) must(journal.record(sample.business(n)));
  must(await send.sendNext('business'));
  const queue = must(journal.queue()).business;
  assert.deepEqual([queue.pending, queue.quarantined], [0, 1]);
  journal.close();
  const db = new Database(join(folder, 'journal.db'), { readonly: true });
  assert.deepEqual(db.prepare('SELECT seq, code FROM quarantine').all(), [{ seq: 2, code: 'E6301' }]);
  db.close();
});

test('a long queue leaves in batches, in order, whatever the answers do', async (t) => {
  const { platform, journal, send, standing } = await testSender(t);
  for (let n = 0; n < 700; n++) must(journal.record(sample.business(n)));
  let turn = 0;
  const moods: Mood[] = [status(500), { kind: 'losesAnswers' }, { kind: 'well' }, status(429)];
  platform.mood = () => moods[turn++ % moods.length]!;
  while (standing('business').acknowledgedSeq < 700) await send.sendNext('business');
  assert.deepEqual(
    platform.streams.business.entries.map(({ seq }) => seq),
    Array.from({ length: 700 }, (_, n) => n + 1),
  );
});

test('entries of a clock that jumps arrive in the order they were written, whatever their dates say', async (t) => {
  const { config, folder, platform } = await testTerminal(t);
  const clock = new ManualClock();
  const journal = must(openTestJournal(folder, clock));
  ending(t, () => journal.close());
  const line = openLine(config.platform, 1, systemClock);
  ending(t, () => line.close());
  const YEAR = 365 * 86_400_000;
  for (const [n, step] of [0, YEAR, -2 * YEAR, -clock.now() + YEAR, 57 * YEAR].entries()) {
    clock.step(step);
    must(journal.record(sample.business(n)));
  }
  const send = sender(journal, line, TERMINAL, createPrivateKey(readFileSync(config.signingKeyFile)));
  must(await send.sendNext('business'));
  assert.deepEqual(
    platform.bodies('business').map((entry) => entry.type === 'service.rated' && entry.sessionId),
    [0, 1, 2, 3, 4].map((n) => `session-${n}`),
  );
});

test('the platform answers where another terminal stands: an alarm, and nothing counts as delivered', async (t) => {
  const { platform, journal, send, standing } = await testSender(t);
  for (let n = 0; n < 3; n++) must(journal.record(sample.business(n)));
  const others: StreamHead = { stream: 'business', durableUpTo: 2, head: 'c'.repeat(64) };
  platform.mood = () => status(200, JSON.stringify(others));
  const sent = must(await send.align('business'));
  assert.equal(sent.kind === 'alarm' && sent.code, 'E6201');
  assert.deepEqual([standing('business').acknowledgedSeq, standing('business').stopped], [0, 'E6201']);
});

test('a platform that does not read gzip gets the same plain, and from then on', async (t) => {
  const { platform, journal, send } = await testSender(t);
  for (let n = 0; n < 60; n++) must(journal.record(sample.business(n)));
  const moods: Mood[] = [status(415, '<html>'), { kind: 'well' }];
  platform.mood = () => moods.shift() ?? { kind: 'well' };
  assert.equal(must(await send.sendNext('business')).kind, 'acknowledged');
  assert.deepEqual([platform.streams.business.seq, platform.calls.length], [60, 2]);
});

test('a certificate that was renewed in place is shown without a restart; until then the refusal has its code', async (t) => {
  const terminal = await testTerminal(t);
  const clock = new ManualClock();
  const stranger = await testAuthority(terminal.folder, 'stranger');
  const own = { ...terminal.config.platform };
  const wrong = await stranger.issue(TERMINAL);
  const files = { ...own, certificateFile: join(terminal.folder, 'a.crt'), keyFile: join(terminal.folder, 'a.key') };
  const put = (from: { certificateFile: string; keyFile: string }) => {
    copyFileSync(from.certificateFile, files.certificateFile);
    copyFileSync(from.keyFile, files.keyFile);
  };
  put(wrong);
  const line = openLine(files, 1, clock);
  ending(t, () => line.close());
  const ask = async () => {
    const answer = await line.exchange({ method: 'GET', path: '/v1/streams/audit/head', deadlineMs: 60_000 });
    return answer.ok ? answer.value.status : answer.error.code;
  };
  assert.ok(['E3105', 'E3101'].includes(String(await ask())), 'a certificate of nobody the platform trusts');
  put(own);
  clock.advance(30_000);
  assert.equal(await ask(), 200);
  // Half-way through the next renewal: key and certificate do not fit, or a file is gone.
  rmSync(files.keyFile);
  clock.advance(30_000);
  assert.equal(await ask(), 200, 'what is there goes on');
});

test('a platform that is someone else, or does not accept our certificate, is told apart', async (t) => {
  const terminal = await testTerminal(t);
  const ask = async (files: Partial<typeof terminal.config.platform>) => {
    const line = openLine({ ...terminal.config.platform, ...files }, 1, systemClock);
    const answer = await callPlatform(line, 'downlink', { applied: terminal.platform.versions }, { deadlineMs: 5_000 });
    await line.close();
    return answer.ok ? 'ok' : answer.error.code;
  };
  const stranger = await testAuthority(terminal.folder, 'stranger');
  assert.equal(await ask({}), 'ok');
  assert.equal(await ask({ caFile: stranger.caFile }), 'E3104', 'a proxy in between');
  const refused = await ask(await stranger.issue(TERMINAL));
  // Some TLS stacks cut the connection before their alert arrives.
  assert.ok(['E3105', 'E3101'].includes(refused), `our certificate was refused, got ${refused}`);

  const plain = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
  await once(plain, 'listening');
  const url = `https://127.0.0.1:${(plain.address() as AddressInfo).port}`;
  assert.equal(await ask({ url }), 'E3104', 'not TLS at all');
  plain.close();
});

test('waits grow with full jitter and never beyond the limit', () => {
  const limits = { firstMs: 1_000, mostMs: 60_000 };
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5_000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (failures, random) => {
        const wait = backoffMs(failures, limits, random);
        assert.ok(wait >= 0 && wait < Math.min(60_000, 1_000 * 2 ** Math.min(failures - 1, 30)));
      },
    ),
  );
  assert.equal(retryAfterMs('120', 0), 120_000);
  assert.equal(retryAfterMs('Thu, 01 Jan 1970 00:01:00 GMT', 20_000), 40_000);
  assert.equal(retryAfterMs('soon', 0), undefined);
  assert.equal(retryAfterMs('99999999', 0), 3_600_000, 'a slip of the pen must not silence a terminal for three years');
  assert.equal(retryAfterMs('Thu, 01 Jan 1970 00:01:00 GMT', 90_000), 0, 'a date gone by');
});

test('where the platform stands: agreed only when both have the same history up to there', () => {
  fc.assert(
    fc.property(fc.nat(30), fc.nat(30), fc.nat(40), fc.boolean(), (headSeq, acked, durableUpTo, same) => {
      const head = same ? `link ${durableUpTo}` : 'another link';
      const standing: StreamHead = { stream: 'audit', durableUpTo, head };
      const own = { headSeq, acknowledgedSeq: Math.min(acked, headSeq), headAt: (seq: number) => `link ${seq}` };
      const judgement = judgeStanding(standing, own);
      if (durableUpTo > headSeq) assert.equal(judgement.kind === 'alarm' && judgement.code, 'E6202');
      else if (!same) assert.equal(judgement.kind === 'alarm' && judgement.code, 'E6201');
      else assert.deepEqual(judgement, { kind: 'agreed', upTo: durableUpTo });
    }),
  );
});
