import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { GENESIS } from '@kiosk/contract/journal/chain.ts';
import { StreamName } from '@kiosk/contract/journal/entry.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, ok } from '@kiosk/contract/kernel/result.ts';
import { parseRequestNumber } from '@kiosk/domain/request-number.ts';
import type { Journal } from '../journal/journal.ts';
import { TERMINAL, intended, must, openTestJournal, sample, temporaryFolder } from '../testing/journal.ts';
import type { Answer, Exchange, Line } from './http.ts';
import { rejoinPlatform } from './rejoin.ts';

interface Row {
  readonly seq: number;
  readonly salt: Buffer;
  readonly body: Buffer;
  readonly link: Buffer;
}

const rowsOf = (journal: Journal, stream: StreamName): Row[] =>
  journal.store.db.prepare<[], Row>(`SELECT seq, salt, body, link FROM entry_${stream} ORDER BY seq`).all();

/** What the platform answers about the streams it was given; cut off after so many answers when asked to. */
class FakePlatform implements Line {
  readonly streams: Record<StreamName, Row[]> = { business: [], audit: [], telemetry: [] };
  answersLeft = Infinity;
  asked = 0;

  take(journal: Journal, share: (stream: StreamName) => number): void {
    for (const stream of StreamName.options) {
      const rows = rowsOf(journal, stream);
      this.streams[stream] = rows.slice(0, Math.ceil(rows.length * share(stream)));
      const { seq = 0 } = this.streams[stream].at(-1) ?? {};
      must(journal.withOutbox((outbox) => outbox.acknowledge(stream, seq, [])));
    }
  }

  async exchange({ path }: Exchange): Promise<Result<Answer>> {
    if (this.answersLeft-- <= 0) return { ok: false, error: { code: 'E3101' } };
    this.asked++;
    const url = new URL(path, 'https://platform');
    const [, , , stream, what] = url.pathname.split('/') as [string, string, string, StreamName, string];
    const rows = this.streams[stream];
    const linkAt = (seq: number) => (seq === 0 ? GENESIS : rows[seq - 1]!.link.toString('hex'));
    const after = Number(url.searchParams.get('after'));
    const json =
      what === 'head'
        ? { stream, durableUpTo: rows.length, head: linkAt(rows.length) }
        : {
            stream,
            previousHead: linkAt(after),
            entries: rows.slice(after, after + Number(url.searchParams.get('limit'))).map(({ seq, salt, body }) => ({
              seq,
              saltBase64: salt.toString('base64'),
              bodyBase64: body.toString('base64'),
            })),
          };
    return ok({ status: 200, json, retryAfterMs: undefined, roundTripMs: 1 });
  }

  async close(): Promise<void> {}
}

const rejoin = (journal: Journal, line: Line) =>
  rejoinPlatform({
    store: journal.store,
    line,
    terminalId: TERMINAL,
    clock: new ManualClock(),
    signal: new AbortController().signal,
  });

/** The journal as it is now, copied as a disk image would be: closed first. */
function image(t: TestContext, journal: Journal, folder: string): [Journal, string] {
  journal.close();
  const copy = temporaryFolder(t);
  mkdirSync(copy, { recursive: true });
  copyFileSync(join(folder, 'journal.db'), join(copy, 'journal.db'));
  return [must(openTestJournal(folder)), copy];
}

let operation = 0;
function live(journal: Journal, steps: number): void {
  if (steps === 0) return;
  const all = Array.from({ length: steps }, (_, n) => [
    sample.audit(n),
    ...(n % 2 === 0 ? [sample.telemetry(n)] : []),
    ...(n % 3 === 0 ? [sample.business(n)] : []),
    ...(n % 4 === 0 ? [intended(`print-${++operation}`)] : []),
  ]);
  must(journal.recordAll(all.flat()));
  for (let n = 0; n < Math.min(steps, 20); n += 5) request(journal);
}

const request = (journal: Journal): number => {
  const { requestNumber } = must(
    journal.takeRequest({
      sessionId: 's',
      operationId: `request-${++operation}`,
      level: 'L0',
      offline: true,
      form: { item: 'S01', topicId: 'complaint' },
    }),
  );
  const parsed = parseRequestNumber(requestNumber);
  assert.ok(parsed.ok);
  return parsed.value.counter;
};

test('an old disk image, whatever was recorded on it since: the platform keeps its history, nothing of ours is lost', async (t) => {
  const size = fc.integer({ min: 0, max: 25 });
  await fc.assert(
    fc.asyncProperty(
      size,
      size,
      size,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
      async (before, lost, since, shares) => {
        const folder = temporaryFolder(t);
        let journal = must(openTestJournal(folder));
        live(journal, before);
        const [went, imageFolder] = image(t, journal, folder);
        live(went, lost);
        const platform = new FakePlatform();
        platform.take(went, (stream) => shares[StreamName.options.indexOf(stream)]!);
        const most = request(went);
        went.close();

        journal = must(openTestJournal(imageFolder));
        live(journal, since);
        const own = Object.fromEntries(StreamName.options.map((stream) => [stream, rowsOf(journal, stream)])) as Record<
          StreamName,
          Row[]
        >;
        const rejoined = must(await rejoin(journal, platform));
        journal.close();
        // Opened anew: every chain is walked.
        journal = must(openTestJournal(imageFolder));
        for (const { stream, forkedAt, pulled, moved } of rejoined) {
          const theirs = platform.streams[stream];
          const now = rowsOf(journal, stream);
          const same = (a: readonly Row[], b: readonly Row[]) => a.every((row, i) => row.body.equals(b[i]!.body));
          assert.ok(same(theirs, now), `${stream}: the platform's history is not in its place`);
          const behind = now.slice(theirs.length, theirs.length + moved);
          assert.equal(pulled > 0, theirs.length > forkedAt);
          if (pulled > 0) assert.ok(same(own[stream].slice(forkedAt), behind), `${stream}: our own did not follow`);
          else assert.ok(same(own[stream], now), `${stream} had nothing to do`);
          assert.equal(must(journal.withOutbox((outbox) => outbox.standing(stream))).acknowledgedSeq, theirs.length);
        }
        assert.ok(request(journal) > most, 'a number given out on the lost disk was given again');
        assert.ok(must(journal.waitingRequests()) <= before + since + 1, 'skipped numbers do not wait for anybody');
        journal.close();
      },
    ),
    { numRuns: 12 },
  );
});

test('a fresh machine without a backup gets its whole journal back; cut off in between it goes on where it stood', async (t) => {
  const folder = temporaryFolder(t);
  const journal = must(openTestJournal(folder));
  live(journal, 700);
  const platform = new FakePlatform();
  platform.take(journal, () => 1);
  const open = must(journal.openIntents());
  journal.close();
  const fresh = must(openTestJournal(temporaryFolder(t)));
  must(fresh.record({ type: 'program.started', program: 'sync-agent', version: '0.1.0' }));
  platform.answersLeft = 6;
  const cut = await rejoin(fresh, platform);
  assert.equal(cut.ok ? 'ok' : cut.error.code, 'E3101');
  assert.equal(rowsOf(fresh, 'audit').length, 1, 'nothing is changed before all of it is here');
  platform.answersLeft = Infinity;
  platform.asked = 0;
  const rejoined = must(await rejoin(fresh, platform));
  assert.deepEqual(
    rejoined.map(({ pulled, moved }) => [pulled, moved]),
    StreamName.options.map((stream) => [platform.streams[stream].length, stream === 'audit' ? 1 : 0]),
  );
  assert.deepEqual(must(fresh.openIntents()), open, 'open intents are asked after again');
  assert.ok(platform.asked < 40, `${platform.asked} questions`);
  fresh.close();
});

test('a platform that answers with other bytes than its head stands for changes nothing', async (t) => {
  const folder = temporaryFolder(t);
  const journal = must(openTestJournal(folder));
  live(journal, 30);
  const platform = new FakePlatform();
  platform.take(journal, () => 1);
  journal.close();
  const fresh = must(openTestJournal(temporaryFolder(t)));
  const whole = platform.streams.business[3]!;
  platform.streams.business[3] = { ...whole, body: Buffer.from('{}') };
  const refused = await rejoin(fresh, platform);
  assert.equal(refused.ok ? 'ok' : refused.error.code, 'E6204');
  assert.equal(rowsOf(fresh, 'business').length, 0);
  platform.streams.business[3] = whole;
  must(await rejoin(fresh, platform));
  fresh.close();
});

test('a journal whose base the platform does not know is left for a person', async (t) => {
  const journal = must(openTestJournal(temporaryFolder(t)));
  live(journal, 30);
  const platform = new FakePlatform();
  platform.take(journal, () => 1);
  journal.store.db.exec(
    `UPDATE stream SET base_seq = 20, base_link = (SELECT link FROM entry_audit WHERE seq = 20) WHERE name = 'audit';
     DELETE FROM entry_audit WHERE seq <= 20`,
  );
  platform.streams.audit = platform.streams.audit.slice(0, 10);
  const refused = await rejoin(journal, platform);
  assert.equal(refused.ok ? 'ok' : refused.error.code, 'E6201');
  journal.close();
});
