import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import { z } from 'zod';
import {
  CRT,
  CRT_STATUS_LENGTH,
  crtBinFull,
  crtCancel,
  crtError,
  crtPosition,
  decodeCrt,
  encodeCrt,
} from '../../codec/crt.ts';
import { serialTransport } from '../../transport/serial.ts';
import type { Dialect } from '../bank-card-motor/dialect.ts';
import { MotorReader } from '../bank-card-motor/device.ts';
import { MotorOptions } from '../bank-card-motor/options.ts';
import type { Driver } from '../driver.ts';

/** The reader finds the speed by itself; 8N1. */
const Options = z.strictObject({
  ...MotorOptions,
  baudRate: z.union([9600, 19200, 38400, 57600].map((rate) => z.literal(rate))).default(9600),
  /** 0 to 15, as its switches say. */
  address: z.number().int().min(0).max(15).default(0),
});

/** CRT-571 and CRT-591. */
export function crtDialect(address: number): Dialect {
  return {
    encode: (text) => encodeCrt(text, address),
    decode: decodeCrt,
    cancel: crtCancel,
    statusLength: CRT_STATUS_LENGTH,
    initialise: CRT.initialiseLeave,
    status: CRT.status,
    sensors: CRT.sensors,
    enableEntry: CRT.enableEntry,
    disableEntry: CRT.disableEntry,
    toChip: CRT.moveToChip,
    chipOn: CRT.chipReset,
    chipApdu: (apdu) => ({ ...CRT.chipAuto, data: apdu }),
    chipOff: CRT.chipOff,
    releaseChip: undefined,
    toStripe: undefined,
    stripe: [{ command: CRT.readTracks, track: 'all' }],
    eject: CRT.moveToGate,
    retain: () => [CRT.moveToBin],
    position: crtPosition,
    binFull: crtBinFull,
    meaning: crtError,
  };
}

export const crtBankCardReader: Driver<'bankCardReader'> = {
  name: 'bank-card-crt',
  kind: 'bankCardReader',
  create(config, deps) {
    const options = Options.safeParse(config.options);
    if (!options.success) return fail('E8101', `${config.id}: ${options.error.issues[0]?.path.join('.')} is wrong`);
    const { baudRate, address, ...motor } = options.data;
    const transport = serialTransport({ path: config.port, baudRate });
    return ok(new MotorReader(transport, crtDialect(address), motor, 0, deps));
  },
};
