import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { TERMINAL, centre, must, sample, temporaryFolder } from '../../testing/journal.ts';
import { openJournal } from '../journal.ts';
import { keyProvider } from '../chain/keys.ts';
import { openStore } from './open.ts';
import { MIGRATIONS } from './schema.ts';

const open = (folder: string) =>
  must(
    openJournal({
      file: join(folder, 'journal.db'),
      terminalId: TERMINAL,
      clock: new ManualClock(),
      keys: keyProvider(Buffer.alloc(32, 7)),
      centreKey: centre.publicKey,
      roomForLog: true,
    }),
  );

test('a log that has its full size from the start: nothing makes it longer, and whenever the program ends, all is there', (t) => {
  const folder = temporaryFolder(t);
  const journal = open(folder);
  const room = statSync(join(folder, 'journal.db-wal')).size;
  assert.ok(room > 16e6, `${room} bytes`);
  for (const entries of [0, 1, 7, 300]) {
    for (let n = 0; n < entries; n++) must(journal.record(sample.audit(n)));
    const left = join(folder, `killed-after-${entries}`);
    mkdirSync(left);
    for (const end of ['', '-wal']) copyFileSync(join(folder, `journal.db${end}`), join(left, `journal.db${end}`));
    const expected = must(journal.withOutbox((outbox) => outbox.standing('audit'))).headSeq;
    const again = open(left);
    assert.equal(must(again.withOutbox((outbox) => outbox.standing('audit'))).headSeq, expected);
    assert.equal(must(again.record(sample.audit(0))).seq, expected + 1);
    again.close();
    const third = open(left);
    assert.equal(must(third.withOutbox((outbox) => outbox.standing('audit'))).headSeq, expected + 1);
    third.close();
  }
  assert.equal(statSync(join(folder, 'journal.db-wal')).size, room, 'the log grew');
  journal.close();
  open(folder).close();
});

test('a migration is in the log when that gets its size: it is still there, and so is the file', (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'journal.db');
  const older = MIGRATIONS.slice(0, -1);
  must(openStore({ file, terminalId: TERMINAL, now: 0, migrations: older })).close();
  const journal = open(folder);
  const { seq } = must(journal.record(sample.audit(0)));
  journal.close();
  const again = open(folder);
  assert.equal(must(again.withOutbox((outbox) => outbox.standing('audit'))).headSeq, seq);
  again.close();
});
