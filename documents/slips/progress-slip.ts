import type { SlipDocumentInput } from '@kiosk/contract/slip.ts';
import { big, bold, GAP, line, list, middle, row, RULE, slip, spelled, wordsOf, type SlipFrame } from './parts.ts';

export interface ProgressSlip extends SlipFrame {
  readonly caseNumber: string;
  readonly item: string;
  /** The step it is at, in the slip's language. */
  readonly step: string;
  /** 'YYYY-MM-DD' */
  readonly decideBy?: string;
  /** In order; 'at' is a date or a time as people read it. */
  readonly history: readonly { readonly at: string; readonly what: string }[];
  readonly missing: readonly string[];
  readonly supplyBy?: string;
  readonly refusal?: string;
}

/** 办事进度: where a case stands. */
export function progressSlip(input: ProgressSlip): SlipDocumentInput {
  const words = wordsOf(input);
  const { missing, supplyBy, refusal, decideBy } = input;
  return slip(input.caseNumber, words.progressTitle, input, [
    middle(words.caseNumber),
    big(spelled(input.caseNumber)),
    RULE,
    row(words.item, input.item),
    row(words.step, input.step),
    ...(decideBy ? [row(words.decideBy, decideBy)] : []),
    GAP,
    ...(input.history.length > 0 ? [bold(words.steps)] : []),
    // The newest thirty: a slip is not a file.
    ...input.history.slice(-30).map(({ at, what }) => row(at, what)),
    GAP,
    ...(missing.length > 0 ? list(words.missing, missing, words.none) : []),
    ...(supplyBy && missing.length > 0 ? [row(words.supplyBy, supplyBy), GAP] : []),
    ...(refusal ? [bold(words.refusal), line(refusal), GAP] : []),
    line(words.progressExplained),
  ]);
}
