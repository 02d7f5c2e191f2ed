// Writes journal/file/fixtures/journal-v<N>.db: a journal as the release that knew N migrations left it. Run once for each new
// schema, before it is released, and never again: the file then stands for every machine that has one.
//   node sync-agent/testing/make-fixture.ts N

import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { entryWriter } from '../journal/chain/entries.ts';
import { openStore } from '../journal/file/open.ts';
import { MIGRATIONS } from '../journal/file/schema.ts';
import { TERMINAL, intended, must, sample } from './journal.ts';

const version = Number(process.argv[2]);
const folder = join(import.meta.dirname, '../journal/file/fixtures');
const fixture = join(folder, `journal-v${version}.db`);
if (!Number.isInteger(version) || version < 1 || version > MIGRATIONS.length) throw new Error('which schema?');
if (existsSync(fixture)) throw new Error(`${fixture} is there and stays as it is`);

const made = mkdtempSync(join(tmpdir(), 'kiosk-fixture-'));
try {
  const clock = new ManualClock();
  const store = must(
    openStore({
      file: join(made, 'journal.db'),
      terminalId: TERMINAL,
      now: clock.now(),
      migrations: MIGRATIONS.slice(0, version),
    }),
  );
  const writer = entryWriter(store, TERMINAL, clock);
  must(
    store.write(() => {
      for (let n = 1; n <= 20; n++) for (const entry of Object.values(sample)) writer.append(entry(n));
      const { seq } = writer.append(intended('print-1'));
      store.db
        .prepare(`INSERT INTO intent (operation_id, session_id, intended_seq) VALUES ('print-1', 's', ?)`)
        .run(seq);
      store.db.exec(`UPDATE stream SET acknowledged_seq = 12 WHERE name = 'audit'`);
    }),
  );
  mkdirSync(folder, { recursive: true });
  store.db.prepare('VACUUM INTO ?').run(fixture);
  store.close();
} finally {
  rmSync(made, { recursive: true });
}
