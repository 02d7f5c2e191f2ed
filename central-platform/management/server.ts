import { createReadStream, existsSync, statSync } from 'node:fs';
import { extname, join, normalize, sep } from 'node:path';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, ok } from '@kiosk/contract/kernel/result.ts';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { refuse, refuseError } from '../gateway/refusal.ts';
import { rateLimit } from '../gateway/token-bucket.ts';
import type { Log } from '../log.ts';
import type { AuditStore } from '../store/audit-store.ts';
import { type ConsoleRouteName, consoleRoutes } from './contract/api.ts';
import { mayCall, roleMatrix } from './contract/roles.ts';
import type { Me } from './contract/session.ts';
import type { ConsoleHandlers, SavedFile } from './handlers.ts';
import type { Caller, Sessions } from './sessions.ts';

const COOKIE = 'console-session';
const STATUS: Readonly<Record<string, number>> = {
  E2501: 401,
  E2502: 401,
  E2503: 423,
  E2504: 403,
  E2505: 403,
  E2507: 409,
  E2508: 404,
  E2515: 429,
};
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
/** As the build names what it makes (vite: assets/name-hash.js). */
const HASHED = /^assets\/[\w.-]+-[\w-]{8}\.\w+$/;
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.png': 'image/png',
  '.json': 'application/json',
};

export interface ConsoleParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly sessions: Sessions;
  readonly handlers: ConsoleHandlers;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly centre: Me['centre'];
  readonly demonstration: boolean;
  readonly idleMs: number;
  /** Where the built pages are. */
  readonly pagesDir: string;
  /** The faces that the pages bring along, for a desk without a Chinese font. */
  readonly fontsDir: string;
  /** The address staff type, where another server with TLS stands in front; absent: loopback only. */
  readonly baseUrl: string | undefined;
}

/** The console's listener: its pages, and its routes behind a session, the role matrix and a token against forged requests. */
export function createConsoleListener(parts: ConsoleParts): FastifyInstance {
  const { clock, log, sessions, handlers, audit } = parts;
  const server = fastify({ logger: false, bodyLimit: 256 * 1024, requestTimeout: 60_000 });
  const limit = rateLimit(clock, { perSecond: 50, burst: 300 });
  const signInLimit = rateLimit(clock, { perSecond: 1, burst: 30 });
  const secure = parts.baseUrl?.startsWith('https:') ? '; Secure' : '';

  server.addHook('onRequest', async (request, reply) => {
    void reply.headers({
      'cache-control': 'no-store',
      'content-security-policy': CSP,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    // A page of somebody else that points its own name at this machine is not answered.
    if (!ownHost(request.headers.host, parts.baseUrl)) return refuse(reply, { code: 'E9005', detail: 'host' }, 421);
    const wait = limit.take(request.ip);
    return wait > 0 ? refuse(reply, { code: 'E3106', detail: `${wait} s` }) : undefined;
  });
  server.setNotFoundHandler((_request, reply) => refuse(reply, { code: 'E9005', detail: 'no such route' }, 404));
  server.setErrorHandler<Error & { statusCode?: number; code?: string }>((error, _request, reply) =>
    refuseError(reply, error, log),
  );
  server.addHook('onResponse', async (request, reply) => {
    if (!request.routeOptions.url?.startsWith('/console/api')) return;
    log({
      event: 'console request',
      route: `${request.method} ${request.routeOptions.url}`,
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
    });
  });

  const refused = (reply: FastifyReply, error: { code: string; detail?: string | undefined }) =>
    refuse(reply, error, STATUS[error.code]);
  const cookie = (reply: FastifyReply, token: string, more = '') =>
    reply.header('set-cookie', `${COOKIE}=${token}; Path=/console; HttpOnly; SameSite=Strict${secure}${more}`);

  const meOf = ({ member, session, endsAt }: Caller): Me => ({
    login: member.login,
    name: member.name,
    role: member.role,
    mustChangeSecret: member.mustChange,
    csrfToken: session.csrfToken,
    idleSeconds: Math.round(parts.idleMs / 1000),
    sessionEndsAt: endsAt,
    centre: parts.centre,
    demonstration: parts.demonstration,
    serverTime: clock.now(),
  });

  async function act(
    name: ConsoleRouteName,
    asked: never,
    caller: Caller,
    reply: FastifyReply,
  ): Promise<Result<unknown>> {
    if (name === 'me') return ok(meOf(caller));
    if (name === 'signOut') {
      await sessions.signOut(caller);
      cookie(reply, '', '; Max-Age=0');
      return ok({});
    }
    if (name === 'changeSecret') {
      const { old, new: fresh } = asked as { old: string; new: string };
      const changed = await sessions.changeSecret(caller, old, fresh);
      return changed.ok ? ok(meOf(changed.value)) : changed;
    }
    return handlers[name as keyof ConsoleHandlers](asked, caller);
  }

  function serve(name: ConsoleRouteName): void {
    const { method, path, request: schema, answer } = consoleRoutes[name];
    server.route({
      method,
      url: path,
      exposeHeadRoute: false,
      async handler(request: FastifyRequest, reply) {
        if (request.headers['sec-fetch-site'] === 'cross-site') return refused(reply, { code: 'E2505' });
        const read = () =>
          schema.safeParse({
            ...((method === 'GET' ? request.query : request.body) as object | undefined),
            ...(request.params as object),
          });
        if (name === 'signIn') return signIn(read(), request, reply);
        const caller = await sessions.caller(tokenOf(request));
        if (!caller) return refused(reply, { code: 'E2501' });
        const { member } = caller;
        if (method === 'POST' && !sessions.csrf(caller, request.headers['x-csrf-token'])) {
          return refused(reply, { code: 'E2505' });
        }
        if (!mayCall(name, member.role)) {
          await audit.append({
            ...{ at: clock.now(), actor: member.login, action: 'console.refused', subject: name },
            detail: { role: member.role },
          });
          return refused(reply, { code: 'E2504' });
        }
        if (member.mustChange && !['me', 'signOut', 'changeSecret'].includes(name)) {
          return refused(reply, { code: 'E2511' });
        }
        const asked = read();
        if (!asked.success) return refused(reply, { code: 'E9005', detail: placesOf(asked.error) });
        const result = await act(name, asked.data as never, caller, reply);
        if (!result.ok) return refused(reply, result.error);
        if (name === 'exportList') return saved(reply, result.value as SavedFile);
        const checked = answer.safeParse(result.value);
        if (checked.success) return reply.send(checked.data);
        log({ event: 'bug', code: 'E9008', detail: `${name}: ${placesOf(checked.error)}` });
        return refused(reply, { code: 'E9008' });
      },
    });
  }

  async function signIn(asked: z.ZodSafeParseResult<unknown>, request: FastifyRequest, reply: FastifyReply) {
    const wait = signInLimit.take(request.ip);
    if (wait > 0) return refuse(reply, { code: 'E3106', detail: `${wait} s` });
    if (!asked.success) return refused(reply, { code: 'E9005', detail: placesOf(asked.error) });
    const { login, secret } = asked.data as { login: string; secret: string };
    const done = await sessions.signIn(login, secret);
    if (!done.ok) return refused(reply, done.error);
    cookie(reply, done.value.token);
    return meOf(done.value);
  }

  (Object.keys(roleMatrix) as ConsoleRouteName[]).forEach(serve);
  for (const face of ['NotoSansSC-Regular.ttf', 'NotoSansSC-Bold.ttf']) {
    server.get(`/console/fonts/${face}`, (_request, reply) =>
      reply
        .type('font/ttf')
        .header('cache-control', 'max-age=86400')
        .send(createReadStream(join(parts.fontsDir, face))),
    );
  }
  pages(server, parts.pagesDir);
  return server;
}

function pages(server: FastifyInstance, folder: string): void {
  server.get('/', (_request, reply) => reply.redirect('/console/'));
  server.get('/console', (_request, reply) => reply.redirect('/console/'));
  server.get<{ Params: { '*': string } }>('/console/*', (request, reply) => {
    const wanted = normalize(request.params['*']);
    const file = join(folder, wanted);
    const inside = !wanted.split(sep).includes('..') && file.startsWith(folder + sep);
    const found = inside && existsSync(file) && statSync(file).isFile();
    // Addresses of pages are the page's own business; a missing asset is missing.
    if (!found && extname(wanted) !== '') return refuse(reply, { code: 'E9005', detail: 'no such file' }, 404);
    const page = found ? file : join(folder, 'index.html');
    if (!existsSync(page))
      return refuse(reply, { code: 'E9005', detail: 'the pages are not built: npm run build' }, 404);
    // A name with a hash in it is another name when its content is another; the page itself is always asked for.
    const cached = found && HASHED.test(wanted) ? 'public, max-age=31536000, immutable' : 'no-cache';
    const type = TYPES[extname(page)] ?? 'application/octet-stream';
    return reply.header('cache-control', cached).type(type).send(createReadStream(page));
  });
}

function saved(reply: FastifyReply, { name, type, bytes }: SavedFile): FastifyReply {
  return reply
    .type(type)
    .header('content-disposition', `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"`)
    .send(Buffer.from(bytes));
}

function tokenOf(request: FastifyRequest): string | undefined {
  const found = /(?:^|;\s*)console-session=([\w-]{20,100})/.exec(request.headers.cookie ?? '');
  return found?.[1];
}

function ownHost(host: string | undefined, baseUrl: string | undefined): boolean {
  if (host === undefined) return false;
  if (baseUrl !== undefined && host === new URL(baseUrl).host) return true;
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);
}

/** Where and what kind, never the value: it may be somebody's number. */
function placesOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || '(whole)'}: ${issue.code}`)
    .join('; ');
}
