import type { Details } from '@kiosk/contract/platform/api.ts';
import type { ScreenOf } from '@kiosk/contract/screen/view.ts';
import { INTEREST_ENTRY } from '@kiosk/domain/code-tables.ts';

export type DetailsPart = NonNullable<ScreenOf<'details'>['part']>;
type Row = Details['rows'][number];
type Year = NonNullable<ScreenOf<'details'>['years']>[number];

const BELONGS: Readonly<Record<Exclude<DetailsPart, 'years'>, (row: Row) => boolean>> = {
  all: () => true,
  deposits: ({ kind, inFen }) => inFen > 0 && kind !== INTEREST_ENTRY,
  interest: ({ kind }) => kind === INTEREST_ENTRY,
  withdrawals: ({ outFen }) => outFen > 0,
};

export const rowsOf = ({ rows }: Details, part: DetailsPart): readonly Row[] =>
  part === 'years' ? [] : rows.filter(BELONGS[part]);

/** Kinds of entries that there are, and the years where there is more than one. Of one kind alone there is nothing to choose. */
export function partsOf(details: Details): readonly DetailsPart[] {
  const kinds = (['deposits', 'interest', 'withdrawals'] as const).filter((part) => rowsOf(details, part).length > 0);
  const years = yearsOf(details).length > 1 ? (['years'] as const) : [];
  return [...(kinds.length > 1 ? (['all', ...kinds] as const) : years.length > 0 ? (['all'] as const) : []), ...years];
}

export const sumOf = (rows: readonly Row[]): number => rows.reduce((sum, { inFen, outFen }) => sum + inFen - outFen, 0);

/** What came and went in each year, the newest first. The rows of a year stand together. */
export function yearsOf({ rows, openingFen }: Details): readonly Year[] {
  const years = new Map<string, Year>();
  let closingFen = openingFen;
  for (const row of rows.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))) {
    const year = row.date.slice(0, 4);
    const before = years.get(year) ?? { year, inFen: 0, interestFen: 0, outFen: 0, closingFen };
    closingFen += row.inFen - row.outFen;
    years.set(year, {
      year,
      inFen: before.inFen + row.inFen,
      interestFen: before.interestFen + (row.kind === INTEREST_ENTRY ? row.inFen : 0),
      outFen: before.outFen + row.outFen,
      closingFen,
    });
  }
  return [...years.values()].toReversed();
}
