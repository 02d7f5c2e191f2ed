import type { SlipDocumentInput } from '@kiosk/contract/slip.ts';
import { formatRequestNumber } from '@kiosk/domain/request-number.ts';
import { big, GAP, line, middle, row, RULE, slip, wordsOf, type SlipFrame } from './parts.ts';

export interface RequestSlip extends SlipFrame {
  readonly requestNumber: string;
  /** Name of the service item in the slip's language. */
  readonly item: string;
  /** How the answer comes, in the slip's language: by SMS, at the counter, here with the number. A phone number is masked by the caller. */
  readonly replyWay: string;
  /** Taken while the platform could not be reached. */
  readonly offline: boolean;
  /**
   * Whether the identity that the item asks for was established here. 'pending': the centre completes it before it accepts the
   * request, and the slip says so. Absent: the item asks for none.
   */
  readonly identity?: 'complete' | 'pending';
  /** What was asked for, label and value, in the slip's language; personal values are masked by the caller. */
  readonly details?: readonly (readonly [string, string])[];
}

/** Acceptance of a request. Says received and never decided: a decision made by nobody must not be in anyone's hand. */
export function requestSlip(input: RequestSlip): SlipDocumentInput {
  const words = wordsOf(input);
  return slip(input.requestNumber, words.requestTitle, input, [
    big(words.receivedNotDecided),
    GAP,
    RULE,
    middle(words.requestNumber),
    big(formatRequestNumber(input.requestNumber)),
    RULE,
    row(words.item, input.item),
    ...(input.details ?? []).map(([label, value]) => row(label, value)),
    ...(input.identity
      ? [row(words.identity, input.identity === 'complete' ? words.identityComplete : words.identityPending)]
      : []),
    row(words.reply, input.replyWay),
    GAP,
    line(words.requestExplained),
    ...(input.identity === 'pending' ? [GAP, line(words.identityExplained)] : []),
    ...(input.offline ? [GAP, line(words.requestOffline)] : []),
  ]);
}
