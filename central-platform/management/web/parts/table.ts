// The arithmetic of a table: what it shows, in which order, and where the next key leads.

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** CSS width; one column without it takes what is left. */
  readonly width?: string;
  readonly align?: 'start' | 'end';
  /** What it sorts by; a column without it keeps the server's order. */
  readonly value?: (row: Row) => string | number | null;
  /** Left out where the table is narrow. */
  readonly wide?: boolean;
}

/** The server holds more rows than came: ways to its other pages. */
export interface ServerPages {
  readonly page: number;
  readonly newer?: (() => void) | undefined;
  readonly older?: (() => void) | undefined;
}

export interface Sorting {
  readonly column: string;
  readonly down: boolean;
}

/** Sorted by a column, nothing-there at the end in both directions; equal rows keep their order. */
export function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], by: Sorting | undefined) {
  const value = columns.find(({ id }) => id === by?.column)?.value;
  if (by === undefined || value === undefined) return rows;
  const sign = by.down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    if (typeof x === 'number' && typeof y === 'number') return sign * (x - y);
    return sign * String(x).localeCompare(String(y), 'zh-CN', { numeric: true });
  });
}

/** First up, then down, then the server's order again. */
export function nextSorting(now: Sorting | undefined, column: string): Sorting | undefined {
  if (now?.column !== column) return { column, down: false };
  return now.down ? undefined : { column, down: true };
}

/** The rows that hold every word of the filter somewhere in their text. */
export function matching<Row>(rows: readonly Row[], filter: string, textOf: (row: Row) => string): readonly Row[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = textOf(row).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Where a key leads from row `at` (−1: none yet) of `of`; undefined: no key of the table. */
export function step(key: string, at: number, of: number): number | undefined {
  if (of === 0) return undefined;
  const to = { j: at + 1, ArrowDown: at + 1, k: at - 1, ArrowUp: at - 1, Home: 0, End: of - 1 }[key];
  const far = { PageDown: at + 10, PageUp: at - 10 }[key];
  const wanted = to ?? far;
  return wanted === undefined ? undefined : Math.min(of - 1, Math.max(0, wanted));
}
