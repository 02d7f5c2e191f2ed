import { expectedMove } from '@kiosk/contract/platform/day-totals.ts';
import { Counted, type DayClose, type Range, type Totals } from '@kiosk/contract/platform/reconciliation.ts';
import type { Seen } from '../store/reconciliation-store.ts';

type Different = Pick<Seen, 'kind' | 'subject' | 'seq' | 'terminalValue' | 'platformValue'>;

/** Sums of the terminal's journal that the platform's books do not have the same. */
export function totalDifferences({ totals }: DayClose, ledger: Totals): Different[] {
  return (Object.keys(ledger) as (keyof Totals)[]).flatMap((subject) => {
    const [terminalValue, platformValue] = [wordsOf(totals[subject]), wordsOf(ledger[subject])];
    return terminalValue === platformValue
      ? []
      : [{ kind: 'totals', subject, seq: null, terminalValue, platformValue } as const];
  });
}

/** Windows of a close that do not go on where those of the close before ended: entries nobody counted, or counted twice. */
export function gapsBefore({ windows }: DayClose, before: DayClose | undefined): Different[] {
  return windows.flatMap(({ stream, from, to }) => {
    const expected = (before?.windows.find((window) => window.stream === stream)?.to ?? from - 1) + 1;
    if (from === expected) return [];
    const values = { terminalValue: `${from}-${to}`, platformValue: `${expected}-${to}` };
    return [{ kind: 'totals', subject: stream, seq: null, ...values } as const];
  });
}

/** Counters of the devices that moved otherwise than the platform's books allow. What is not comparable is no difference. */
export function counterDifferences(close: DayClose, before: DayClose | undefined, ledger: Totals): Different[] {
  return Counted.options.flatMap((subject) => {
    const moved = close.moved[subject];
    if ('notComparable' in moved) return [];
    const expected = expectedMove(subject, ledger, before?.underWay, close.underWay);
    if (moved.by >= expected.least && moved.by <= expected.most) return [];
    const values = { terminalValue: `${moved.by}`, platformValue: wordsOf(expected) };
    return [{ kind: 'counters', subject, seq: null, ...values } as const];
  });
}

function wordsOf(value: number | Range): string {
  if (typeof value === 'number') return `${value}`;
  return value.least === value.most ? `${value.least}` : `${value.least}-${value.most}`;
}
