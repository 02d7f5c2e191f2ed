interface Forged {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

const page = (status: number, headers: Record<string, string> = {}): Forged => ({
  status,
  headers: { 'content-type': 'text/html', ...headers },
  body: Buffer.from(`<html><body>${status}</body></html>`),
});
const json = (status: number, value: unknown, headers: Record<string, string> = {}): Forged => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: Buffer.from(JSON.stringify(value)),
});

/** What gateways and platforms in trouble answer. */
export const GATEWAY_ERRORS: readonly Forged[] = [
  page(500),
  page(502),
  page(503, { 'retry-after': '3' }),
  page(504),
  json(429, { code: 'E3106', detail: '2 s' }, { 'retry-after': '2' }),
  json(500, { code: 'E9006' }),
  page(503, { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }),
  page(403),
];

const FORGED_HEAD = 'a'.repeat(64);

/** Answers that are none, though the status says that all is well (or that there is a conflict). */
export const GARBAGE: readonly Forged[] = [
  page(200),
  json(200, { ok: true }),
  json(200, { stream: 'business', durableUpTo: '7', head: FORGED_HEAD, quarantined: [] }),
  json(200, { stream: 'nothing', durableUpTo: 1, head: FORGED_HEAD, quarantined: [] }),
  json(204, {}),
  json(409, { code: 'E6203' }),
  page(409),
  page(302, { location: 'https://127.0.0.1:1/' }),
  { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.alloc(0) },
  { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from([0xff, 0xfe, 0x00, 0x22]) },
];
