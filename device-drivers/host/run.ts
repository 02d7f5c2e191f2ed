import { loadConfig } from '@kiosk/contract/config-file.ts';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { forgetSoon, keepNoPool } from '@kiosk/contract/kernel/forget.ts';
import type { Failure } from '@kiosk/contract/kernel/result.ts';
import type { DeviceKind } from '@kiosk/contract/services/device-host.ts';
import type { Driver } from '../drivers/driver.ts';
import { jsonLines } from '../log.ts';
import { blameDriver } from './bay.ts';
import { frames } from './frames.ts';
import { startDeviceHost } from './host.ts';

/** EX_CONFIG of sysexits.h: starting again does not help, somebody has to mend something. */
const EXIT_CONFIG = 78;

/** The whole program: this process is the device-host of the terminal from now on, with these drivers. */
export async function runDeviceHost(drivers: ReadonlyMap<string, Driver<DeviceKind>>): Promise<void> {
  keepNoPool();
  const log = jsonLines(systemClock, 'device-host', (line) => process.stderr.write(line));
  const giveUp = ({ code, detail }: Failure) => {
    log('error', 'device-host cannot start', { code, detail });
    process.exitCode = EXIT_CONFIG;
  };

  // A bug in a driver ends that driver's connection, never this program; any other bug does.
  const onUncaught = (error: unknown) => {
    if (blameDriver(error)) return;
    log('error', 'device-host has a bug and ends', { code: 'E9006', at: frames(error) });
    process.exit(1);
  };
  process.on('uncaughtException', onUncaught).on('unhandledRejection', onUncaught);

  const loaded = loadConfig();
  if (!loaded.ok) return giveUp(loaded.error);
  const host = await startDeviceHost({
    ...loaded.value,
    drivers,
    clock: systemClock,
    log,
    onLeft: forgetSoon(systemClock),
  });
  if (!host.ok) return giveUp(host.error);
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= host.value.stop().then(() => {
      log('info', 'device-host stopped');
      process.exit(0);
    });
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}
