import { basename } from 'node:path';
import type { ArchiveWatch } from '../documents/archive-watch.ts';
import type { UpkeepStore } from '../store/upkeep-store.ts';
import type { BackupDesk } from './control.ts';

/** One a day is made; a day and a half without a good one is a day missed. */
const OVERDUE_MS = 36 * 3_600_000;

/** The backups the platform made of itself; each was restored elsewhere and compared before it counts. */
export function createBackupDesk(
  upkeep: Pick<UpkeepStore, 'backupRuns'>,
  configured: boolean,
  archive: Pick<ArchiveWatch, 'last'>,
): BackupDesk {
  return {
    async list(now) {
      const runs = await upkeep.backupRuns();
      const good = runs.find(({ verified, endedAt }) => verified && endedAt !== null);
      return {
        configured,
        rows: runs.map(({ startedAt, endedAt, file, bytes, verified, error }) => ({
          // Where it lies is for whoever runs the machine.
          ...{ name: basename(file), at: startedAt, bytes: bytes ?? 0, sha256: null },
          restoredAt: verified ? endedAt : null,
          ok: endedAt === null ? null : verified && error === null,
        })),
        lastAt: good?.endedAt ?? null,
        archive: await archive.last(),
        overdue: (good?.endedAt ?? 0) < now - OVERDUE_MS,
      };
    },
  };
}
