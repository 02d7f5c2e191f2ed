import type { CalculatorRules } from '@kiosk/contract/platform/reference-data.ts';
import type { Block, Field } from '@kiosk/contract/screen/blocks.ts';
import type { Words } from '@kiosk/contract/services/common.ts';

/** What a calculator wants to know: a number to type, or one of two or three ways. */
export type Question =
  | { readonly id: string; readonly title: Words; readonly lead?: Words; readonly field: Field }
  | {
      readonly id: string;
      readonly title: Words;
      readonly lead?: Words;
      readonly choices: readonly { readonly id: string; readonly title: Words; readonly note?: Words }[];
    };

/** What was answered so far, by question. Amounts in fen, ratios in thousandths of a per cent, the rest as counts. */
export type Given = Readonly<Record<string, string>>;

export interface Result {
  readonly title: Words;
  readonly lead?: Words;
  readonly blocks: readonly Block[];
  /** Further rows, a page each eight. */
  readonly rows?: Extract<Block, { block: 'table' }>;
}

/** One calculator of Q10: questions in order, then the answer. All of it is reckoned on this machine, exactly, without the line. */
export interface Calculator {
  readonly id: string;
  readonly name: Words;
  readonly hint: Words;
  questions(rules: CalculatorRules, given: Given): readonly Question[];
  result(rules: CalculatorRules, given: Given, today: string): Result;
}

export const amount = (given: Given, id: string): number => Number(given[id] ?? 0);
