import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type RunningSimulator, spawnSimulator } from '../simulators/process.ts';
import type { Check, LabCheck } from './check.ts';
import { ID_READERS } from './checks/id-readers.ts';
import { MODEM_LINES } from './checks/modem-lines.ts';
import { NAMES } from './checks/names.ts';
import { SLIP_PRINTER } from './checks/slip-printer.ts';

const ALL: readonly Check[] = [...ID_READERS, NAMES, MODEM_LINES, SLIP_PRINTER];
const NEEDS = ['/sys/class/udc/dummy_udc.3', '/sys/kernel/config/usb_gadget', '/dev/uhid'];

/** Drivers on devices that the kernel plays. Behind them is one process, devices.js beside this bundle. */
export function deviceChecks(): LabCheck[] {
  let devices: Promise<RunningSimulator> | undefined;
  const side = () => {
    // Reads inside the kernel hold a thread each until a cable is pulled.
    process.env['UV_THREADPOOL_SIZE'] = '16';
    return (devices ??= spawnSimulator(pathToFileURL(path.join(import.meta.dirname, 'devices.js')), {}));
  };
  return ALL.map((check) => ({ ...check, needs: NEEDS, run: async () => check.run(await side()) }));
}
