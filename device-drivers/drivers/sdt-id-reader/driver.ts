import { fail, ok, type Result } from '@kiosk/contract/kernel/result.ts';
import type { Capabilities } from '@kiosk/contract/services/devices.ts';
import { z } from 'zod';
import { SPEEDS } from '../../codec/sdt.ts';
import { sdtDllTransport } from '../../plugin/sdt-dll/transport.ts';
import { serialTransport } from '../../transport/serial.ts';
import { usbBulkTransport } from '../../transport/usb-bulk.ts';
import { systemUsbBus } from '../../transport/usb-bus.ts';
import { systemHid, usbHidTransport } from '../../transport/usb-hid.ts';
import type { Driver } from '../driver.ts';
import { readOptions } from '../options.ts';
import { COMMON_OPTIONS, DEFAULT_SETTINGS } from './settings.ts';
import { sdtIdReader } from './shell.ts';

const CAPABILITIES: Capabilities = { type: 'contactless', reads: ['text', 'photo', 'fingerprint', 'newestAddress'] };

const SerialOptions = z.strictObject({
  ...COMMON_OPTIONS,
  /** The speed the line shall have; 115200 is what modules leave the factory with. */
  baudRate: z.union(SPEEDS.map((rate) => z.literal(rate))).default(SPEEDS[0]),
  /** A module that is silent at that speed is looked for at the others. */
  search: z.boolean().default(true),
  /** A module found at another speed is told to change; otherwise it is taken as it is. */
  switchSpeed: z.boolean().default(true),
});

/** On a serial port: `"port": "/dev/serial/by-id/…"`. */
export const sdtIdCardReader: Driver<'idCardReader'> = {
  name: 'sdt-serial',
  kind: 'idCardReader',
  capabilities: CAPABILITIES,
  create(config, deps) {
    const options = readOptions(config.id, SerialOptions, config.options);
    if (!options.ok) return options;
    const { baudRate, search, switchSpeed, times } = options.value;
    const transport = serialTransport({ path: config.port, baudRate });
    return ok(sdtIdReader(transport, deps, { times, speed: baudRate, search, switchSpeed }));
  },
};

const UsbOptions = z.strictObject({
  ...COMMON_OPTIONS,
  /** Where two readers are alike. */
  serialNumber: z.string().optional(),
  interfaceNumber: z.int().min(0).max(31).default(0),
});

/** On USB without a driver of the system (bulk transfers): `"port": "usb:0400:C35A"`. */
export const sdtUsbIdCardReader: Driver<'idCardReader'> = {
  name: 'sdt-usb',
  kind: 'idCardReader',
  capabilities: CAPABILITIES,
  create(config, deps) {
    const id = readUsbId(config.id, 'usb', config.port);
    if (!id.ok) return id;
    const options = readOptions(config.id, UsbOptions, config.options);
    if (!options.ok) return options;
    const { times, ...place } = options.value;
    const transport = usbBulkTransport({ ...id.value, ...place }, systemUsbBus, deps.clock);
    return ok(sdtIdReader(transport, deps, { ...DEFAULT_SETTINGS, times, speed: undefined }));
  },
};

/** What is known of readers with HID reports comes from one vendor's kit; so whatever may differ can be set. */
const HidOptions = z.strictObject({
  ...COMMON_OPTIONS,
  serialNumber: z.string().optional(),
  /** Data bytes of a report, without its number. */
  reportSize: z.int().min(8).max(1024).default(64),
  /** Number of the reports; 0 where they are not numbered. */
  reportId: z.int().min(0).max(255).default(0),
  /** Bytes at the beginning of every report that do not belong to the frame. */
  reportHeader: z.int().min(0).max(8).default(0),
});

/** On USB as a HID device: `"port": "hid:2B8B:2721"`. */
export const sdtHidIdCardReader: Driver<'idCardReader'> = {
  name: 'sdt-hid',
  kind: 'idCardReader',
  capabilities: CAPABILITIES,
  create(config, deps) {
    const id = readUsbId(config.id, 'hid', config.port);
    if (!id.ok) return id;
    const options = readOptions(config.id, HidOptions, config.options);
    if (!options.ok) return options;
    const { times, ...framing } = options.value;
    const transport = usbHidTransport({ ...id.value, ...framing }, systemHid, systemUsbBus, deps.clock);
    return ok(sdtIdReader(transport, deps, { ...DEFAULT_SETTINGS, times, speed: undefined }));
  },
};

const DllOptions = z.strictObject({
  ...COMMON_OPTIONS,
  /** Full path of the vendor's library with the SDT_ entry points. */
  library: z.string().min(1),
  /** A call that takes longer hangs, in ms; longer than the library itself waits for its reader. */
  callWithin: z.int().positive().default(8_000),
  /** What the library wants in its environment; it gets nothing else but PATH. */
  env: z.record(z.string(), z.string()).default({}),
});

/** Through a vendor's library in a process of its own: `"port": "1001"`, 1 to 16 serial, 1001 to 1016 USB. */
export const sdtDllIdCardReader: Driver<'idCardReader'> = {
  name: 'sdt-dll',
  kind: 'idCardReader',
  capabilities: CAPABILITIES,
  create(config, deps) {
    if (!/^(10(0[1-9]|1[0-6])|[1-9]|1[0-6])$/.test(config.port)) {
      return fail('E8101', `${config.id}: port is '${config.port}', expected 1 to 16 (serial) or 1001 to 1016 (USB)`);
    }
    const options = readOptions(config.id, DllOptions, config.options);
    if (!options.ok) return options;
    const { times, ...library } = options.value;
    const transport = sdtDllTransport({ ...library, port: Number(config.port) }, deps.clock, deps.log);
    return ok(sdtIdReader(transport, deps, { ...DEFAULT_SETTINGS, times, speed: undefined }));
  },
};

function readUsbId(device: string, scheme: string, port: string): Result<{ vendorId: number; productId: number }> {
  const [, vendor, product] = new RegExp(`^${scheme}:([0-9a-f]{4}):([0-9a-f]{4})$`, 'i').exec(port) ?? [];
  if (vendor === undefined || product === undefined) {
    return fail('E8101', `${device}: port is '${port}', expected ${scheme}:VVVV:PPPP, both in hexadecimal`);
  }
  return ok({ vendorId: parseInt(vendor, 16), productId: parseInt(product, 16) });
}
