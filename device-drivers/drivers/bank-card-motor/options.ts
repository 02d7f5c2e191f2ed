import type { Capabilities } from '@kiosk/contract/services/devices.ts';
import { z } from 'zod';
import type { Personal } from '../../transport/traced.ts';

const ms = (initial: number) => z.number().int().positive().default(initial);

/** Options of every motorised reader; the names are those of the machine configuration. Times in ms. */
export const MotorOptions = {
  /** No ACK within this: the command is sent again. */
  ackMs: ms(300),
  tries: z.number().int().min(1).max(10).default(3),
  /** An answer may take this long; a card that is moved or a slow chip takes seconds. */
  answerMs: ms(20_000),
  /** A frame whose next byte takes longer is given up. */
  gapMs: ms(250),
  /** Between two looks at a card that is waited for: seen within 300 ms, before a hand has let go of it. */
  pollMs: ms(250),
  /** Without anything else to say, the reader is asked for its state this often. */
  heartbeatMs: ms(3_000),
  backOffFirstMs: ms(500),
  backOffMostMs: ms(10_000),
  /** A card at the gate is left for its owner this long. */
  takeWithinMs: ms(30_000),
  /** What then becomes of it: taken into the bin and counted, or left standing in the gate. */
  notTaken: z.enum(['retain', 'leave']).default('retain'),
  /** A card found inside when the reader starts: nobody knows whose visit it was. */
  cardLeftInside: z.enum(['eject', 'retain']).default('eject'),
  /** A card inside that nobody asked about for so long is given back: its visit was cut off. A session lasts 15 minutes at most. */
  longestVisitMs: ms(1_200_000),
  /** Whether to read the stripe where the chip cannot be read. */
  stripe: z.boolean().default(true),
} as const;

export const MOTOR_CAPABILITIES: Capabilities = {
  type: 'motor',
  chipProtocols: ['chipT0', 'chipT1'],
  readTracks: [2],
  control: ['eject', 'retain'],
};

/** F2, address, length, command mark, command, parameter; what stands behind it, and every answer, may be a card's. */
const COMMAND_BYTES = 7;
export const CARD_DATA: Personal = { out: (bytes) => [[COMMAND_BYTES, bytes.length]], in: () => 'all' };

const AllMotorOptions = z.object(MotorOptions);
export type MotorOptions = z.infer<typeof AllMotorOptions>;
export const DEFAULT_MOTOR_OPTIONS: MotorOptions = AllMotorOptions.parse({});
