import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlatformConfigInput } from '@kiosk/central-platform/config.ts';
import { openSqliteStore } from '@kiosk/central-platform/store/sqlite/sqlite-store.ts';
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
  /** Other program than the platform's own, for a weak build. */
  readonly entry?: string;
  /** Words before `node`: taskset -c 0. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The real platform as the program it is, beside the fleet, with all its terminals registered. */
export interface FleetPlatform {
  readonly address: Address;
  /** Of the gateway and of what it started. */
  readonly pid: () => number;
  /** Ends without a word, as when the power goes. */
  kill(): Promise<void>;
  /** Again on the same port and the same data. */
  start(): Promise<void>;
  stop(): Promise<void>;
  openStore(): Promise<Store>;
}

export async function startFleetPlatform(options: PlatformOptions): Promise<FleetPlatform> {
  const { folder, credentials, databaseUrl } = options;
  const port = await freePort(0);
  const configFile = await preparePlatform(options, port);

  let program: Program | undefined;
  const start = async (): Promise<void> => {
    const env = {
      PLATFORM_CONFIG: configFile,
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
      ...options.env,
    };
    program = startProgram(options.entry ?? 'central-platform/main.ts', env, join(folder, 'platform.log'));
    await program.ready;
  };
  await start();
  return {
    address: { port, ca: credentials.ca },
    pid: () => program!.pid,
    start,
    kill: () => program!.kill(),
    stop: () => program!.stop(),
    openStore: () => openFleetStore(options),
  };
}

/** Its files and its database with every terminal registered; answers where its configuration is. */
export async function preparePlatform(options: PlatformOptions, port: number): Promise<string> {
  mkdirSync(join(options.folder, 'data'), { recursive: true });
  const store = await openFleetStore(options);
  const at = Date.now();
  for (const { terminalId, signingKeyPem } of options.credentials.members) {
    await store.terminals.register(terminalId, signingKeyPem, at);
  }
  await store.close();
  return writeConfig(options, port);
}

/** What a platform keeps, opened beside it or after it. */
export async function openFleetStore({ folder }: PlatformOptions): Promise<Store> {
  const opened = await openSqliteStore(join(folder, 'data/platform.db'));
  if (!opened.ok) throw new Error(`${opened.error.code} ${opened.error.detail}`);
  return opened.value;
}

function writeConfig({ folder, credentials, limits }: PlatformOptions, port: number): string {
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content, { mode: 0o600 });
    return join(folder, name);
  };
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
    ...(limits === undefined ? {} : { limits }),
  };
  return file('platform.json', JSON.stringify(config));
}
