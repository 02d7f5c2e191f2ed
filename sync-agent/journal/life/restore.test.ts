import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { checkBundle } from '@kiosk/contract/journal/bundle-file.ts';
import { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { straight } from '../../cli/journal-access.ts';
import { exportBundle } from '../../cli/journal-export.ts';
import { TERMINAL, intended, must, openTestJournal, sample, temporaryFolder } from '../../testing/journal.ts';
import { makeBackup } from './backup.ts';
import type { Journal } from '../journal.ts';
import { openStore } from '../file/open.ts';
import { restoreJournal } from './restore.ts';
import { verifyAll } from '../chain/verify.ts';

const signing = generateKeyPairSync('ed25519');
const person = syntheticPerson('ordinary', '2026-11-21');
const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);

function fill(journal: Journal, from: number, to: number): void {
  for (let n = from; n <= to; n++) {
    for (const stream of StreamName.options) must(journal.record(sample[stream](n)));
    must(journal.record(intended(`print-${n}`)));
    must(
      journal.takeRequest({
        sessionId: `session-${n}`,
        operationId: `request-${n}`,
        level: 'L1',
        offline: true,
        form: { item: 'S01', topicId: 'complaint' },
        person: { name: person.name, idNumber: person.idNumber },
      }),
    );
  }
}

function exportTo(journal: Journal, folder: string, change: { waitingOnly?: boolean; signal?: AbortSignal } = {}) {
  const access = straight({
    store: journal.store,
    terminalId: TERMINAL,
    technician: 'li',
    now: () => 0,
    signingKey: () => ({ ok: true, value: signing.privateKey }),
    record: (data) => journal.record(data),
  });
  const signal = change.signal ?? new AbortController().signal;
  return exportBundle({ access, folder, waitingOnly: change.waitingOnly ?? false, signal, progress: () => {} });
}

function backUp(journal: Journal, folder: string): string {
  const steps = makeBackup(
    journal.store,
    { terminalId: TERMINAL, folder, make: true, keep: 3, reserveBytes: 0 },
    () => 0,
  );
  for (;;) {
    const step = steps.next();
    if (step.done) return must(step.value).file;
  }
}

const restore = (source: string, folder: string) =>
  restoreJournal({
    source,
    file: join(folder, 'journal.db'),
    terminalId: TERMINAL,
    signingKey: signing.privateKey,
    now: 1,
  });

/** Everything the journal is and knows, but for what only the source's place in it can tell. */
function contents(folder: string) {
  const store = must(openStore({ file: join(folder, 'journal.db'), terminalId: TERMINAL, now: 0 }));
  try {
    assert.ok(verifyAll(store, TERMINAL).every(({ brokenAt }) => brokenAt === null));
    const all = (sql: string) => store.db.prepare(sql).all();
    return {
      entries: all('SELECT * FROM entry ORDER BY stream, seq'),
      intents: all('SELECT * FROM intent ORDER BY operation_id'),
      streams: all('SELECT * FROM stream ORDER BY name'),
    };
  } finally {
    store.close();
  }
}

function source(t: TestContext) {
  const folder = temporaryFolder(t);
  const [here, stick, fresh] = ['data', 'stick', 'fresh'].map((name) => join(folder, name)) as [string, string, string];
  const journal = must(openTestJournal(here));
  fill(journal, 1, 40);
  must(journal.withOutbox((outbox) => outbox.acknowledge('business', 50, [])));
  return { folder, here, stick, fresh, journal };
}

test('a bundle holds the exact bytes; restored on a new disk it is the same journal, and no name is readable in it', async (t) => {
  const { folder, here, fresh, journal } = source(t);
  const { file, entries } = must(await exportTo(journal, folder));
  assert.equal(entries, 40 * 5);
  journal.close();
  const bytes = readFileSync(file);
  for (const secret of [person.name, person.idNumber]) assert.ok(!bytes.includes(secret));
  const restored = must(await restore(file, fresh));
  assert.deepEqual([restored.keptAs, restored.carriedOver], [undefined, 0]);
  const [before, after] = [contents(here), contents(fresh)];
  // The entry that tells of the export came after it.
  before.entries = before.entries.filter((row) => !(row as { body: Buffer }).body.includes('journal.exported'));
  assert.deepEqual(after, before);
  const again = must(openTestJournal(fresh));
  assert.equal(codeOf(again.record(sample.audit(1))), 'E6107', 'nothing is taken before the platform was asked');
  assert.deepEqual(must(again.findRequest('request-7')), must(again.findRequest('request-7')));
  assert.equal(must(again.openIntents()).length, 40);
  again.close();
});

test('only what waits: the bundle begins where the platform stands', async (t) => {
  const { folder, journal } = source(t);
  const { streams } = must(await exportTo(journal, folder, { waitingOnly: true }));
  assert.deepEqual(
    streams.map(({ stream, afterSeq, upToSeq }) => [stream, afterSeq, upToSeq]),
    [
      ['business', 50, 120],
      ['audit', 0, 40],
      ['telemetry', 0, 40],
    ],
  );
  journal.close();
});

test('a bundle with any byte changed, cut off anywhere or signed by another key is refused', async (t) => {
  const { folder, fresh, journal } = source(t);
  const { file } = must(await exportTo(journal, folder));
  journal.close();
  const whole = readFileSync(file);
  const check = async (bytes: Buffer, key = signing.publicKey) => {
    const chunks = (async function* () {
      for (let at = 0; at < bytes.length; at += 4_001) yield bytes.subarray(at, at + 4_001);
    })();
    return codeOf(await checkBundle(chunks, key));
  };
  assert.equal(await check(whole), 'ok');
  assert.equal(codeOf(await checkBundle(createReadStream(file), signing.publicKey)), 'ok');
  assert.equal(await check(whole, generateKeyPairSync('ed25519').publicKey), 'E6302');
  for (let n = 0; n < 60; n++) {
    const at = Math.floor(((n + 0.5) * whole.length) / 60);
    const changed = Buffer.from(whole);
    changed[at] = changed[at]! ^ 1;
    assert.equal(await check(changed), 'E6302', `byte ${at} changed`);
    assert.equal(await check(whole.subarray(0, at)), 'E6302', `cut at ${at}`);
  }
  const lines = whole.toString('utf8').split('\n');
  assert.equal(await check(Buffer.from([lines[0], ...lines.slice(2)].join('\n'))), 'E6302', 'a line taken out');
  writeFileSync(file, whole.subarray(0, -10));
  assert.equal(codeOf(await restore(file, fresh)), 'E6302');
  assert.ok(!existsSync(join(fresh, 'journal.db')));
});

test('an export that is interrupted, or to a stick that is not in, leaves nothing that looks like a bundle', async (t) => {
  const { folder, journal } = source(t);
  const before = readdirSync(folder);
  const interrupted = new AbortController();
  interrupted.abort();
  assert.equal(codeOf(await exportTo(journal, folder, { signal: interrupted.signal })), 'E9001');
  assert.deepEqual(readdirSync(folder), before);
  assert.equal(codeOf(await exportTo(journal, join(folder, 'no-stick'))), 'E6402');
  journal.close();
});

test('a backup over the few records of an agent that was started too early: they are carried over, the file is kept', async (t) => {
  const { stick, fresh, journal, here } = source(t);
  const file = backUp(journal, stick);
  journal.close();
  const early = must(openTestJournal(fresh));
  must(early.record({ type: 'program.started', program: 'sync-agent', version: '0.1.0' }));
  must(early.record({ type: 'device.changed', deviceId: 'a4-printer', state: 'ready' }));
  early.close();
  const restored = must(await restore(file, fresh));
  assert.equal(restored.carriedOver, 2);
  assert.ok(restored.keptAs && existsSync(restored.keptAs));
  const [before, after] = [contents(here), contents(fresh)];
  assert.deepEqual(after.intents, before.intents);
  assert.equal(after.entries.length, before.entries.length + 2);
});

test('a journal here with business the backup lacks is not replaced', async (t) => {
  const { stick, here, journal } = source(t);
  const file = backUp(journal, stick);
  must(journal.record(sample.business(41)));
  journal.close();
  const before = contents(here);
  assert.equal(codeOf(await restore(file, here)), 'E6108');
  assert.deepEqual(contents(here), before);
  const other = must(openTestJournal(join(here, 'other')));
  other.close();
});

test('a damaged journal is kept whole under another name and the backup takes its place', async (t) => {
  const { stick, here, journal } = source(t);
  const file = backUp(journal, stick);
  const before = (journal.close(), contents(here));
  const damaged = readFileSync(join(here, 'journal.db')).fill(0xa5, 4096 * 3, 4096 * 6);
  writeFileSync(join(here, 'journal.db'), damaged);
  const { keptAs } = must(await restore(file, here));
  assert.deepEqual(readFileSync(keptAs!), damaged);
  assert.deepEqual(contents(here), before);
});

test('a live journal and a foreign backup are not touched', async (t) => {
  const { stick, here, fresh, journal } = source(t);
  const file = backUp(journal, stick);
  assert.equal(codeOf(await restore(file, here)), 'E6102', 'the agent runs');
  journal.close();
  const foreign = await restoreJournal({
    source: file,
    file: join(fresh, 'journal.db'),
    terminalId: '003018',
    signingKey: signing.privateKey,
    now: 1,
  });
  assert.equal(codeOf(foreign), 'E6103');
});
