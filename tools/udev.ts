// Stable names for the devices of a terminal: npm run -s udev -- /etc/kiosk/terminal.json > 70-kiosk.rules

import { readFileSync } from 'node:fs';
import { DeviceConfig } from '@kiosk/contract/config.ts';
import { wrongFields } from '@kiosk/contract/kernel/wrong-fields.ts';
import { z } from 'zod';
import { udevRules } from './udev/rules.ts';

/** Only the devices: rules are made before keys and certificates of the terminal are there. */
const Devices = z.object({ devices: z.array(DeviceConfig) });

const file = process.argv[2] ?? process.env['KIOSK_CONFIG'];
if (file === undefined) giveUp('node tools/udev.ts TERMINAL.JSON');
else {
  const written: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const read = Devices.safeParse(written);
  const rules = read.success ? udevRules(read.data.devices) : undefined;
  if (!read.success) giveUp(wrongFields(read.error, Devices, written));
  else if (rules?.ok) process.stdout.write(rules.value);
  else giveUp(rules?.error.detail ?? '');
}

function giveUp(why: string): void {
  process.stderr.write(`${why}\n`);
  process.exitCode = 2;
}
