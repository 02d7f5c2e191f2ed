import { z } from 'zod';
import { type CommandName, SPEEDS, type Speed } from '../../codec/sdt.ts';

const ms = (standard: number) => z.int().positive().default(standard);

/** Milliseconds, settable in a machine's configuration as `options.times`. */
const Times = z.strictObject({
  /** Between two looks for a card, or for its being lifted. */
  poll: ms(250),
  /** Without anything else to say, the module is asked for its state this often. */
  heartbeat: ms(3_000),
  /** Wait before a connection is tried again: doubled from first to most. */
  backOffFirst: ms(500),
  backOffMost: ms(10_000),
  /** How long an answer may take; vendors' own programs wait 0.1 to 5 s. The time on the wire is added to it. */
  answer: ms(1_000),
  answerRead: ms(3_000),
  answerFingerprint: ms(3_500),
  answerAddress: ms(1_500),
  /** While the speed is searched for; a module answers the question for its state in a few milliseconds. */
  answerSearch: ms(300),
});
export type Times = z.infer<typeof Times>;

/** Options that every way to a reader has. */
export const COMMON_OPTIONS = { times: Times.prefault({}) };

export interface Settings {
  readonly times: Times;
  /** The speed the line shall have; undefined where it has none (USB). */
  readonly speed: Speed | undefined;
  /** Whether a module that is silent at that speed is looked for at the others. */
  readonly search: boolean;
  /** Whether a module found at another speed is told to change to `speed`. */
  readonly switchSpeed: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  times: Times.parse({}),
  speed: SPEEDS[0],
  search: true,
  switchSpeed: true,
};

const LONGEST_ANSWER: Readonly<Partial<Record<CommandName, number>>> = {
  readTextPhoto: 1_295,
  readTextPhotoFingerprint: 2_321,
  readNewAddress: 81,
};

/** How long to wait for the answer to a command at this speed, in ms. */
export function answerWithin(times: Times, command: CommandName, speed: Speed | undefined): number {
  const bytes = LONGEST_ANSWER[command] ?? 32;
  // Start bit, eight data bits, stop bit.
  const wire = speed === undefined ? 0 : Math.ceil((bytes * 10 * 1_000) / speed);
  if (command === 'readTextPhoto') return wire + times.answerRead;
  if (command === 'readTextPhotoFingerprint') return wire + times.answerFingerprint;
  if (command === 'readNewAddress') return wire + times.answerAddress;
  return wire + times.answer;
}
