import type { SlipDocumentInput } from '@kiosk/contract/slip.ts';
import { formatResumeCode } from '@kiosk/domain/resume-code.ts';
import { big, bold, GAP, line, middle, row, RULE, slip, wordsOf, type SlipFrame } from './parts.ts';

export interface FailureSlip extends SlipFrame {
  readonly resumeCode: string;
  /** One sentence each, for the depositor, from the error catalogue. */
  readonly failed: string;
  readonly safe: string;
  readonly next: string;
  /** For whoever is asked: a key of the error catalogue (E4102). */
  readonly errorCode: string;
}

/** What did not work, what is safe, and a code to go on with elsewhere. */
export function failureSlip(input: FailureSlip): SlipDocumentInput {
  const words = wordsOf(input);
  return slip(input.resumeCode, words.failureTitle, input, [
    bold(words.failed),
    line(input.failed),
    GAP,
    bold(words.safe),
    line(input.safe),
    GAP,
    bold(words.next),
    line(input.next),
    RULE,
    middle(words.resumeCode),
    big(formatResumeCode(input.resumeCode)),
    line(words.resumeExplained),
    RULE,
    row(words.errorCode, input.errorCode),
  ]);
}
