import type { Block, Fact, Value } from '@kiosk/contract/screen/blocks.ts';
import type { Language } from '@kiosk/contract/services/common.ts';
import type { SlipDocumentInput } from '@kiosk/contract/slip.ts';
import { shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import {
  type SlipFrame,
  type Block as SlipBlock,
  GAP,
  RULE,
  bold,
  line,
  row,
  slip,
} from '@kiosk/documents/slips/parts.ts';
import type { SlipJob } from './flow/state.ts';

/** What a sheet on the screen says, to take home: the same values in the same order, one below the other. */
export function sheetSlip(
  { number, title, lead, blocks }: Extract<SlipJob, { kind: 'sheet' }>,
  frame: SlipFrame,
  language: Language,
): SlipDocumentInput {
  const told = blocks.flatMap((block) => [...sectionOf(block, language), RULE]);
  return slip(number, title[language], frame, [...(lead ? [line(lead[language]), GAP] : []), ...told.slice(0, -1)]);
}

function sectionOf(block: Block, language: Language): SlipBlock[] {
  const said = (words: { zh: string; en: string }) => words[language];
  const heading = 'title' in block && block.title ? [bold(said(block.title))] : [];
  switch (block.block) {
    case 'headline':
      return [
        row(said(block.label), valueText(block.value, language)),
        ...(block.note ? [line(said(block.note))] : []),
      ];
    case 'facts':
      return [...heading, ...rows(block.facts, language)];
    case 'compare':
      return block.ways.flatMap((way) => [bold(said(way.title)), ...rows(way.facts, language)]);
    case 'table':
      return [
        row(...ends(block.columns.map(({ label }) => said(label)))),
        ...block.rows.map(({ cells }) => row(...ends(cells.map((cell) => valueText(cell, language))))),
      ];
    case 'steps':
      return [
        ...heading,
        ...block.steps.flatMap(({ label, detail }) => [
          line(`· ${said(label)}`),
          ...(detail ? [line(said(detail))] : []),
        ]),
      ];
    case 'notice':
    case 'paragraph':
      return [...heading, line(said(block.words))];
    case 'list':
      return [...heading, ...block.items.map((item, i) => line(`${block.numbered ? `${i + 1}.` : '·'} ${said(item)}`))];
    case 'ticks':
      return block.ticks.filter(({ ticked }) => ticked).map(({ words }) => line(`· ${said(words)}`));
    case 'chart':
    case 'qr':
      return [];
  }
}

const rows = (facts: readonly Fact[], language: Language): SlipBlock[] =>
  facts.map(({ label, value }) => row(label[language], valueText(value, language)));

/** A slip has two columns: what a line is about, and the rest of it. */
const ends = ([first = '', ...rest]: readonly string[]): [string, string] => [first, rest.join('  ')];

/** A value as it is read on paper. */
export function valueText(value: Value, language: Language): string {
  switch (value.kind) {
    case 'words':
      return value.words[language];
    case 'text':
      return value.text;
    case 'money':
      return value.signed && value.fen > 0 ? `+${formatYuan(value.fen)}` : formatYuan(value.fen);
    case 'date':
      return value.date;
    case 'month':
      return value.month;
    case 'moment':
      return shanghaiDateTime(value.at);
    case 'percent':
      return `${value.milli / 1000}%`;
    case 'count':
      return value.unit ? `${value.count} ${value.unit[language]}` : String(value.count);
  }
}
