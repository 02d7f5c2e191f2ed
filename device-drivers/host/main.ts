import { loadConfig } from '@kiosk/contract/config-file.ts';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import type { Failure } from '@kiosk/contract/kernel/result.ts';
import { DRIVERS } from '../drivers/table.ts';
import { jsonLines } from '../log.ts';
import { blameDriver } from './bay.ts';
import { frames } from './frames.ts';
import { startDeviceHost } from './host.ts';

/** EX_CONFIG of sysexits.h: starting again does not help, somebody has to mend something. */
const EXIT_CONFIG = 78;

const log = jsonLines(systemClock, 'device-host', (line) => process.stderr.write(line));

function giveUp({ code, detail }: Failure): void {
  log('error', 'device-host cannot start', { code, detail });
  process.exitCode = EXIT_CONFIG;
}

/** A bug in a driver ends that driver's connection, never this program; any other bug does. */
function onUncaught(error: unknown): void {
  if (blameDriver(error)) return;
  log('error', 'device-host has a bug and ends', { code: 'E9006', at: frames(error) });
  process.exit(1);
}
process.on('uncaughtException', onUncaught).on('unhandledRejection', onUncaught);

const loaded = loadConfig();
if (!loaded.ok) giveUp(loaded.error);
else {
  const host = await startDeviceHost({ ...loaded.value, drivers: DRIVERS, clock: systemClock, log });
  if (!host.ok) giveUp(host.error);
  else {
    let stopping: Promise<void> | undefined;
    const stop = () => {
      stopping ??= host.value.stop().then(() => {
        log('info', 'device-host stopped');
        process.exit(0);
      });
    };
    process.on('SIGTERM', stop).on('SIGINT', stop);
  }
}
