import type { SlipDocumentInput } from '@kiosk/contract/slip.ts';
import { shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { formatRequestNumber, parseRequestNumber } from '@kiosk/domain/request-number.ts';
import { SLIP_WORDS, type SlipLanguage, type SlipWords } from './words.ts';

export type Block = SlipDocumentInput['blocks'][number];

/** What every slip says: who printed it, on which machine, when, in which language. */
export interface SlipFrame {
  readonly language: SlipLanguage;
  readonly centreName: string;
  readonly terminalId: string;
  /** UTC ms. */
  readonly at: number;
  /** 12329 is the national number of the fund. */
  readonly enquiryPhone?: string;
}

export const wordsOf = (frame: SlipFrame): SlipWords => SLIP_WORDS[frame.language];

export const RULE: Block = { type: 'rule' };
export const GAP: Block = { type: 'space', lines: 1 };
export const row = (label: string, value: string): Block => ({ type: 'row', label, value });
export const line = (text: string): Block => ({ type: 'text', text });
export const bold = (text: string): Block => ({ type: 'text', text, bold: true });
export const middle = (text: string): Block => ({ type: 'text', text, align: 'center' });
/** The one thing to find on the slip. */
export const big = (text: string): Block => ({ type: 'text', text, align: 'center', size: 2, bold: true });

/** A request's number as people quote it; any other number as it is. */
export const spelled = (number: string): string =>
  parseRequestNumber(number).ok ? formatRequestNumber(number) : number;

/** Centre and title above, terminal, time and the number to call below; `number` is the slip's own. */
export function slip(number: string, title: string, frame: SlipFrame, blocks: readonly Block[]): SlipDocumentInput {
  const words = wordsOf(frame);
  return {
    number,
    blocks: [
      middle(frame.centreName),
      big(title),
      GAP,
      ...blocks,
      RULE,
      row(words.terminal, frame.terminalId),
      row(words.time, shanghaiDateTime(frame.at)),
      row(words.enquiries, frame.enquiryPhone ?? '12329'),
      GAP,
      middle(words.keep),
    ],
  };
}

/** A heading and what belongs under it, one entry a line; 'nothing' is said, not left blank. */
export function list(heading: string, entries: readonly string[], none: string): Block[] {
  return [bold(heading), ...(entries.length > 0 ? entries : [none]).map((entry) => line(`· ${entry}`)), GAP];
}
