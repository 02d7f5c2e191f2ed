import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { currentCatalogue } from '@kiosk/central-platform/catalogue/catalogue.ts';
import { createConfigurationOffice } from '@kiosk/central-platform/downlink/office.ts';
import { keySigner } from '@kiosk/central-platform/downlink/signer.ts';
import { createFleet, fleetHandlers } from '@kiosk/central-platform/management/fleet.ts';
import type { Caller } from '@kiosk/central-platform/management/sessions.ts';
import { openPostgresStore } from '@kiosk/central-platform/store/postgres-store.ts';
import { openSqliteStore } from '@kiosk/central-platform/store/sqlite/sqlite-store.ts';
import type { Store } from '@kiosk/central-platform/store/store.ts';
import { startPostgres } from '@kiosk/central-platform/testing/postgres.ts';
import { whyNoPostgres } from '@kiosk/central-platform/testing/postgres-programs.ts';
import type { Measure } from '../harness/figure.ts';
import { withFolder } from '../harness/scratch.ts';
import { median, rounded, timed } from '../harness/statistics.ts';

const TERMINALS = 10_000;
const ROUNDS = 15;
const WARM_UP = 3;

/** The page of the fleet as the console answers it, with every terminal of a large city in the store. */
export const consolePage: Measure = async ({ tell }) => {
  const missing = whyNoPostgres();
  if (missing !== undefined) return { reason: missing };
  return withFolder(async (folder) => {
    const sqlite = await opened(openSqliteStore(join(folder, 'platform.db')));
    tell('10,000 terminals in SQLite');
    const beside = await measured(sqlite);
    const postgres = await startPostgres();
    try {
      tell('10,000 terminals in PostgreSQL');
      const found = await measured(await opened(openPostgresStore(postgres.url('postgres'))));
      const ms = (runs: readonly number[]) => rounded(median(runs));
      return {
        runs: found.first,
        against: {
          'a search, PostgreSQL ms': ms(found.search),
          'counts for the navigation, PostgreSQL ms': ms(found.counts),
          'first page, SQLite ms': ms(beside.first),
          'a search, SQLite ms': ms(beside.search),
          'counts for the navigation, SQLite ms': ms(beside.counts),
          'bytes of the answer': found.bytes,
        },
      };
    } finally {
      await postgres.end();
    }
  });
};

async function opened(
  opening: ReturnType<typeof openSqliteStore> | ReturnType<typeof openPostgresStore>,
): Promise<Store> {
  const store = await opening;
  if (!store.ok) throw new Error(`the store does not open: ${store.error.code}`);
  return store.value;
}

async function measured(store: Store) {
  try {
    await fill(store);
    const { privateKey } = generateKeyPairSync('ed25519');
    const signer = keySigner(String(privateKey.export({ type: 'pkcs8', format: 'pem' })));
    const configuration = createConfigurationOffice({
      ...{ clock: systemClock, store: store.configuration, signer, centreId: '38010000' },
    });
    await configuration.begin(currentCatalogue('12329'));
    const counter = { refresh: async () => {}, close: async () => {} };
    const parts = { clock: systemClock, store, configuration, counter };
    const fleet = createFleet(parts);
    const { fleet: page } = fleetHandlers({ ...parts, fleet });
    const nobody = {} as Caller;
    const first = () => page({ limit: 100 }, nobody);
    const answer = await first();
    if (!answer.ok || answer.value.terminals.length !== 100) throw new Error('the page is not whole');
    const runs = async (work: () => Promise<unknown>): Promise<number[]> => {
      for (let n = 0; n < WARM_UP; n++) await work();
      const found: number[] = [];
      for (let n = 0; n < ROUNDS; n++) found.push(await timed(work));
      return found;
    };
    return {
      first: await runs(first),
      search: await runs(() => page({ limit: 100, words: '301234' }, nobody)),
      counts: await runs(() => fleet.counts()),
      bytes: JSON.stringify(answer.value).length,
    };
  } finally {
    await store.close();
  }
}

/** Heartbeats as long as real ones, one machine in twenty with something to look at. */
async function fill(store: Store): Promise<void> {
  const now = systemClock.now();
  for (let n = 0; n < TERMINALS; n++) {
    const terminalId = String(300_000 + n);
    await store.terminals.register(terminalId, 'not a key: nobody signs here', now - 86_400_000);
    const position = { x: (n * 37) % 1000, y: (n * 91) % 1000 };
    await store.places.placeTerminal({ terminalId, branchId: `branch-${n % 200}`, hall: `Hall ${n % 7}`, position });
    const device = (id: string, level: string) => ({
      ...{ id, kind: id, state: n % 40 === 7 && id === 'slip-printer' ? 'fault' : 'ready', warnings: [] },
      supplies: [{ kind: 'paper', name: 'Tray 1', level, percent: 60 }],
    });
    const devices = ['id-reader', 'slip-printer', 'document-printer', 'code-scanner', 'pin-pad', 'camera'].map((id) =>
      device(id, n % 40 === 9 ? 'low' : 'full'),
    );
    const pending = { business: 0, audit: 3, telemetry: 40 };
    const applied = { catalogue: 1, parameters: 1, command: 0 };
    await store.terminals.heartbeat(terminalId, n % 500 === 3 ? now - 3_600_000 : now, {
      ...{ programVersion: '1.0.0', applied, commands: [], devices, pending },
    });
  }
}
