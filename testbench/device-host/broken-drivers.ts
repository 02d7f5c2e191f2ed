import { ok } from '@kiosk/contract/kernel/result.ts';
import type { DeviceKind } from '@kiosk/contract/services/device-host.ts';
import type { CodeScannerDevice, Driver } from '@kiosk/device-drivers/drivers/driver.ts';
import { runDeviceHost } from '@kiosk/device-drivers/host/run.ts';

/** Where a driver of this program fails, by its name in the configuration: one bug for each way code can end up in. */
const BUGS = {
  timer: () => void setTimeout(fail, 20),
  promise: () => void Promise.resolve().then(fail),
  start: fail,
} as const;

function fail(): never {
  throw new Error('a bug in a driver');
}

const healthy: CodeScannerDevice = {
  start: () => {},
  status: () => ({ state: 'ready', warnings: [] }),
  selfTest: () => Promise.resolve([]),
  stop: () => Promise.resolve(),
  scan: () => new Promise(() => {}),
};

/** The bug shows at the first start and not again, so that a test sees the device come back. */
function broken(name: string, bug: () => void): Driver<'codeScanner'> {
  let started = 0;
  return {
    name,
    kind: 'codeScanner',
    create: () => ok({ ...healthy, start: () => void (started++ === 0 && bug()) }),
  };
}

const drivers: readonly Driver<DeviceKind>[] = [
  { name: 'healthy', kind: 'codeScanner', create: () => ok(healthy) } satisfies Driver<'codeScanner'>,
  ...Object.entries(BUGS).map(([name, bug]) => broken(name, bug)),
];

await runDeviceHost(new Map(drivers.map((driver) => [driver.name, driver])));
