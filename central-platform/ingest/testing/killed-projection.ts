// A process of the platform that dies the moment it tells of what it has just written: node killed-projection.ts STORE_FILE
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import { createVault } from '../../vault.ts';
import { createProjection } from '../projection.ts';

const store = await openSqliteStore(process.argv[2]!);
if (!store.ok) throw new Error(store.error.code);
const projection = createProjection({
  ...{ store: store.value, clock: new ManualClock(), vault: createVault('a secret of a test that is long enough') },
  log: () => {},
  unwrapper: { unwrap: async (wrapped) => wrapped.map(() => null), close: async () => {} },
  async arrived() {
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => {});
  },
});
await projection.idle();
