// Run under the write recorder: node workload.ts SOURCE FOLDER ENTRIES SEED. Uses the journal of the source tree it is
// given (the real one or a weakened copy) and writes down, after each answer, what was promised.

import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generateKeyPairSync } from 'node:crypto';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import { StreamName } from '@kiosk/contract/journal/entry.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import type * as JournalModule from '@kiosk/sync-agent/journal/journal.ts';
import type * as KeysModule from '@kiosk/sync-agent/journal/keys.ts';
import { seeded } from './disk.ts';
import { PROMISES, type PromiseMade, TERMINAL } from './promises.ts';

const [source = '', folder = '', entries = '0', seed = '1'] = process.argv.slice(2);
const load = async <T>(path: string): Promise<T> => (await import(pathToFileURL(join(source, path)).href)) as T;
const { openJournal } = await load<typeof JournalModule>('journal/journal.ts');
const { keyProvider } = await load<typeof KeysModule>('journal/keys.ts');
const centreKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
const random = seeded(Number(seed));
const person = syntheticPerson('ordinary', '2026-11-21');

const promises = openSync(join(folder, PROMISES), 'a');
const promise = (made: PromiseMade) => void writeSync(promises, JSON.stringify(made) + '\n');

const open = () =>
  must(
    openJournal({
      file: join(folder, 'journal.db'),
      terminalId: TERMINAL,
      clock: systemClock,
      keys: keyProvider(Buffer.alloc(32, 9)),
      centreKey,
    }),
  );

let journal = open();
const count = Number(entries);
for (let n = 1; n <= count; n++) {
  const turn = random();
  const sessionId = `session-${n}`;
  if (turn < 0.2) {
    const operationId = `request-${n}`;
    const { requestNumber } = must(
      journal.takeRequest({
        sessionId,
        operationId,
        level: 'L1',
        offline: true,
        form: { item: 'S01', topicId: 'complaint', text: 'x'.repeat(Math.floor(random() * 500)) },
        person: { name: person.name, idNumber: person.idNumber },
      }),
    );
    promise({ kind: 'request', operationId, requestNumber });
  } else if (turn < 0.35) {
    const operationId = `operation-${n}`;
    entry({ type: 'operation.intended', sessionId, operationId, kind: 'printSlip' });
    if (turn < 0.3) entry({ type: 'operation.settled', sessionId, operationId, outcome: 'done' });
  } else if (turn < 0.55) {
    entry({ type: 'service.rated', sessionId, score: 'fair' });
  } else if (turn < 0.75) {
    entry({ type: 'session.opened', sessionId, mode: 'depositor' });
  } else if (turn < 0.85) {
    entry({ type: 'step.timed', sessionId, step: 'overview', milliseconds: n });
  } else if (turn < 0.95) {
    for (const stream of StreamName.options) {
      const batch = must(journal.withOutbox((outbox) => outbox.nextBatch(stream, { entries: 20, bytes: 1e6 })));
      if (!batch) continue;
      must(journal.withOutbox((outbox) => outbox.acknowledge(stream, batch.lastSeq, [])));
      promise({ kind: 'acknowledged', stream, seq: batch.lastSeq });
    }
  } else {
    // Closing moves the log into the database and starts a new one.
    journal.close();
    journal = open();
  }
}
journal.close();
closeSync(promises);

function entry(data: Parameters<typeof journal.record>[0]): void {
  const { stream, seq, head } = must(journal.record(data));
  promise({ kind: 'entry', stream, seq, head });
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`the journal answered ${result.error.code} ${result.error.detail ?? ''}`);
  return result.value;
}
