import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { socketPath } from '@kiosk/contract/config.ts';
import { type ServiceClient, connectService } from '@kiosk/contract/rpc/client.ts';
import { deviceHost } from '@kiosk/contract/services/device-host.ts';
import { type RunningSimulator, spawnSimulator } from '@kiosk/testbench/simulators/process.ts';
import { provision, readSecret, writeTerminalConfig } from '@kiosk/tools/provision/terminal.ts';

const ROOT = join(import.meta.dirname, '../..');
const simulatorMain = (name: string) => new URL(`../../testbench/simulators/${name}/main.ts`, import.meta.url);

/** The real device-host program with every simulated device, unpaced, and a client to drive it. */
export interface DeviceWorld {
  readonly host: ChildProcess & { readonly pid: number };
  readonly client: ServiceClient<typeof deviceHost>;
  readonly idReader: RunningSimulator;
  close(): Promise<void>;
}

export async function openDeviceWorld(dir: string, nodeOptions: readonly string[] = []): Promise<DeviceWorld> {
  const installation = await provision(dir);
  const [idReader, slipPrinter, documentPrinter] = await Promise.all([
    spawnSimulator(simulatorMain('id-reader'), { dir }),
    spawnSimulator(simulatorMain('slip-printer'), { dir }),
    spawnSimulator(simulatorMain('document-printer'), { dir, millisecondsPerPage: 0 }),
  ]);
  const device = (id: string, driver: string, simulator: RunningSimulator) => ({
    id,
    driver,
    port: String(simulator.ready['port']),
    options: {},
  });
  const config = writeTerminalConfig(installation, {
    devices: [
      device('id-reader', 'sdt-serial', idReader),
      device('slip-printer', 'escpos', slipPrinter),
      device('a4-printer', 'ipp', documentPrinter),
    ],
    platformUrl: 'https://127.0.0.1:1',
  });
  const host = spawn(process.execPath, [...nodeOptions, join(ROOT, 'device-drivers/host/main.ts')], {
    env: { ...process.env, KIOSK_CONFIG: config },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const client = connectService(deviceHost, {
    path: socketPath(installation.socketDir, 'device-host'),
    token: readSecret(installation.terminal.tokenFile),
  });
  await new Promise<void>((resolve, reject) => {
    host.once('exit', (code) => reject(new Error(`the device-host ended with ${code}`)));
    client.onSnapshot((snapshot) => {
      const ready = snapshot?.devices.filter(({ state }) => state === 'ready').length ?? 0;
      if (ready === 3) resolve();
    });
  });
  return {
    host: host as DeviceWorld['host'],
    client,
    idReader,
    async close() {
      client.close();
      if (host.exitCode === null && host.signalCode === null) {
        const ended = once(host, 'exit');
        host.kill('SIGTERM');
        await ended;
      }
      await Promise.all([idReader, slipPrinter, documentPrinter].map((simulator) => simulator.stop()));
    },
  };
}
