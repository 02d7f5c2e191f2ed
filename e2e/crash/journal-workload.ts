// Run under the write recorder: node journal-workload.ts SOURCE FOLDER SEED ROUNDS STEPS. Uses the journal of the source
// tree it is given (the real one or a weakened copy), opens it as the agent does, and writes down, after each answer,
// what was promised. Every round lives in a folder of its own and begins with nothing, or with remains.

import { generateKeyPairSync } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import type { TerminalConfig } from '@kiosk/contract/config.ts';
import { StreamName } from '@kiosk/contract/journal/entry.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import type * as FilesModule from '@kiosk/sync-agent/agent/files.ts';
import { seeded } from './fates.ts';
import { PROMISES, type PromiseMade, TERMINAL, promiseTo } from './promises.ts';
import { smallLogs } from './small-logs.ts';

const [source = '', folder = '', seed = '1', rounds = '1', steps = '0'] = process.argv.slice(2);
const files = (await import(pathToFileURL(join(source, 'agent/files.ts')).href)) as typeof FilesModule;
const centreKey = generateKeyPairSync('x25519').publicKey;
const person = syntheticPerson('ordinary', '2026-11-21');
// Nobody waits for the clock here, and equal beginnings give equal states.
const clock = new ManualClock();
const random = seeded(Number(seed));
const below = (most: number) => Math.floor(random() * most);
smallLogs(Database);
/** The log of the journal before this one: whole, and of another database. */
let lastLog: Buffer | undefined;

for (let round = 1; round <= Number(rounds); round++) playRound(join(folder, `round-${round}`));

function playRound(dataDir: string): void {
  mkdirSync(dataDir);
  const fd = openSync(join(dataDir, PROMISES), 'a');
  const promise = promiseTo(fd);
  const begin = (step: string, entries: number) => promise({ kind: 'begin', step, entries });
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
  begin('open', 0);
  let journal = open();

  const entry = (data: Parameters<typeof journal.record>[0], also?: PromiseMade) => {
    begin('append', 1);
    const { stream, seq, head } = must(journal.record(data));
    if (also) promise(also);
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
        form: { item: 'S01', topicId: 'complaint', text: 'x'.repeat(below(1500)) },
        person: { name: person.name, idNumber: person.idNumber },
      }),
    );
    promise({ kind: 'request', operationId, requestNumber });
  };
  const operate = (n: number) => {
    const operationId = `operation-${n}`;
    const sessionId = `session-${n}`;
    entry({ type: 'operation.intended', sessionId, operationId, kind: 'printSlip' }, { kind: 'intended', operationId });
    if (random() < 0.4) return;
    entry({ type: 'operation.settled', sessionId, operationId, outcome: 'done' }, { kind: 'settled', operationId });
  };
  const acknowledge = () => {
    for (const stream of StreamName.options) {
      const batch = must(
        journal.withOutbox((outbox) => outbox.nextBatch(stream, { entries: 1 + below(6), bytes: 1e6 })),
      );
      if (!batch) continue;
      begin('acknowledge', 0);
      const refused = random() < 0.2 ? [{ seq: batch.lastSeq, code: 'E6301' }] : [];
      must(journal.withOutbox((outbox) => outbox.acknowledge(stream, batch.lastSeq, refused)));
      promise({ kind: 'acknowledged', stream, seq: batch.lastSeq });
    }
  };
  const reopen = () => {
    begin('close', 0);
    journal.close();
    begin('open again', 0);
    journal = open();
  };

  for (let n = 1; n <= Number(steps); n++) {
    const turn = random();
    const sessionId = `session-${n}`;
    if (turn < 0.25) takeRequest(n);
    else if (turn < 0.45) operate(n);
    else if (turn < 0.55) entry({ type: 'service.rated', sessionId, score: 'fair' });
    else if (turn < 0.65) entry({ type: 'session.opened', sessionId, mode: 'depositor' });
    else if (turn < 0.72) entry({ type: 'step.timed', sessionId, step: 'overview', milliseconds: n });
    else if (turn < 0.9) acknowledge();
    else reopen();
    clock.advance(1_000);
  }
  lastLog = readFileSync(logFile);
  begin('close', 0);
  journal.close();
  closeSync(fd);
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`the journal answered ${result.error.code} ${result.error.detail ?? ''}`);
  return result.value;
}
