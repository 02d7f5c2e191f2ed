// The checks of the laboratory, inside its machine, bundled. What they find goes over the console, a marked line each.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type CheckResult, markedLine } from '@kiosk/tools/lab/lines.ts';
import { spawnSimulator } from '../simulators/process.ts';
import type { Check, DeviceSide } from './check.ts';
import { ID_READERS } from './checks/id-readers.ts';
import { MODEM_LINES } from './checks/modem-lines.ts';
import { NAMES } from './checks/names.ts';
import { SLIP_PRINTER } from './checks/slip-printer.ts';

const ALL: readonly Check[] = [...ID_READERS, NAMES, MODEM_LINES, SLIP_PRINTER];
/** Named on the command line; none named: all. */
const only = process.argv.slice(2);
const CHECKS = ALL.filter(({ id }) => only.length === 0 || only.includes(id));
/** Each ends within a few seconds, in emulation too. */
const LIMIT_MS = 45_000;

console.log(markedLine({ plan: CHECKS.map(({ id, title }) => ({ id, title })) }));
const missing = ['/sys/class/udc/dummy_udc.3', '/sys/kernel/config/usb_gadget', '/dev/uhid'].find(
  (it) => !existsSync(it),
);
if (missing !== undefined) {
  const detail = `the kernel has no ${missing}: a module of tools/lab/prepare.ts was not loaded`;
  for (const { id } of CHECKS) console.log(markedLine({ id, result: 'NOT RUN', detail, seconds: 0 }));
} else {
  // Reads inside the kernel hold a thread each until a cable is pulled.
  process.env['UV_THREADPOOL_SIZE'] = '16';
  const devices = await spawnSimulator(pathToFileURL(path.join(import.meta.dirname, 'devices.js')), {});
  for (const check of CHECKS) console.log(markedLine(await result(check, devices)));
  // A file that is being read inside the kernel would hold up an orderly end.
  process.kill(devices.pid, 'SIGKILL');
}
process.exit(0);

async function result(check: Check, side: DeviceSide): Promise<CheckResult> {
  const startedAt = performance.now();
  const outcome = await limited(check, side).then(
    (detail) => ({ result: 'PASS', detail }) as const,
    (error: unknown) => ({ result: 'FAIL', detail: words(error) }) as const,
  );
  return { id: check.id, ...outcome, seconds: (performance.now() - startedAt) / 1_000 };
}

async function limited(check: Check, side: DeviceSide): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not finished after ${LIMIT_MS / 1_000} s`)), LIMIT_MS);
  });
  return Promise.race([check.run(side), late]).finally(() => clearTimeout(timer));
}

/** Cards of this laboratory are synthetic people's; what was expected and found may be shown. */
function words(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
