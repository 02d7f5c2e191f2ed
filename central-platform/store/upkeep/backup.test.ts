import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { createIntake } from '../../ingest/intake.ts';
import { createDatabase, engines } from '../../testing/engines.ts';
import { TestJournal } from '../../testing/terminal.ts';
import { openPostgresStore } from '../postgres-store.ts';
import { openSqliteStore } from '../sqlite/sqlite-store.ts';
import type { Store } from '../store.ts';
import { createBackups } from './backup.ts';
import { copiesOf, type Place } from './copies.ts';

const TERMINAL = '300120';
const { privateKey, publicKey } = generateKeyPairSync('ed25519');

const openAt = (place: Place) => ('file' in place ? openSqliteStore(place.file) : openPostgresStore(place.url));

async function filled(t: TestContext, place: Place, clock: ManualClock): Promise<Store> {
  const opened = await openAt(place);
  assert.ok(opened.ok, JSON.stringify(opened));
  const store = opened.value;
  t.after(() => store.close());
  await store.terminals.register(TERMINAL, publicKey.export({ type: 'spki', format: 'pem' }).toString(), clock.now());
  const journal = new TestJournal({ terminalId: TERMINAL, signingKey: privateKey }, 'telemetry');
  for (let i = 0; i < 40; i++) journal.write({ type: 'device.changed', deviceId: `d${i}`, state: 'online' });
  const terminal = (await store.terminals.get(TERMINAL))!;
  assert.ok((await createIntake(store, clock, () => {}).receive(terminal, journal.batch())).ok);
  return store;
}

for (const { name, skip, place: placeOf } of engines) {
  test(
    `a backup is restored elsewhere and compared before it counts; the newest few are kept (${name})`,
    { skip },
    async (t) => {
      const clock = new ManualClock();
      const place = await placeOf(t);
      const store = await filled(t, place, clock);
      const folder = mkdtempSync(join(tmpdir(), 'backup-'));
      t.after(() => rmSync(folder, { recursive: true, force: true }));
      const office = createBackups({ store: store.upkeep, place, folder, keep: 1, clock, log: () => {} });
      for (let day = 0; day < 2; day++) {
        const done = await office.run();
        assert.ok(done.ok, JSON.stringify(done));
        assert.ok(done.value.verified && done.value.compared! >= 80, 'every key and body was compared');
        clock.advance(86_400_000);
      }
      const files = readdirSync(folder);
      assert.equal(files.length, 1, `kept: ${files.join()}`);
      assert.equal((await store.upkeep.backupRuns()).length, 2);

      const [newest] = await store.upkeep.backupRuns();
      const to = 'file' in place ? { file: join(folder, 'again.db') } : { url: (await emptyDatabase(t)).url };
      const restored = await copiesOf(to).restore(join(folder, newest!.file), 'file' in to ? to.file : to.url);
      assert.ok(restored.ok, JSON.stringify(restored));
      const again = await openAt(to);
      assert.ok(again.ok, JSON.stringify(again));
      t.after(() => again.value.close());
      assert.deepEqual(await again.value.journal.standings(TERMINAL), await store.journal.standings(TERMINAL));
      assert.equal((await again.value.journal.exact(TERMINAL, 'telemetry', 0, 100)).length, 40);
    },
  );

  test(
    `a copy that was cut short, or is older than what was acknowledged, is no backup (${name})`,
    { skip },
    async (t) => {
      const clock = new ManualClock();
      const place = await placeOf(t);
      await filled(t, place, clock);
      const folder = mkdtempSync(join(tmpdir(), 'backup-'));
      t.after(() => rmSync(folder, { recursive: true, force: true }));
      const copies = copiesOf(place);
      const copy = join(folder, `copy.${copies.ending}`);
      assert.ok((await copies.make(copy)).ok);
      const later = await copies.proven(copy, new Map([[`${TERMINAL} telemetry`, 41]]));
      assert.ok(!later.ok && /restored up to 40/.test(later.error.detail ?? ''), JSON.stringify(later));
      const bytes = readFileSync(copy);
      writeFileSync(copy, bytes.subarray(0, bytes.length / 2));
      const cut = await copies.proven(copy, new Map());
      assert.ok(!cut.ok && cut.error.code === 'E6110', JSON.stringify(cut));
    },
  );
}

async function emptyDatabase(t: TestContext) {
  const made = await createDatabase({ empty: true });
  t.after(() => made.drop());
  return made;
}
