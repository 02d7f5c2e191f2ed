// One device of a machine, tried out before the machine goes to work: npm run device-test -- /etc/kiosk/terminal.json id-reader

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeviceConfig } from '@kiosk/contract/config.ts';
import { wrongFields } from '@kiosk/contract/kernel/wrong-fields.ts';
import { z } from 'zod';

/** Only the devices: they are tried before keys and certificates of the terminal are there. */
const Devices = z.object({ devices: z.array(DeviceConfig) });
const SUITES = join(import.meta.dirname, '../device-drivers/suites/hardware.test.ts');

process.exitCode = await main(process.argv[2], process.argv[3]);

async function main(file: string | undefined, id: string | undefined): Promise<number> {
  if (file === undefined || id === undefined) return giveUp('npm run device-test -- TERMINAL.JSON DEVICE');
  const written: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const read = Devices.safeParse(written);
  if (!read.success) return giveUp(wrongFields(read.error, Devices, written));
  const { devices } = read.data;
  const config = devices.find((device) => device.id === id);
  if (!config) return giveUp(`no device ${id} in ${file}; there are ${devices.map((device) => device.id).join(', ')}`);
  const suite = spawn(process.execPath, ['--test', '--test-reporter=spec', SUITES], {
    env: { ...process.env, KIOSK_TEST_DEVICE: JSON.stringify(config) },
    stdio: 'inherit',
  });
  const [code] = (await once(suite, 'exit')) as [number | null];
  return code ?? 1;
}

function giveUp(why: string): number {
  process.stderr.write(`${why}\n`);
  return 2;
}
