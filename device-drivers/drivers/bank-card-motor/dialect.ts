import type { CardPosition } from '@kiosk/contract/services/devices.ts';
import type { Decoded, ErrorMeaning, ReaderAnswer, ReaderCommand } from '../../codec/f2.ts';

/** How one family says what every motorised reader does. */
export interface Dialect {
  readonly encode: (text: Uint8Array) => Uint8Array;
  readonly decode: (pending: Uint8Array, chunk: Uint8Array) => Decoded;
  readonly cancel: Uint8Array;
  readonly statusLength: number;
  /** Leaves a card where it is. Its answer's data is the firmware's name. */
  readonly initialise: ReaderCommand;
  readonly status: ReaderCommand;
  readonly sensors: ReaderCommand;
  readonly enableEntry: ReaderCommand;
  readonly disableEntry: ReaderCommand;
  /** Brings the contacts to the chip of a card that is inside. */
  readonly toChip: ReaderCommand;
  readonly chipOn: ReaderCommand;
  readonly chipApdu: (apdu: Uint8Array) => ReaderCommand;
  readonly chipOff: ReaderCommand;
  /** Absent where moving the card takes the contacts away by itself. */
  readonly releaseChip: ReaderCommand | undefined;
  /** Read on the way in. In this order until one gives a number; empty: no magnetic head. */
  readonly stripe: readonly { readonly command: ReaderCommand; readonly track: 1 | 2 | 'all' }[];
  readonly eject: ReaderCommand;
  /** One after the other, from that position. */
  readonly retain: (from: CardPosition) => readonly ReaderCommand[];
  readonly position: (answer: ReaderAnswer) => 'none' | 'gate' | 'inside' | undefined;
  readonly binFull: (answer: ReaderAnswer) => boolean;
  readonly meaning: (errorCode: string) => ErrorMeaning;
}
