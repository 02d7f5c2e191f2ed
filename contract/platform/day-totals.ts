import type { EntryData } from '../journal/entry.ts';
import type { Outcome } from '../services/common.ts';
import type { Counted, DayClose, Range, Totals } from './reconciliation.ts';

export interface IntendedLine {
  readonly kind: 'intended';
  readonly operationId: string;
  readonly print: 'printDocument' | 'printSlip';
  readonly pages: number | null;
}

export interface SettledLine {
  readonly kind: 'settled';
  readonly operationId: string;
  readonly outcome: Outcome;
  /** Pages, or slips. */
  readonly printed: number | null;
  /** Sheets of paper, where the printer says so. */
  readonly sheets: number | null;
  /** Concluded without the session that was there. */
  readonly reconciled: boolean;
}

/** What an entry adds to a day; most entries add nothing. It says nothing of anybody. */
export type Line =
  | { readonly kind: 'request' }
  | IntendedLine
  | SettledLine
  | { readonly kind: 'captured'; readonly operationId: string; readonly outcome: Outcome }
  /** A technician's trial print: paper that no depositor's operation accounts for. */
  | { readonly kind: 'tested'; readonly sheets: number; readonly slips: number };

export function lineOf(data: EntryData): Line | undefined {
  switch (data.type) {
    case 'request.submitted':
      return { kind: 'request' };
    case 'operation.intended':
      return { kind: 'intended', operationId: data.operationId, print: data.kind, pages: data.pages ?? null };
    case 'operation.settled':
      return {
        kind: 'settled',
        operationId: data.operationId,
        outcome: data.outcome,
        printed: data.printed ?? null,
        sheets: data.sheets ?? null,
        reconciled: data.reconciled === true,
      };
    case 'card.captured':
      return { kind: 'captured', operationId: data.operationId, outcome: data.outcome };
    case 'device.tested':
      return data.sheets === undefined && data.slips === undefined
        ? undefined
        : { kind: 'tested', sheets: data.sheets ?? 0, slips: data.slips ?? 0 };
    default:
      return undefined;
  }
}

/** What was there before the window, by the operation. */
export interface Before {
  intended(operationId: string): IntendedLine | undefined;
  /** The capture is in an earlier entry already: cut off in between, one is journaled twice with the same id. */
  captured(operationId: string): boolean;
}

/** Adds up the lines of a window, in the order of their streams. The last word about an operation counts. */
export function dayTotals(lines: readonly Line[], before: Before): Totals {
  const intents = new Map<string, IntendedLine>();
  const settled = new Map<string, SettledLine>();
  const cards = new Map<string, Outcome>();
  const sum = { sheets: none(), slips: none(), cards: none() };
  let requests = 0;
  for (const line of lines) {
    if (line.kind === 'request') requests++;
    else if (line.kind === 'intended') intents.set(line.operationId, line);
    else if (line.kind === 'settled') settled.set(line.operationId, line);
    else if (line.kind === 'captured') cards.set(line.operationId, line.outcome);
    else {
      add(sum.sheets, { least: line.sheets, most: line.sheets });
      add(sum.slips, { least: line.slips, most: line.slips });
    }
  }
  for (const line of settled.values()) {
    const here = intents.get(line.operationId);
    const intent = here ?? before.intended(line.operationId);
    if (intent?.print === 'printSlip') add(sum.slips, slipsOf(line, here !== undefined));
    else if (intent) add(sum.sheets, sheetsOf(line, intent, here !== undefined));
  }
  for (const [operationId, outcome] of cards) {
    if (!before.captured(operationId)) add(sum.cards, { least: Number(outcome === 'done'), most: possible(outcome) });
  }
  const ended = (outcome: Outcome) => [...settled.values()].filter((line) => line.outcome === outcome).length;
  return {
    requests,
    printsIntended: intents.size,
    printsDone: ended('done'),
    printsFailed: ended('failed'),
    printsUnknown: ended('unknown'),
    ...sum,
  };
}

type Sum = { -readonly [K in keyof Range]: number };
const none = (): Sum => ({ least: 0, most: 0 });
function add(sum: Sum, { least, most }: Range): void {
  sum.least += least;
  sum.most += most;
}

const possible = (outcome: Outcome): number => Number(outcome !== 'failed');

/** What was begun in another window may have been counted there: then here it is nothing. So may one nobody watched. */
const leastOf = (least: number, { reconciled }: SettledLine, begunHere: boolean): number =>
  begunHere && !reconciled ? least : 0;

/** A slip counts when it is known to be out whole. */
const slipsOf = (line: SettledLine, begunHere: boolean): Range => ({
  least: leastOf(Number(line.outcome === 'done'), line, begunHere),
  most: possible(line.outcome),
});

/** A sheet may bear two pages; where the printer does not say how many it took, both are possible. */
function sheetsOf(line: SettledLine, { pages }: IntendedLine, begunHere: boolean): Range {
  const { outcome, printed, sheets } = line;
  const most = Math.max(pages ?? 0, printed ?? 0, sheets ?? 0);
  if (outcome === 'unknown') return { least: 0, most };
  if (sheets !== null) return { least: leastOf(sheets, line, begunHere), most: sheets };
  const out = printed ?? (outcome === 'done' ? (pages ?? 0) : 0);
  return { least: leastOf(Math.ceil(out / 2), line, begunHere), most: out };
}

/** Most that operations still open may already have moved. */
export function underWay(open: readonly IntendedLine[], capturesNotJournaled: number): DayClose['underWay'] {
  const documents = open.filter(({ print }) => print === 'printDocument');
  return {
    sheets: documents.reduce((sum, { pages }) => sum + (pages ?? 0), 0),
    slips: open.length - documents.length,
    cards: capturesNotJournaled,
  };
}

/**
 * What a counter may have moved by in a window: what the entries say, more by what is under way at its close, and less by
 * captures that were counted before it and journaled in it.
 */
export function expectedMove(
  counted: Counted,
  totals: Totals,
  before: DayClose['underWay'] | undefined,
  now: DayClose['underWay'],
): Range {
  const { least, most } = totals[counted];
  const counter = counted === 'cards' ? (before?.cards ?? 0) : 0;
  return { least: Math.max(0, least - counter), most: most + now[counted] };
}
