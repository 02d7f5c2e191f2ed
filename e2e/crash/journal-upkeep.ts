import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import type * as BackupModule from '@kiosk/sync-agent/journal/life/backup.ts';
import type * as EntriesModule from '@kiosk/sync-agent/journal/chain/entries.ts';
import type * as OpenModule from '@kiosk/sync-agent/journal/file/open.ts';
import type * as RetentionModule from '@kiosk/sync-agent/journal/life/retention.ts';
import type * as SchemaModule from '@kiosk/sync-agent/journal/file/schema.ts';
import type { Store } from '@kiosk/sync-agent/journal/file/store.ts';
import { BACKUP_FOLDER, type PromiseMade, TERMINAL } from './promises.ts';

interface Writing {
  readonly promise: (made: PromiseMade) => void;
  readonly begin: (step: string, entries?: number) => void;
}

/** Nothing is kept longer than it must: what is acknowledged and has a follower may go. */
const AT_ONCE = { keepMs: { business: 0, audit: 0, telemetry: 0 }, keepKeysMs: 0 };
const GENERATIONS = 2;

/** What happens to a journal as a whole, with the sources of a tree: the rarer steps of the workload. */
export async function journalUpkeep(source: string, clock: ManualClock) {
  const load = async <T>(file: string): Promise<T> =>
    (await import(pathToFileURL(join(source, 'journal', file)).href)) as T;
  const { makeBackup } = await load<typeof BackupModule>('life/backup.ts');
  const { entryWriter } = await load<typeof EntriesModule>('chain/entries.ts');
  const { openStore } = await load<typeof OpenModule>('file/open.ts');
  const { retention } = await load<typeof RetentionModule>('life/retention.ts');
  const { MIGRATIONS } = await load<typeof SchemaModule>('file/schema.ts');

  return {
    releases: MIGRATIONS.length,

    /** A journal as the release knew it that made schema `version`, with entries in it. */
    olderRelease(file: string, version: number, { promise, begin }: Writing): void {
      const opened = openStore({
        file,
        terminalId: TERMINAL,
        now: clock.now(),
        migrations: MIGRATIONS.slice(0, version),
      });
      if (!opened.ok) throw new Error(`the older journal answered ${opened.error.code}`);
      const store = opened.value;
      promise({ kind: 'older', version });
      const writer = entryWriter(store, TERMINAL, clock);
      for (let n = 1; n <= 3; n++) {
        begin('append', 1);
        const placed = store.write(() =>
          writer.append({ type: 'program.started', program: 'older-release', version: String(version) }),
        );
        if (!placed.ok) throw new Error(`the older journal answered ${placed.error.code}`);
        promise({ kind: 'entry', ...placed.value });
      }
      store.close();
    },

    /** Lets go of all that may go: data keys, then entries. */
    retire(store: Store, { promise, begin }: Writing): void {
      begin('retention');
      const kept = retention(store);
      const heard = kept.heard({ platformAt: clock.now(), wallAt: clock.now(), steadyMs: undefined });
      const plan = kept.plan(AT_ONCE);
      if (!heard.ok || !plan.ok) throw new Error('retention cannot be planned');
      const ended = toItsEnd(kept.carryOut(plan.value));
      if (!ended.ok) throw new Error(`retention answered ${ended.error.code}`);
      for (const { stream, entriesUpTo } of plan.value) promise({ kind: 'retired', stream, seq: entriesUpTo });
    },

    backUp(store: Store, dataDir: string, { promise, begin }: Writing): void {
      begin('backup');
      const place = {
        terminalId: TERMINAL,
        folder: join(dataDir, BACKUP_FOLDER),
        make: true,
        keep: GENERATIONS,
        reserveBytes: 0,
      };
      const made = toItsEnd(makeBackup(store, place, () => clock.now()));
      if (!made.ok) throw new Error(`the backup answered ${made.error.code} ${made.error.detail ?? ''}`);
      promise({ kind: 'backup', name: made.value.file.slice(place.folder.length + 1) });
    },
  };
}

function toItsEnd<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
