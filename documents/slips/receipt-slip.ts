import type { SlipDocumentInput } from '@kiosk/contract/slip.ts';
import { big, GAP, line, list, middle, row, RULE, slip, spelled, wordsOf, type SlipFrame } from './parts.ts';

export interface ReceiptSlip extends SlipFrame {
  /** Given by the centre. */
  readonly caseNumber: string;
  /** Name of the service item in the slip's language. */
  readonly item: string;
  /** 'accepted' waits for a decision; 'done' and 'refused' are what the centre decided at once. */
  readonly outcome: 'accepted' | 'done' | 'refused';
  /** Why it was refused and what would change it, a sentence each. */
  readonly reasons?: readonly string[];
  /** What was asked for or changed, label and value, in the slip's language; personal values are masked by the caller. */
  readonly details?: readonly (readonly [string, string])[];
  readonly received?: readonly string[];
  readonly missing?: readonly string[];
  /** 'YYYY-MM-DD'; told with what is missing. */
  readonly supplyBy?: string;
  /** 'YYYY-MM-DD' */
  readonly decideBy?: string;
}

/** 业务受理回执, or the receipt of what was done at once. */
export function receiptSlip(input: ReceiptSlip): SlipDocumentInput {
  const words = wordsOf(input);
  const { received = [], missing = [], reasons = [], supplyBy, decideBy } = input;
  const done = input.outcome !== 'accepted';
  const decided = input.outcome === 'refused' ? words.notGranted : words.done;
  const said = done ? decided : missing.length > 0 ? words.acceptedWithGaps : words.accepted;
  return slip(input.caseNumber, done ? words.doneTitle : words.receiptTitle, input, [
    big(said),
    RULE,
    middle(words.caseNumber),
    big(spelled(input.caseNumber)),
    RULE,
    row(words.item, input.item),
    ...(input.details ?? []).map(([label, value]) => row(label, value)),
    GAP,
    ...(reasons.length > 0 ? list(words.refusal, reasons, words.none) : []),
    ...(received.length > 0 ? list(words.received, received, words.none) : []),
    ...(missing.length > 0 ? list(words.missing, missing, words.none) : []),
    ...(supplyBy && missing.length > 0 ? [row(words.supplyBy, supplyBy)] : []),
    ...(decideBy && !done ? [row(words.decideBy, decideBy)] : []),
    ...(done ? [] : [GAP, line(words.acceptedExplained)]),
    ...(input.outcome === 'refused' ? [line(words.refusedExplained)] : []),
  ]);
}
