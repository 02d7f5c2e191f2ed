import type { AccountEntry } from '@kiosk/domain/account.ts';
import type { HistoryPage, HistoryQuery } from './core-system.ts';

/** A page of what was booked, cut out of all of it. Sums are of everything the query finds, not of the page. */
export function historyPage(entries: readonly AccountEntry[], query: HistoryQuery): HistoryPage {
  const { period, kinds, order, offset, limit } = query;
  const found = entries.filter(
    ({ date, kind }) =>
      (!period || (period.from <= date && date <= period.to)) && (!kinds || kinds.length === 0 || kinds.includes(kind)),
  );
  const ordered = order === 'newest' ? found.toReversed() : found;
  return {
    rows: found.length,
    totalInFen: found.reduce((sum, { inFen }) => sum + inFen, 0),
    totalOutFen: found.reduce((sum, { outFen }) => sum + outFen, 0),
    entries: ordered.slice(offset, offset + limit),
  };
}
