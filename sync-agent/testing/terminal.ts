import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { TerminalConfig, socketPath } from '@kiosk/contract/config.ts';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import type { Snapshot } from '@kiosk/contract/kernel/service.ts';
import { type ServiceClient, connectService } from '@kiosk/contract/rpc/client.ts';
import { refusing } from '@kiosk/contract/rpc/refusing.ts';
import { type Handlers, hostService } from '@kiosk/contract/rpc/server.ts';
import { ok } from '@kiosk/contract/kernel/result.ts';
import { type DeviceStatus, type OperationRecord, deviceHost } from '@kiosk/contract/services/device-host.ts';
import { syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import { createTechnician } from '../provision/technician.ts';
import { TERMINAL, centre, temporaryFolder } from './journal.ts';
import { configurationKey } from './envelope.ts';
import { ending, within } from './ending.ts';
import { TestPlatform, testCatalogue } from './platform.ts';
import { testAuthority } from './tls.ts';

export const TECHNICIAN = { name: 'li', secret: 'k7m2-9qxd-0000-test' } as const;
const TOKEN = 'local-token-of-the-test';

/** One terminal's folder, keys, certificates and configuration, and a platform it can reach. */
export async function testTerminal(t: TestContext) {
  const folder = temporaryFolder(t);
  const signing = generateKeyPairSync('ed25519');
  const authority = await testAuthority(folder);
  const platform = new TestPlatform(TERMINAL, signing.publicKey);
  platform.send('catalogue', 7, testCatalogue);
  const port = await platform.listen(authority);
  ending(t, () => platform.close());
  const file = (name: string, content: string | Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  const socketDir = join(folder, 'run');
  mkdirSync(socketDir, { mode: 0o700 });
  const config = TerminalConfig.parse({
    mode: 'development',
    terminal: {
      terminalId: TERMINAL,
      centreId: '38010000',
      centreName: { zh: '江州', en: 'Jiangzhou' },
      hallName: { zh: '大厅', en: 'Hall' },
    },
    devices: [],
    platform: { url: `https://127.0.0.1:${port}`, caFile: authority.caFile, ...(await authority.issue(TERMINAL)) },
    signingKeyFile: file('signing.key', signing.privateKey.export({ type: 'pkcs8', format: 'pem' })),
    centreKeyFile: file('centre.pub', centre.publicKey.export({ type: 'spki', format: 'pem' })),
    configurationKeyFile: file('configuration.pub', configurationKey.publicKey.export({ type: 'spki', format: 'pem' })),
    techniciansFile: file(
      'technicians.json',
      JSON.stringify({ technicians: [await createTechnician(TECHNICIAN.name, TECHNICIAN.secret)] }),
    ),
    dataDir: join(folder, 'data'),
    socketDir,
    tokenFile: file('local.token', TOKEN),
  });
  const configFile = file('terminal.json', JSON.stringify(config));
  return { folder, authority, platform, port, config, configFile, token: TOKEN };
}

export type TestTerminal = Awaited<ReturnType<typeof testTerminal>>;

/** A client of the agent of this terminal, closed after the test. */
export function agentClient(t: TestContext, { config, token }: TestTerminal): ServiceClient<typeof syncAgent> {
  const client = connectService(syncAgent, { path: socketPath(config.socketDir, 'sync-agent'), token });
  ending(t, () => client.close());
  return client;
}

/** Settles with the first snapshot for which `wanted` holds; fails with the last one when none comes. */
export function until<S>(
  client: { onSnapshot(listener: (snapshot: S | undefined) => void): () => void },
  wanted: (snapshot: S) => boolean,
): Promise<S> {
  let last: S | undefined;
  const found = new Promise<S>((resolve) => {
    const off = client.onSnapshot((snapshot) => {
      last = snapshot;
      if (snapshot === undefined || !wanted(snapshot)) return;
      resolve(snapshot);
      // The first call can come before `off` is there.
      queueMicrotask(() => off());
    });
  });
  return within(found, () => `${wanted.toString()} with ${last === undefined ? 'nobody there' : JSON.stringify(last)}`);
}

/** A device-host of this process that knows the operations it is told, on the terminal's socket. */
export async function testDeviceHost(
  t: TestContext,
  { config, token }: TestTerminal,
  replaced: Partial<Handlers<typeof deviceHost>> = {},
) {
  const operations = new Map<string, OperationRecord>();
  const handlers: Handlers<typeof deviceHost> = {
    ...refusing(deviceHost),
    findOperation: async ({ operationId }) => ok(operations.get(operationId) ?? { operationId, state: 'never' }),
    selfTest: async ({ deviceId }) =>
      ok({ deviceId, passed: true, milliseconds: 12, steps: [{ name: 'answers', passed: true }] }),
    ...replaced,
  };
  const snapshot = (devices: readonly DeviceStatus[]): Snapshot<typeof deviceHost> => ({
    version: '0.1.0',
    startedAt: systemClock.now(),
    devices: [...devices],
    lastEvent: 0,
  });
  const host = hostService(deviceHost, { token, snapshot: snapshot([device('ready')]), handlers });
  await host.listen(socketPath(config.socketDir, 'device-host'));
  ending(t, () => host.close());
  return {
    operations,
    publish: (devices: readonly DeviceStatus[]) => host.publish(snapshot(devices)),
    stop: () => host.close(),
  };
}

export function device(state: DeviceStatus['state'], code?: string): DeviceStatus {
  return {
    id: 'a4-printer',
    kind: 'documentPrinter',
    driver: 'ipp',
    state,
    ...(code === undefined ? {} : { code }),
    warnings: [],
    since: 0,
    counters: { sheets: 0 },
  };
}
