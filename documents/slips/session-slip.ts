import type { SlipDocumentInput } from '@kiosk/contract/slip.ts';
import { line, list, row, RULE, slip, wordsOf, type SlipFrame } from './parts.ts';

export interface SessionSlip extends SlipFrame {
  /** Number of the session's record, not of the person. */
  readonly sessionNumber: string;
  /** Kinds of data, in the slip's language ('name and ID number from the card'), never the data. */
  readonly read: readonly string[];
  readonly printed: readonly string[];
  /** Requests that wait at the centre, by their numbers. */
  readonly left?: readonly string[];
  readonly stored: readonly string[];
}

/** What the machine did with a person's data, to take home. */
export function sessionSlip(input: SessionSlip): SlipDocumentInput {
  const words = wordsOf(input);
  return slip(input.sessionNumber, words.sessionTitle, input, [
    row(words.sessionNumber, input.sessionNumber),
    RULE,
    ...list(words.sessionRead, input.read, words.none),
    ...list(words.sessionPrinted, input.printed, words.none),
    ...(input.left ? list(words.sessionLeft, input.left, words.none) : []),
    ...list(words.sessionStored, input.stored, words.none),
    line(words.sessionEnd),
  ]);
}
