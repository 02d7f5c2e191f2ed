import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlatformConfigInput } from '@kiosk/central-platform/config.ts';
import { openStore as openPlatformStore } from '@kiosk/central-platform/store/open-store.ts';
import type { Store } from '@kiosk/central-platform/store/store.ts';
import { freePort } from '@kiosk/tools/dev/ports.ts';
import { type Program, startProgram } from '../harness/program.ts';
import type { FleetCredentials } from './simulator/credentials.ts';
import type { Address } from './simulator/connection.ts';

export interface PlatformOptions {
  /** A folder that whoever calls removes. */
  readonly folder: string;
  readonly credentials: FleetCredentials;
  readonly limits?: PlatformConfigInput['limits'];
  /** As DATABASE_URL names it; without it SQLite in the folder. */
  readonly databaseUrl?: string | undefined;
  /** Gateway processes on one database; more than one only with PostgreSQL. */
  readonly processes?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** The real platform as the program it is, beside the fleet, with all its terminals registered. */
export interface FleetPlatform {
  /** Where a terminal finds it: several processes share the terminals as behind a balancer that goes by address. */
  address(terminal: number): Address;
  pids(): number[];
  /** Ends without a word, as when the power goes. */
  kill(): Promise<void>;
  /** Again on the same ports and the same data. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** What it keeps, opened beside it or after it. */
  openStore(): Promise<Store>;
}

export async function startFleetPlatform(options: PlatformOptions): Promise<FleetPlatform> {
  const { folder, credentials, processes = 1 } = options;
  const ports: number[] = [];
  const files: string[] = [];
  for (let n = 0; n < processes; n++) {
    ports.push(await freePort(0));
    if (n === 0) await registerAll(options);
    files.push(writeConfig(options, ports[n]!, n));
  }
  let programs: Program[] = [];
  const start = async (): Promise<void> => {
    programs = files.map((PLATFORM_CONFIG, n) => {
      const env = { PLATFORM_CONFIG, ...options.env };
      return startProgram('central-platform/main.ts', env, join(folder, `platform-${n}.log`));
    });
    await Promise.all(programs.map(({ ready }) => ready)).catch(async (error: unknown) => {
      await Promise.all(programs.map((program) => program.kill()));
      throw error;
    });
  };
  await start();
  return {
    address: (terminal) => ({ port: ports[terminal % processes]!, ca: credentials.ca }),
    pids: () => programs.map(({ pid }) => pid),
    start,
    kill: async () => void (await Promise.all(programs.map((program) => program.kill()))),
    stop: async () => void (await Promise.all(programs.map((program) => program.stop()))),
    openStore: () => openFleetStore(options),
  };
}

/** Its files and its database with every terminal registered; answers where its configuration is. */
export async function preparePlatform(options: PlatformOptions, port: number): Promise<string> {
  await registerAll(options);
  return writeConfig(options, port, 0);
}

async function registerAll(options: PlatformOptions): Promise<void> {
  const store = await openFleetStore(options);
  const at = Date.now();
  const members = [...options.credentials.members];
  // Side by side, as many as a store has connections.
  const worker = async (): Promise<void> => {
    for (let next = members.pop(); next; next = members.pop()) {
      await store.terminals.register(next.terminalId, next.signingKeyPem, at);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  await store.close();
}

/** What a platform keeps, opened beside it or after it. */
export async function openFleetStore({ folder, databaseUrl }: PlatformOptions): Promise<Store> {
  const opened = await openPlatformStore({ dataDir: join(folder, 'data'), databaseUrl });
  if (!opened.ok) throw new Error(`${opened.error.code} ${opened.error.detail}`);
  return opened.value;
}

/** Keys are made once: processes of one centre have the same. */
function writeConfig(
  { folder, credentials, limits, databaseUrl }: PlatformOptions,
  port: number,
  process: number,
): string {
  const file = (name: string, content: string) => {
    const path = join(folder, name);
    if (process === 0 || name === configName) writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  const configName = `platform-${process}.json`;
  const secretKey = (kind: 'x25519' | 'ed25519') =>
    (kind === 'x25519' ? generateKeyPairSync('x25519') : generateKeyPairSync('ed25519')).privateKey
      .export({ type: 'pkcs8', format: 'pem' })
      .toString();
  const config: PlatformConfigInput = {
    centre: { id: '38010000', name: { zh: '江州市住房公积金管理中心', en: 'Jiangzhou Housing Provident Fund Centre' } },
    terminalListener: {
      port,
      keyFile: file('server.key', credentials.server.key),
      certificateFile: file('server.crt', credentials.server.cert),
      clientCaFile: file('ca.crt', credentials.ca),
    },
    publicListener: { port: 0 },
    dataDir: join(folder, 'data'),
    centreKeyFile: file('centre.key', secretKey('x25519')),
    configurationKeyFile: file('configuration.key', secretKey('ed25519')),
    verificationSecretFile: file('verification.secret', randomBytes(32).toString('hex')),
    managementTokenFile: file('management.token', randomBytes(16).toString('hex')),
    synthetic: true,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(limits === undefined ? {} : { limits }),
  };
  return file(configName, JSON.stringify(config));
}
