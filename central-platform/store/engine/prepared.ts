import type { Compilable, CompiledQuery, RawBuilder } from 'kysely';
import type { Db } from '../tables/tables.ts';

class Place {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Texts that every connection keeps parsed, by the name PostgreSQL knows them under. */
export const PREPARED_NAMES = new Map<string, string>();

/**
 * A question that is asked thousands of times a second: put together once for a store, and then only its values change.
 * `build` gets a placeholder for each value it names and must not look at them.
 */
export function prepared<Given extends object, Row>(
  db: Db,
  build: (given: Given) => Compilable<Row> | RawBuilder<Row>,
): (given: Given, on?: Pick<Db, 'executeQuery'>) => Promise<readonly Row[]> {
  const places = new Proxy({}, { get: (_target, name) => new Place(String(name)) }) as Given;
  const built = build(places);
  const compiled: CompiledQuery<Row> =
    'toOperationNode' in built ? (built as RawBuilder<Row>).compile(db) : built.compile();
  const { sql, parameters } = compiled;
  if (!PREPARED_NAMES.has(sql)) PREPARED_NAMES.set(sql, `kiosk_${PREPARED_NAMES.size + 1}`);
  return async (given, on = db) => {
    const values = parameters.map((one) => (one instanceof Place ? (given as Record<string, unknown>)[one.name] : one));
    return (await on.executeQuery<Row>({ ...compiled, parameters: values })).rows;
  };
}
