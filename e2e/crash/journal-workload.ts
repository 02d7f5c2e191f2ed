// Run under the write recorder: node journal-workload.ts SOURCE FOLDER SEED ROUNDS STEPS [PROMISES]. Uses the journal of
// the source tree it is given (the real one or a weakened copy), opens it as the agent does, and writes down, after each
// answer, what was promised: in the folder of the round, or in the file PROMISES, which may lie on another disk. Every
// round lives in a folder of its own and begins with nothing, with remains, or with the journal of an earlier release.

import { generateKeyPairSync } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import type { TerminalConfig } from '@kiosk/contract/config.ts';
import { type EntryData, StreamName } from '@kiosk/contract/journal/entry.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import type * as FilesModule from '@kiosk/sync-agent/agent/files.ts';
import { seeded } from './fates.ts';
import { journalUpkeep } from './journal-upkeep.ts';
import { PROMISES, TERMINAL, promiseTo } from './promises.ts';
import { smallLogs } from './small-logs.ts';

const [source = '', folder = '', seed = '1', rounds = '1', steps = '0', elsewhere] = process.argv.slice(2);
const files = (await import(pathToFileURL(join(source, 'agent/files.ts')).href)) as typeof FilesModule;
const centreKey = generateKeyPairSync('x25519').publicKey;
const person = syntheticPerson('ordinary', '2026-11-21');
// Nobody waits for the clock here, and equal beginnings give equal states.
const clock = new ManualClock();
const random = seeded(Number(seed));
const below = (most: number) => Math.floor(random() * most);
const upkeep = await journalUpkeep(source, clock);
smallLogs(Database);
/** The log of the journal before this one: whole, and of another database. */
let lastLog: Buffer | undefined;

for (let round = 1; round <= Number(rounds); round++) playRound(join(folder, `round-${round}`));

function playRound(dataDir: string): void {
  mkdirSync(dataDir);
  const fd = openSync(elsewhere ?? join(dataDir, PROMISES), 'a');
  const promise = promiseTo(fd);
  const begin = (step: string, entries = 0) => promise({ kind: 'begin', step, entries });
  const config = { dataDir, terminal: { terminalId: TERMINAL } } as TerminalConfig;
  const open = () => {
    const { journal, keys } = must(files.openTerminalJournal(config, centreKey, clock));
    promise({ kind: 'key', pseudonym: keys.pseudonym(TERMINAL) });
    return journal;
  };

  // What somebody left who took the database away, and what a first start left that did not come to its end.
  const logFile = join(dataDir, 'journal.db-wal');
  if (lastLog && random() < 0.5) writeFileSync(logFile, lastLog);
  if (random() < 0.3) writeFileSync(join(dataDir, 'journal.db.new'), 'half a database');
  begin('open');
  if (random() < 0.3) {
    upkeep.olderRelease(join(dataDir, 'journal.db'), 1 + below(upkeep.releases - 1), { promise, begin });
    begin('migration');
  }
  let journal = open();

  const entry = (data: EntryData) => {
    begin('append', 1);
    const { stream, seq, head } = must(journal.record(data));
    // An intent or a settlement is promised with its entry.
    if (data.type === 'operation.intended') promise({ kind: 'intended', operationId: data.operationId });
    if (data.type === 'operation.settled') promise({ kind: 'settled', operationId: data.operationId });
    promise({ kind: 'entry', stream, seq, head });
  };
  const takeRequest = (n: number) => {
    const operationId = `request-${n}`;
    begin('append', 1);
    const { requestNumber } = must(
      journal.takeRequest({
        sessionId: `session-${n}`,
        operationId,
        level: 'L1',
        offline: true,
        form: { item: 'S01', topicId: 'complaint', text: 'x'.repeat(below(500)) },
        person: { name: person.name, idNumber: person.idNumber },
      }),
    );
    const { headSeq: seq } = must(journal.withOutbox((outbox) => outbox.standing('business')));
    promise({ kind: 'request', operationId, requestNumber, seq });
  };
  const operate = (n: number) => {
    const [sessionId, operationId] = [`session-${n}`, `operation-${n}`];
    entry({ type: 'operation.intended', sessionId, operationId, kind: 'printSlip' });
    if (random() < 0.8) entry({ type: 'operation.settled', sessionId, operationId, outcome: 'done' });
  };
  const appendMany = (n: number) => {
    const all = Array.from({ length: 2 + below(6) }, (_, i): EntryData => {
      const sessionId = `session-${n}-${i}`;
      return i % 2 === 0
        ? { type: 'step.timed', sessionId, step: 'overview', milliseconds: i }
        : { type: 'session.opened', sessionId, mode: 'depositor' };
    });
    begin('append-many', all.length);
    for (const { stream, seq, head } of must(journal.recordAll(all))) promise({ kind: 'entry', stream, seq, head });
  };
  const acknowledge = () => {
    for (const stream of StreamName.options) {
      const entries = 1 + below(12);
      const batch = must(journal.withOutbox((outbox) => outbox.nextBatch(stream, { entries, bytes: 1e6 })));
      if (!batch) continue;
      begin('acknowledge');
      const refused = random() < 0.2 ? [{ seq: batch.lastSeq, code: 'E6301' }] : [];
      must(journal.withOutbox((outbox) => outbox.acknowledge(stream, batch.lastSeq, refused)));
      promise({ kind: 'acknowledged', stream, seq: batch.lastSeq });
    }
  };
  const reopen = () => {
    begin('close');
    journal.close();
    begin('open again');
    journal = open();
  };

  for (let n = 1; n <= Number(steps); n++) {
    const turn = random();
    const sessionId = `session-${n}`;
    if (turn < 0.22) takeRequest(n);
    else if (turn < 0.38) operate(n);
    else if (turn < 0.46) entry({ type: 'service.rated', sessionId, score: 'fair' });
    else if (turn < 0.54) entry({ type: 'session.opened', sessionId, mode: 'depositor' });
    else if (turn < 0.6) entry({ type: 'step.timed', sessionId, step: 'overview', milliseconds: n });
    else if (turn < 0.68) appendMany(n);
    else if (turn < 0.84) acknowledge();
    else if (turn < 0.9) upkeep.retire(journal.store, { promise, begin });
    else if (turn < 0.94) upkeep.backUp(journal.store, dataDir, { promise, begin });
    else reopen();
    clock.advance(1_000);
  }
  lastLog = readFileSync(logFile);
  begin('close');
  journal.close();
  closeSync(fd);
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`the journal answered ${result.error.code} ${result.error.detail ?? ''}`);
  return result.value;
}
