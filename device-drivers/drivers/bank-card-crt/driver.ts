import { ok } from '@kiosk/contract/kernel/result.ts';
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
import { traced } from '../../transport/traced.ts';
import type { Dialect } from '../bank-card-motor/dialect.ts';
import { MotorReader } from '../bank-card-motor/device.ts';
import { CARD_DATA, MOTOR_CAPABILITIES, MotorOptions } from '../bank-card-motor/options.ts';
import type { Driver } from '../driver.ts';
import { readOptions } from '../options.ts';

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
  capabilities: MOTOR_CAPABILITIES,
  create(config, deps) {
    const options = readOptions(config.id, Options, config.options);
    if (!options.ok) return options;
    const { baudRate, address, ...motor } = options.value;
    const transport = serialTransport({ path: config.port, baudRate });
    return ok(new MotorReader(traced(transport, deps.trace, CARD_DATA), crtDialect(address), motor, 0, deps));
  },
};
