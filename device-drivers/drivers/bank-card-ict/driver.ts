import { ok } from '@kiosk/contract/kernel/result.ts';
import { z } from 'zod';
import { ICT, ICT_STATUS_LENGTH, decodeIct, encodeIct, ictCancel, ictError, ictPosition } from '../../codec/ict.ts';
import { serialTransport } from '../../transport/serial.ts';
import { traced } from '../../transport/traced.ts';
import type { Dialect } from '../bank-card-motor/dialect.ts';
import { MotorReader } from '../bank-card-motor/device.ts';
import { CARD_DATA, MOTOR_CAPABILITIES, MotorOptions } from '../bank-card-motor/options.ts';
import type { Driver } from '../driver.ts';
import { readOptions } from '../options.ts';

/** The reader finds the speed once, at the first initialisation after power-on; 8E1 with RTS/CTS. */
const Options = z.strictObject({
  ...MotorOptions,
  baudRate: z.union([9600, 19200, 38400].map((rate) => z.literal(rate))).default(9600),
  /** Cables without the two wires need false. */
  rtscts: z.boolean().default(true),
  /**
   * Data of the initialisation, hex: track formats 3 2 4 (IATA, ABA, MINTS), then what the model lets one choose, such as
   * whether it ejects a card when its power fails (30: no). Compare with the manual of the model.
   */
  initialiseData: z
    .string()
    .regex(/^([0-9A-Fa-f]{2}){0,16}$/)
    .default('33323430'),
});

/** Rest that the reader wants between its answer and the next command, ms. */
const REST_MS = 5;

/** ICT3Q8 and ICT3K. */
export function ictDialect(initialiseData: Uint8Array): Dialect {
  return {
    encode: encodeIct,
    decode: decodeIct,
    cancel: ictCancel,
    statusLength: ICT_STATUS_LENGTH,
    initialise: { ...ICT.initialiseLeave, data: initialiseData },
    status: ICT.status,
    sensors: ICT.sensors,
    enableEntry: ICT.enableEntry,
    disableEntry: ICT.disableEntry,
    toChip: ICT.pressContact,
    // 30: five volts, as EMV wants to begin.
    chipOn: { ...ICT.chipOn, data: Uint8Array.of(0x30) },
    chipApdu: (apdu) => ({ ...ICT.chipAuto, data: apdu }),
    chipOff: ICT.chipOff,
    releaseChip: ICT.releaseContact,
    stripe: [
      { command: ICT.readTrack2, track: 2 },
      { command: ICT.readTrack1, track: 1 },
    ],
    eject: ICT.eject,
    retain: (from) => (from === 'gate' ? [ICT.retrieve, ICT.capture] : [ICT.capture]),
    position: ictPosition,
    binFull: () => false,
    meaning: ictError,
  };
}

export const ictBankCardReader: Driver<'bankCardReader'> = {
  name: 'bank-card-ict',
  kind: 'bankCardReader',
  capabilities: MOTOR_CAPABILITIES,
  create(config, deps) {
    const options = readOptions(config.id, Options, config.options);
    if (!options.ok) return options;
    const { baudRate, rtscts, initialiseData, ...motor } = options.value;
    const transport = serialTransport({ path: config.port, baudRate, parity: 'even', rtscts });
    return ok(
      new MotorReader(
        traced(transport, deps.trace, CARD_DATA),
        ictDialect(Buffer.from(initialiseData, 'hex')),
        motor,
        REST_MS,
        deps,
      ),
    );
  },
};
