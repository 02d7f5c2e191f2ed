import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { socketPath } from '@kiosk/contract/config.ts';
import { type ServiceClient, connectService } from '@kiosk/contract/rpc/client.ts';
import { type DeviceStatus, deviceHost } from '@kiosk/contract/services/device-host.ts';
import { type Devices, EXTRA_DEVICES, startDevices } from '@kiosk/testbench/bench/machine.ts';
import { provision, readSecret, writeTerminalConfig } from '@kiosk/tools/provision/terminal.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The real device-host program with every simulated device, unpaced, and a client to drive it. */
export interface DeviceWorld {
  readonly host: ChildProcess & { readonly pid: number };
  readonly client: ServiceClient<typeof deviceHost>;
  readonly devices: Devices;
  /** Resolves when the device-host says so of the device; at once when it does already. */
  state(deviceId: string, wanted: (state: DeviceStatus['state']) => boolean): Promise<void>;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** Of the device-host. */
  readonly nodeOptions?: readonly string[];
  /** Options of drivers, by the device's name in the configuration. */
  readonly deviceOptions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export async function openDeviceWorld(dir: string, options: WorldOptions = {}): Promise<DeviceWorld> {
  const { nodeOptions = [], deviceOptions = {} } = options;
  const installation = await provision(dir);
  const machine = await startDevices({ dir, millisecondsPerPage: 0, extras: EXTRA_DEVICES });
  const devices = machine.config.map((device) => ({
    ...device,
    options: { ...device.options, ...deviceOptions[device.id] },
  }));
  const config = writeTerminalConfig(installation, { devices, platformUrl: 'https://127.0.0.1:1' });
  const host = spawn(process.execPath, [...nodeOptions, join(ROOT, 'device-drivers/host/main.ts')], {
    env: { ...process.env, KIOSK_CONFIG: config },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const client = connectService(deviceHost, {
    path: socketPath(installation.socketDir, 'device-host'),
    token: readSecret(installation.terminal.tokenFile),
  });
  const gone = new Promise<never>((_, reject) => {
    host.once('exit', (code) => reject(new Error(`the device-host ended with ${code}`)));
  });
  gone.catch(() => undefined);
  const state: DeviceWorld['state'] = async (deviceId, wanted) => {
    let off = () => {};
    const seen = new Promise<void>((resolve) => {
      off = client.onSnapshot((snapshot) => {
        const device = snapshot?.devices.find(({ id }) => id === deviceId);
        if (device && wanted(device.state)) resolve();
      });
    });
    await Promise.race([seen, gone]).finally(off);
  };
  for (const { id } of devices) await state(id, (is) => is === 'ready');
  return {
    host: host as DeviceWorld['host'],
    client,
    devices: machine,
    state,
    async close() {
      client.close();
      if (host.exitCode === null && host.signalCode === null) {
        const ended = once(host, 'exit');
        host.kill('SIGTERM');
        await ended;
      }
      await machine.stop();
    },
  };
}
