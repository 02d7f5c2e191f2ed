import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { MediaType, OpenApiDocument, Operation } from '@kiosk/central-platform/gateway/openapi/document.ts';
import { openApiDocument } from '@kiosk/central-platform/gateway/openapi/document.ts';
import { createVault } from '@kiosk/central-platform/vault.ts';
import { keyHashOf } from '@kiosk/central-platform/channels/registry.ts';
import { tablesOf, type startTestPlatform, type TestPlatform } from '@kiosk/central-platform/testing/installation.ts';
import { claimOf, type Answer, TestTerminal } from '@kiosk/central-platform/testing/terminal.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import fc from 'fast-check';
import { HOSTILE, MARKER, absentFields, places, withValue } from './hostile-values.ts';
import { bodiesOf } from './shapes.ts';

export interface Outcome {
  readonly requests: number;
  /** What no answer may be, each with the request that brought it. */
  readonly violations: readonly string[];
}

interface Target {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly operation: Operation;
}

/** Room for a whole campaign: here it is not the limits that are tried. */
export const WIDE = {
  terminalPerSecond: 1e6,
  terminalBurst: 1e6,
  totalPerSecond: 1e6,
  totalBurst: 1e6,
  enrolmentPerSecond: 1e6,
  enrolmentBurst: 1e6,
} as const;

/** Every field of every route, from the document: each with every hostile value, then bodies made from the shapes by seed. */
export async function attack(
  start: typeof startTestPlatform,
  options: {
    readonly seed: number;
    readonly bodiesARoute: number;
    readonly config?: object;
    /** Which door: the terminals', or the public listener with the web API and the outward service. */
    readonly door?: 'terminals' | 'web';
    /** Ends with so many violations. */
    readonly enough?: number;
  },
): Promise<Outcome> {
  const platform = await start({ config: { limits: WIDE, ...options.config } });
  const violations: string[] = [];
  let requests = 0;
  try {
    const document = openApiDocument();
    const web = options.door === 'web';
    const terminal = await platform.terminal();
    const { ca } = platform.installation.authority;
    const stranger = new TestTerminal({ terminalId: terminal.terminalId, url: platform.running.terminalUrl, ca });
    const identityToken = web ? '' : await signIn(platform, terminal);
    const application = web ? await webCaller(platform) : undefined;

    const attempt = async (target: Target, what: string, path: string, body: unknown): Promise<void> => {
      if (violations.length >= (options.enough ?? Infinity)) return;
      requests++;
      const caller = application ?? (target.operation.security.length === 0 ? stranger : terminal);
      // The route that ends a session is tried with another one, so that what comes after is still behind it.
      const ended = target.operation.operationId === 'webSignOut' ? { authorization: 'Bearer none' } : {};
      // A route that waits (ms of its own) waits by the clock of the platform, which is moved by hand.
      const moving = setInterval(() => platform.clock.advance(1_000), 500);
      const answer = await caller
        .send(target.method, path, body, ended)
        .finally(() => clearInterval(moving))
        .catch((error: unknown) => String(error));
      const wrong = typeof answer === 'string' ? answer : objection(target, answer);
      if (wrong !== undefined) violations.push(`${target.method} ${target.path}, ${what}: ${wrong}`);
      const told = platform.logLines.splice(0).join('');
      if (told.includes(MARKER)) violations.push(`${target.path}, ${what}: the log repeats what was sent`);
      if (told.includes('"event":"bug"')) violations.push(`${target.path}, ${what}: the log tells of a bug`);
    };

    for (const [what, reason, { status, body }] of web ? [] : await tooLarge(terminal)) {
      requests++;
      const said = `${status} ${JSON.stringify(body)}`;
      if (status !== 413 || !said.includes(reason)) violations.push(`${what}: ${said}, expected 413 ${reason}`);
    }
    for (const target of targetsOf(document, web)) {
      for (const [name, value] of HOSTILE) {
        const text = encodeURIComponent(
          typeof value === 'string' ? value.toWellFormed().slice(0, 500) : JSON.stringify(value),
        );
        for (const path of addresses(target, text)) await attempt(target, name, path, undefined);
      }
      const body = target.operation.requestBody?.content['application/json'];
      if (!body) continue;
      if (body.example === undefined) {
        violations.push(`${target.operation.operationId} has no example to begin with`);
        continue;
      }
      const example = withToken(target, body, identityToken);
      const fields = absentFields(body.schema, example).map((field) => [field]);
      for (const place of [...places(example), ...fields, ['somethingElse']]) {
        for (const [name, value] of HOSTILE) {
          const sent = JSON.stringify(withValue(example, place, value));
          await attempt(target, `${place.join('.') || '(whole)'} is ${name}`, examplePath(target), sent);
        }
      }
      const made = fc.sample(bodiesOf(document, body.schema), { seed: options.seed, numRuns: options.bodiesARoute });
      for (const one of made) {
        const sent = JSON.stringify(one) ?? 'null';
        await attempt(target, `a body of seed ${options.seed}`, examplePath(target), sent);
      }
    }
    stranger.hangUp();
    if (({} as { polluted?: unknown }).polluted !== undefined)
      violations.push('a body reached the prototype of objects');
  } finally {
    await platform.end();
  }
  return { requests, violations };
}

/**
 * Bodies beyond what a route takes: as they are, and folded. A bomb is refused while it unfolds: refused for its length
 * afterwards, it has filled the memory already.
 */
async function tooLarge(terminal: TestTerminal): Promise<(readonly [string, string, Answer])[]> {
  const bomb = gzipSync(Buffer.alloc(48 * 1024 * 1024, ' '));
  const long = JSON.stringify({ name: 'x'.repeat(70_000), idNumber: '', validTo: null });
  const zip = { 'content-encoding': 'gzip' };
  return [
    ['a folded batch', 'UNFOLDS_TO_TOO_MUCH', await terminal.send('POST', '/v1/streams/business/batches', bomb, zip)],
    ['a person', 'FST_ERR_CTP_BODY_TOO_LARGE', await terminal.send('POST', '/v1/identity/codes', long)],
  ];
}

function* targetsOf(document: OpenApiDocument, web: boolean): Generator<Target> {
  for (const [path, { get, post }] of Object.entries(document.paths)) {
    if (/^\/(web|outward)\//.test(path) !== web) continue;
    if (get) yield { method: 'GET', path, operation: get };
    if (post) yield { method: 'POST', path, operation: post };
  }
}

const examplePath = ({ path, operation }: Target): string => {
  const parameters = operation.parameters ?? [];
  const filled = parameters.reduce((text, { name, example }) => text.replace(`{${name}}`, example), path);
  const query = parameters.filter((one) => one.in === 'query').map(({ name, example }) => `${name}=${example}`);
  return query.length === 0 ? filled : `${filled}?${query.join('&')}`;
};

/** The address with one parameter replaced, and with one more that nobody asked for. */
function addresses(target: Target, text: string): string[] {
  const { operation, path } = target;
  const parameters = operation.parameters ?? [];
  const good = examplePath(target);
  const replaced = parameters.map(({ name, in: where, example }) =>
    where === 'path'
      ? good.replace(path.slice(0, path.indexOf('{')) + example, path.slice(0, path.indexOf('{')) + text)
      : good.replace(`${name}=${example}`, `${name}=${text}`),
  );
  return [...replaced, `${good}${good.includes('?') ? '&' : '?'}${text.slice(0, 200)}=1`];
}

/** The app's server with a person signed in, over HTTP as any application calls. */
async function webCaller(platform: TestPlatform): Promise<Pick<TestTerminal, 'send'>> {
  const { installation, running } = platform;
  const vault = createVault(readFileSync(installation.config.verificationSecretFile, 'utf8').trim());
  const tables = await tablesOf(installation);
  const key_hash = keyHashOf(vault, '10', 'key of the campaign');
  await tables.updateTable('channel').set({ key_hash }).where('code', '=', '10').execute();
  await tables.destroy();
  let session = '';
  const send: TestTerminal['send'] = async (method, path, body, more = {}) => {
    const response = await fetch(running.publicUrl + path, {
      method,
      headers: {
        ...{ 'x-app-id': 'app', 'x-app-key': 'key of the campaign', authorization: `Bearer ${session}` },
        ...{ 'x-department': 'housing', 'x-department-key': 'none' },
        ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
        ...more,
      },
      ...(method === 'POST' ? { body: typeof body === 'string' ? body : JSON.stringify(body ?? {}) } : {}),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
  };
  const { name, idNumber } = syntheticPerson('ordinary', '2026-11-21');
  const given = await send('POST', '/web/v1/registration/codes', { name, idNumber });
  const { challengeId } = given.body as { challengeId: string };
  // The answer does not wait for its message, so that nobody hears by the time who is known.
  for (let tries = 0; tries < 300 && session === ''; tries++) {
    const [message] = (await (await platform.management('sms-outbox')).json()) as { text: string }[];
    const code = /\d{6}/.exec(message?.text ?? '')?.[0];
    if (code === undefined) await new Promise((resolve) => setTimeout(resolve, 100));
    else session = ((await send('POST', '/web/v1/login', { challengeId, code })).body as { session: string }).session;
  }
  if (session === '') throw new Error('the person of the campaign cannot sign in');
  return { send };
}

async function signIn(platform: TestPlatform, terminal: TestTerminal): Promise<string> {
  const { challengeId } = await terminal.ask('sendCode', claimOf(syntheticPerson('ordinary', '2026-11-21')));
  const [message] = (await (await platform.management('sms-outbox')).json()) as { text: string }[];
  const check = await terminal.ask('checkCode', { challengeId, code: /\d{6}/.exec(message!.text)![0] });
  if (!check.accepted) throw new Error('the person of the campaign cannot sign in');
  return check.identityToken;
}

/**
 * With a token that is good, what lies behind it is reached; the route that ends it keeps the example's. Nobody waits for what does not
 * come.
 */
function withToken({ operation }: Target, { example }: MediaType, identityToken: string): unknown {
  if (operation.operationId === 'endIdentity' || typeof example !== 'object' || example === null) return example;
  const atOnce = 'waitMs' in example ? { ...example, waitMs: 0 } : example;
  return 'identityToken' in atOnce ? { ...atOnce, identityToken } : atOnce;
}

const INSIDE = /\bat [\w.<>]+ \(|node_modules|\.ts:\d|\/work\/|\/tmp\/|file:\/\/|Error:|SQLITE|SELECT |INSERT /;

/** Why an answer is none the document allows; undefined: it is. */
function objection({ operation }: Target, { status, body }: Answer): string | undefined {
  const text = JSON.stringify(body) ?? '';
  if (status >= 500) return `answered ${status} ${text.slice(0, 200)}`;
  if (status === 200) return undefined;
  if (INSIDE.test(text)) return `tells of the inside: ${text.slice(0, 200)}`;
  if (text.includes(MARKER)) return `repeats what was sent: ${text.slice(0, 200)}`;
  const allowed = operation.responses[String(status)]?.['x-codes'];
  if (!allowed) return `${status} is not in the document: ${text.slice(0, 200)}`;
  const { code } = body as { code?: string };
  return code !== undefined && allowed.includes(code)
    ? undefined
    : `${status} with ${String(code)} is not in the document`;
}
