import type { JsonSchema } from '@kiosk/central-platform/gateway/openapi/document.ts';

/** Found nowhere else: what comes back in a refusal or stands in the log was repeated from what a caller sent. */
export const MARKER = 'zqx7marker';

const deep = (levels: number): unknown => {
  let value: unknown = MARKER;
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
};

/** What no field expects, and what attacks look like in a field. */
export const HOSTILE: readonly (readonly [name: string, value: unknown])[] = [
  ['null', null],
  ['true', true],
  ['a negative number', -1],
  ['a fraction', 1.5],
  ['beyond exact integers', 2 ** 60],
  ['huge', 1e308],
  ['empty text', ''],
  ['long text', MARKER.repeat(3_000)],
  ['NUL', `${MARKER}\0x`],
  ['half a character', `${MARKER}\ud800`],
  ['right to left', `\u202e${MARKER}\u{1f600}\u0301`],
  ['SQL', `${MARKER}'; DROP TABLE terminal; --`],
  ['a formula', `=HYPERLINK("http://x","${MARKER}")`],
  ['a path', `../../../../etc/passwd%00${MARKER}`],
  ['markup', `<script>${MARKER}</script>\r\nset-cookie: a=b`],
  ['a list', [MARKER]],
  ['an object', { [MARKER]: 1 }],
  ['deep', deep(400)],
  ['prototype', JSON.parse(`{"__proto__":{"polluted":"${MARKER}"}}`)],
  ['constructor', { constructor: { prototype: { polluted: MARKER } } }],
];

type Path = readonly (string | number)[];

/** Where every value of a body stands, the whole and the containers among them. */
export function places(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inside = Object.entries(value).flatMap(([key, one]) =>
    places(one, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return [path, ...inside];
}

/** The body with another value in one place. */
export function withValue(body: unknown, [first, ...rest]: Path, value: unknown): unknown {
  if (first === undefined) return value;
  const copy = (Array.isArray(body) ? [...body] : { ...(body as object) }) as Record<string | number, unknown>;
  copy[first] = withValue(copy[first], rest, value);
  return copy;
}

/** Fields a shape allows and an example lacks. */
export function absentFields(schema: JsonSchema, body: unknown): string[] {
  const properties = schema['properties'];
  if (typeof properties !== 'object' || properties === null || typeof body !== 'object' || body === null) return [];
  return Object.keys(properties).filter((name) => !(name in body));
}
