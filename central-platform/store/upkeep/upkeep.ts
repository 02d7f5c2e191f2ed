import { join } from 'node:path';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { PlatformConfig } from '../../config.ts';
import type { Log } from '../../log.ts';
import type { UpkeepStore } from '../upkeep-store.ts';
import { createBackups } from './backup.ts';
import { createRetention } from './retention.ts';

/** What is done to the store every day while the platform runs. */
export function beginUpkeep(parts: {
  readonly config: PlatformConfig;
  readonly store: UpkeepStore;
  readonly clock: Clock;
  readonly log: Log;
}): { close(): Promise<void> } {
  const { config, store, clock, log } = parts;
  const { retention: rule, backup, databaseUrl, dataDir } = config;
  const retention = createRetention({ store, clock, log, rule });
  const backups =
    backup &&
    createBackups({
      ...{ store, clock, log, ...backup },
      place: databaseUrl === undefined ? { file: join(dataDir, 'platform.db') } : { url: databaseUrl },
    });
  retention.begin();
  backups?.begin();
  return {
    async close() {
      await retention.close();
      await backups?.close();
    },
  };
}
