import type { TLSSocket } from 'node:tls';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { StreamName } from '@kiosk/contract/journal/entry.ts';
import { platformRoutes, type PlatformRoutes } from '@kiosk/contract/platform/api.ts';
import { Batch, BatchConflict, BatchReceipt, StreamHead, StreamPage } from '@kiosk/contract/platform/ingest.ts';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Intake } from '../ingest/intake.ts';
import { placeOf, type Log } from '../log.ts';
import type { Store, Terminal } from '../store/store.ts';
import { admit } from './admission.ts';
import type { PlatformHandlers } from './handlers.ts';
import { refuse } from './refusal.ts';
import { rateLimit } from './token-bucket.ts';
import { unzip } from './unzip.ts';

/** 500 entries of a batch, base64 and all, with room. */
const BODY_LIMIT = 8 * 1024 * 1024;
/** Query of a page: text, as queries are. */
const PageWanted = z.object({
  after: z.coerce.number().int().nonnegative(),
  limit: z.coerce.number().int().min(1).max(500),
});
const REQUEST_TIMEOUT_MS = 30_000;

export interface GatewayParts {
  readonly tls: { readonly key: Buffer; readonly cert: Buffer; readonly ca: Buffer };
  readonly limits: { readonly perSecond: number; readonly burst: number };
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly intake: Intake;
  readonly handlers: PlatformHandlers;
}

/** The terminals' door: HTTPS with mutual TLS, and a code in every refusal. */
export function createGateway(parts: GatewayParts): FastifyInstance {
  const { tls, clock, log, store, intake, handlers } = parts;
  const callers = new WeakMap<FastifyRequest, Terminal>();
  const started = new WeakMap<FastifyRequest, number>();
  const limit = rateLimit(clock, parts.limits);

  const server = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    https: { ...tls, requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.2' },
  });

  server.addHook('onRequest', async (request, reply) => {
    started.set(request, clock.monotonic());
    const terminal = await admit(request.raw.socket as TLSSocket, store.terminals);
    if (!terminal.ok) {
      log({ event: 'not admitted', ...terminal.error });
      return refuse(reply, terminal.error);
    }
    callers.set(request, terminal.value);
    const wait = limit.take(terminal.value.terminalId);
    if (wait > 0) return refuse(reply, { code: 'E3106', detail: `${wait} s` });
    return undefined;
  });
  server.addHook('onResponse', async (request, reply) => {
    log({
      event: 'request',
      terminal: callers.get(request)?.terminalId,
      // The pattern, never the address as it came.
      route: `${request.method} ${request.routeOptions.url ?? '(unknown)'}`,
      status: reply.statusCode,
      milliseconds: Math.round(clock.monotonic() - (started.get(request) ?? clock.monotonic())),
    });
  });
  server.setNotFoundHandler((_request, reply) => refuse(reply, { code: 'E9005', detail: 'no such route' }, 404));
  server.setErrorHandler<Error & { statusCode?: number; code?: string }>((error, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return refuse(reply, { code: 'E9005', detail: error.code ?? 'request' }, status);
    log({ event: 'bug', code: 'E9006', detail: placeOf(error) });
    return refuse(reply, { code: 'E9006' });
  });

  const caller = (request: FastifyRequest): Terminal => callers.get(request)!;

  /** Checks our own answer as well: a terminal must never have to guess. */
  function answer(reply: FastifyReply, schema: z.ZodType, value: unknown, status = 200): FastifyReply {
    const checked = schema.safeParse(value);
    if (checked.success) return reply.code(status).send(checked.data);
    log({ event: 'bug', code: 'E9008', detail: placesOf(checked.error) });
    return refuse(reply, { code: 'E9008' });
  }

  function serve<R extends keyof PlatformRoutes>(name: R): void {
    const { method, path, request: schema, answer: answerSchema } = platformRoutes[name];
    server.route({
      method,
      url: path,
      async handler(request, reply) {
        const asked = schema.safeParse(method === 'GET' ? request.query : request.body);
        if (!asked.success) return refuse(reply, { code: 'E9005', detail: placesOf(asked.error) });
        const result = await handlers[name](caller(request), asked.data as z.output<PlatformRoutes[R]['request']>);
        return result.ok ? answer(reply, answerSchema, result.value) : refuse(reply, result.error);
      },
    });
  }
  (Object.keys(platformRoutes) as (keyof PlatformRoutes)[]).forEach(serve);

  const unzipped = { preParsing: unzip(BODY_LIMIT) };
  server.post<{ Params: { stream: string } }>('/v1/streams/:stream/batches', unzipped, async (request, reply) => {
    const batch = Batch.safeParse(request.body);
    if (!batch.success) return refuse(reply, { code: 'E9005', detail: placesOf(batch.error) });
    if (batch.data.stream !== request.params.stream) {
      return refuse(reply, { code: 'E9005', detail: 'stream: differs from the address' });
    }
    const received = await intake.receive(caller(request), batch.data);
    if (received.ok) return answer(reply, BatchReceipt, received.value);
    log({ event: 'batch.refused', terminal: caller(request).terminalId, code: received.error.code });
    return answer(reply, BatchConflict, received.error, 409);
  });
  server.get<{ Params: { stream: string } }>('/v1/streams/:stream/head', async (request, reply) => {
    const stream = StreamName.safeParse(request.params.stream);
    if (!stream.success) return refuse(reply, { code: 'E9005', detail: 'stream: no such stream' }, 404);
    return answer(reply, StreamHead, await intake.standing(caller(request).terminalId, stream.data));
  });
  server.get<{ Params: { stream: string }; Querystring: unknown }>(
    '/v1/streams/:stream/entries',
    async (request, reply) => {
      const stream = StreamName.safeParse(request.params.stream);
      const page = PageWanted.safeParse(request.query);
      if (!stream.success) return refuse(reply, { code: 'E9005', detail: 'stream: no such stream' }, 404);
      if (!page.success) return refuse(reply, { code: 'E9005', detail: placesOf(page.error) });
      const { after, limit } = page.data;
      const found = await intake.entries(caller(request).terminalId, stream.data, after, limit);
      return found
        ? answer(reply, StreamPage, found)
        : refuse(reply, { code: 'E9005', detail: 'after: beyond the end of the stream' }, 404);
    },
  );
  return server;
}

/** Where and what kind, never the value: it may be somebody's number. */
function placesOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || '(whole)'}: ${issue.code}`)
    .join('; ');
}
