import type { Catalogue } from '@kiosk/contract/platform/catalogue.ts';

/** Lists of the catalogue whose rows have a name of their own: merged row by row. */
const KEYS = {
  items: 'id',
  branches: 'id',
  topics: 'id',
  groups: 'id',
  guideTopics: 'id',
  reasons: 'code',
  payoutBanks: 'id',
  centres: 'id',
  commitments: 'textId',
} as const satisfies Partial<Record<keyof Catalogue, string>>;

type Row = Readonly<Record<string, unknown>>;

/**
 * The catalogue of a new release laid under what staff have published: what they left as the release before had it becomes as
 * the new one has it, what they changed stays and gains only fields it did not have, what they took out stays out.
 */
export function mergeCatalogue(before: Catalogue | undefined, published: Catalogue, program: Catalogue): Catalogue {
  const merged: Record<string, unknown> = { ...field(before, published, program) };
  for (const [list, key] of Object.entries(KEYS)) {
    const [was, is, will] = [before, published, program].map(
      (one) => (one as Readonly<Record<string, unknown>> | undefined)?.[list] as readonly Row[] | undefined,
    );
    if (will === undefined) continue;
    merged[list] = rows(was ?? [], is ?? [], will, key);
  }
  // What the knowledge base has published, whoever changed the catalogue.
  return { ...(merged as Catalogue), ...(program.guides ? { guides: program.guides } : {}) };
}

function rows(before: readonly Row[], published: readonly Row[], program: readonly Row[], key: string): Row[] {
  const by = (list: readonly Row[]) => new Map(list.map((row) => [row[key], row] as const));
  const [was, is, will] = [by(before), by(published), by(program)];
  const kept = published.flatMap((row) => {
    const next = will.get(row[key]);
    // Gone from the program and never touched: gone.
    if (!next) return same(was.get(row[key]), row) ? [] : [row];
    return [same(was.get(row[key]), row) ? next : { ...next, ...row }];
  });
  return [...kept, ...program.filter((row) => !is.has(row[key]) && !was.has(row[key]))];
}

/** Everything that is not a list of rows. */
function field(before: Catalogue | undefined, published: Catalogue, program: Catalogue): Row {
  const [was, is] = [before as Row | undefined, published as Row];
  const untouched = Object.entries(program).filter(([name]) => is[name] === undefined || same(was?.[name], is[name]));
  return { ...is, ...Object.fromEntries(untouched) };
}

/** Independent of the order in which fields were written down. */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([name, inner]) => [name, ordered(inner)]),
  );
}
