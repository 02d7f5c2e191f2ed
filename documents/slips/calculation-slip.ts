import type { SlipDocumentInput } from '@kiosk/contract/slip.ts';
import { bold, GAP, line, list, row, RULE, slip, wordsOf, type SlipFrame } from './parts.ts';

type Rows = readonly (readonly [label: string, value: string])[];

export interface CalculationSlip extends SlipFrame {
  /** Of the print, not of a person. */
  readonly number: string;
  /** What was calculated, in the slip's language: 贷款计算, 可提取额测算. */
  readonly what: string;
  readonly entered: Rows;
  readonly result: Rows;
  /** Rules that led to it, a sentence each; papers needed and what would change the result belong here too. */
  readonly rules: readonly string[];
}

/** 试算结果: of a calculator or of the withdrawable amount; never a promise. */
export function calculationSlip(input: CalculationSlip): SlipDocumentInput {
  const words = wordsOf(input);
  const rows = (of: Rows) => of.map(([label, value]) => row(label, value));
  return slip(input.number, words.calculationTitle, input, [
    bold(input.what),
    RULE,
    bold(words.entered),
    ...rows(input.entered),
    RULE,
    bold(words.result),
    ...rows(input.result),
    GAP,
    ...(input.rules.length > 0 ? list(words.rules, input.rules, words.none) : []),
    line(words.calculationExplained),
  ]);
}
