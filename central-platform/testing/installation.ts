import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import Database from 'better-sqlite3';
import { PlatformConfig, type PlatformConfigInput } from '../config.ts';
import { keySigner } from '../downlink/signer.ts';
import { keyAuthority } from '../enrolment/authority.ts';
import { jsonLog } from '../log.ts';
import { startPlatform, type PlatformParts, type RunningPlatform } from '../platform.ts';
import { postgresTables } from '../store/engine/postgres.ts';
import { sqliteTables } from '../store/engine/sqlite.ts';
import type { Db } from '../store/tables/tables.ts';
import { createTestAuthority, type Credentials, type TestAuthority } from './authority.ts';
import { createDatabase } from './engines.ts';
import { TestTerminal } from './terminal.ts';

export const TERMINALS = ['300120', '300121'] as const;
export const MANAGEMENT_TOKEN = 'management token of a test';

/** Everything one platform needs in a folder of its own, with two registered terminals and certificates from a test authority. */
export interface Installation {
  readonly dir: string;
  readonly config: PlatformConfigInput;
  readonly authority: TestAuthority;
  /** Public half: terminals wrap data keys for it. */
  readonly centreKey: KeyObject;
  /** Public half of the key that signs what goes down. */
  readonly configurationKey: KeyObject;
  readonly signingKeys: ReadonlyMap<string, KeyObject>;
  credentials(terminalId: string): Promise<Credentials>;
  remove(): void;
}

/** `parent` is the folder that gets it, for a test whose disk must be a quick one. */
export async function install(change: Partial<PlatformConfigInput> = {}, parent = tmpdir()): Promise<Installation> {
  const dir = mkdtempSync(join(parent, 'platform-'));
  // A whole suite is run once more on the other engine (tools/test/suites.ts).
  const database = process.env['KIOSK_TEST_ENGINE'] === 'postgres' ? await createDatabase() : undefined;
  const authority = await createTestAuthority('test authority');
  const file = (name: string, content: string | Buffer) => {
    writeFileSync(join(dir, name), content);
    return join(dir, name);
  };
  const server = await authority.issue('localhost', 'server');
  const configurationPair = generateKeyPairSync('ed25519');
  const configuration = configurationPair.privateKey.export({ type: 'pkcs8', format: 'pem' });
  const centre = generateKeyPairSync('x25519');
  const signingKeys = new Map<string, KeyObject>();
  const terminals = TERMINALS.map((terminalId) => {
    const pair = generateKeyPairSync('ed25519');
    signingKeys.set(terminalId, pair.privateKey);
    const signingKeyFile = file(`${terminalId}.pub`, pair.publicKey.export({ type: 'spki', format: 'pem' }));
    return { terminalId, signingKeyFile };
  });
  const config: PlatformConfigInput = {
    centre: { id: '38010000', name: { zh: '江州市住房公积金管理中心', en: 'Jiangzhou Housing Provident Fund Centre' } },
    terminalListener: {
      port: 0,
      keyFile: file('server.key', server.key),
      certificateFile: file('server.crt', server.cert),
      clientCaFile: file('ca.crt', authority.ca),
    },
    publicListener: { port: 0 },
    dataDir: join(dir, 'data'),
    centreKeyFile: file('centre.key', centre.privateKey.export({ type: 'pkcs8', format: 'pem' })),
    configurationKeyFile: file('configuration.key', configuration),
    verificationSecretFile: file('verification.secret', randomBytes(32).toString('hex')),
    managementTokenFile: file('management.token', MANAGEMENT_TOKEN),
    terminals,
    enrolment: {
      authorityKeyFile: file('authority.key', authority.keyPem),
      authorityCertificateFile: file('authority.crt', authority.ca),
    },
    synthetic: true,
    ...(database && { databaseUrl: database.url }),
    ...change,
  };
  const known = new Map<string, Promise<Credentials>>();
  return {
    dir,
    config,
    authority,
    centreKey: centre.publicKey,
    configurationKey: configurationPair.publicKey,
    signingKeys,
    credentials(terminalId) {
      // Long enough that an agent on a clock which leaps does not renew it.
      const there = known.get(terminalId) ?? authority.issue(terminalId, 'client', { from: -1, to: 400 });
      known.set(terminalId, there);
      return there;
    },
    remove() {
      rmSync(dir, { recursive: true, force: true });
      void database?.drop();
    },
  };
}

/** The tables a platform of a test works on, reached past it: for whoever alters what nobody should. */
export async function tablesOf({ config: { databaseUrl, dataDir } }: Installation): Promise<Db> {
  return databaseUrl === undefined
    ? sqliteTables(new Database(join(dataDir, 'platform.db')))
    : postgresTables(databaseUrl, 1);
}

/** A platform of a test: on loopback, with a clock that is moved by hand and a log that is kept. */
export interface TestPlatform {
  readonly installation: Installation;
  readonly clock: ManualClock;
  readonly logLines: string[];
  readonly running: RunningPlatform;
  terminal(terminalId?: string): Promise<TestTerminal>;
  /** Asks the management interface, once everything acknowledged has been projected. */
  management(path: string, init?: RequestInit): Promise<Response>;
  /** Closes and starts again on the same data. */
  restart(): Promise<void>;
  end(): Promise<void>;
}

export async function startTestPlatform(
  options: {
    readonly config?: Partial<PlatformConfigInput>;
    readonly parts?: Partial<PlatformParts>;
    readonly clock?: ManualClock;
    /** Before it starts for the first time. */
    readonly prepare?: (config: PlatformConfigInput) => Promise<void>;
  } = {},
): Promise<TestPlatform> {
  const installation = await install(options.config);
  await options.prepare?.(installation.config);
  const clock = options.clock ?? new ManualClock();
  const logLines: string[] = [];
  const log = jsonLog(
    () => clock.now(),
    (line) => void logLines.push(line),
  );
  // The process with the key has a test of its own; a start of it with every platform would only take time.
  const signer = keySigner(readFileSync(installation.config.configurationKeyFile, 'utf8'));
  const issuing = installation.authority;
  const authority = await keyAuthority(issuing.keyPem, issuing.ca);
  const terminals: TestTerminal[] = [];
  const start = async (): Promise<RunningPlatform> => {
    const started = await startPlatform(PlatformConfig.parse(installation.config), {
      clock,
      log,
      signer,
      authority,
      ...options.parts,
    });
    if (!started.ok) throw new Error(`${started.error.code} ${started.error.detail}`);
    return started.value;
  };
  let running = await start();
  const hangUp = () => terminals.splice(0).forEach((terminal) => terminal.hangUp());
  return {
    installation,
    clock,
    logLines,
    get running() {
      return running;
    },
    async terminal(terminalId = TERMINALS[0]) {
      const terminal = new TestTerminal({
        terminalId,
        url: running.terminalUrl,
        ca: installation.authority.ca,
        credentials: await installation.credentials(terminalId),
        signingKey: installation.signingKeys.get(terminalId),
      });
      terminals.push(terminal);
      return terminal;
    },
    async management(path, init) {
      await running.projected();
      return fetch(`${running.publicUrl}/management/${path}`, {
        ...init,
        headers: { authorization: `Bearer ${MANAGEMENT_TOKEN}`, 'content-type': 'application/json' },
      });
    },
    async restart() {
      hangUp();
      await running.close();
      running = await start();
    },
    async end() {
      hangUp();
      await running.close();
      installation.remove();
    },
  };
}
