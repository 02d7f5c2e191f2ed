import type { SlipDocumentInput } from '@kiosk/contract/slip.ts';
import { big, bold, GAP, line, list, middle, row, RULE, slip, spelled, wordsOf, type SlipFrame } from './parts.ts';

export interface GapSlip extends SlipFrame {
  readonly caseNumber: string;
  readonly item: string;
  /** All of them, in the slip's language. */
  readonly gaps: readonly { readonly material: string; readonly need: string }[];
  readonly ways: readonly string[];
  /** 'YYYY-MM-DD' */
  readonly supplyBy: string;
  /** The page on which the papers are sent by phone, printable ASCII. */
  readonly page?: string;
}

/** 一次性补正告知 on a slip: what is missing, all of it at once. The sealed form is the document kind `gapNotice`. */
export function gapSlip(input: GapSlip): SlipDocumentInput {
  const words = wordsOf(input);
  return slip(input.caseNumber, words.gapTitle, input, [
    middle(words.caseNumber),
    big(spelled(input.caseNumber)),
    RULE,
    row(words.item, input.item),
    GAP,
    ...input.gaps.flatMap(({ material, need }, i) => [bold(`${i + 1}. ${material}`), line(need), GAP]),
    ...list(words.howToSupply, input.ways, words.none),
    row(words.supplyBy, input.supplyBy),
    ...(input.page === undefined ? [] : [GAP, { type: 'qr', data: input.page } as const, middle(words.scanToSupply)]),
    GAP,
    line(words.gapExplained),
  ]);
}
