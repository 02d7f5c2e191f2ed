import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DeviceConfig, type TerminalConfig, socketPath } from '@kiosk/contract/config.ts';
import type { Snapshot } from '@kiosk/contract/kernel/service.ts';
import { type ServiceClient, connectService } from '@kiosk/contract/rpc/client.ts';
import { deviceHost } from '@kiosk/contract/services/device-host.ts';

const MAIN = fileURLToPath(import.meta.resolve('@kiosk/device-drivers/host/main.ts'));
const TOKEN = 'token-of-a-test';

type HostSnapshot = Snapshot<typeof deviceHost>;

/** The device-host as the supervisor starts it, in a folder of its own, and a program that talks to it. */
export class DeviceHostUnderTest {
  readonly dir = mkdtempSync(join(tmpdir(), 'device-host-'));
  readonly client: ServiceClient<typeof deviceHost>;
  /** Everything it wrote to its log. */
  log = '';
  readonly #main: string;
  #child: ChildProcess | undefined;

  /** `main`: another program than the product's own, with other drivers. */
  constructor(main: string = MAIN) {
    this.#main = main;
    writeFileSync(join(this.dir, 'token'), TOKEN);
    this.client = connectService(deviceHost, { path: socketPath(this.dir, 'device-host'), token: TOKEN });
  }

  start(devices: readonly DeviceConfig[]): void {
    const file = (name: string) => join(this.dir, name);
    const config: TerminalConfig = {
      mode: 'development',
      terminal: {
        terminalId: '380101',
        centreId: '38010000',
        centreName: { zh: '江州市住房公积金管理中心', en: 'Jiangzhou Housing Provident Fund Centre' },
        hallName: { zh: '望江大厅', en: 'Wangjiang hall' },
      },
      devices: [...devices],
      platform: {
        url: 'https://localhost:1',
        caFile: file('ca'),
        certificateFile: file('certificate'),
        keyFile: file('key'),
      },
      signingKeyFile: file('signing'),
      centreKeyFile: file('centre'),
      configurationKeyFile: file('configuration'),
      techniciansFile: file('technicians'),
      dataDir: this.dir,
      socketDir: this.dir,
      tokenFile: file('token'),
    };
    writeFileSync(file('terminal.json'), JSON.stringify(config));
    const child = spawn(process.execPath, [this.#main], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, KIOSK_CONFIG: file('terminal.json') },
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.log += text));
    this.#child = child;
  }

  /** Resolves with the first snapshot, the present one included, that is as wanted. */
  until(wanted: (snapshot: HostSnapshot) => boolean): Promise<HostSnapshot> {
    return new Promise((resolve) => {
      let stopListening = () => {};
      let found = false;
      stopListening = this.client.onSnapshot((snapshot) => {
        if (found || !snapshot || !wanted(snapshot)) return;
        found = true;
        setImmediate(() => stopListening());
        resolve(snapshot);
      });
    });
  }

  allReady(): Promise<HostSnapshot> {
    return this.until(({ devices }) => devices.every(({ state }) => state === 'ready'));
  }

  /** Ends it and waits; answers with its exit code, or null when a signal ended it. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
    this.#child?.kill(signal);
    return this.exited();
  }

  async exited(): Promise<number | null> {
    const child = this.#child;
    if (!child) return null;
    if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
    return child.exitCode;
  }

  async close(): Promise<void> {
    this.client.close();
    await this.end('SIGKILL');
    rmSync(this.dir, { recursive: true });
  }
}
