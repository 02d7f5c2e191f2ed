import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { enrolmentRoutes } from '@kiosk/contract/platform/enrolment.ts';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { EnrolmentOffice } from '../enrolment/office.ts';
import type { Intake } from '../ingest/intake.ts';
import type { Log } from '../log.ts';
import type { Terminal } from '../store/store.ts';
import type { Admission } from './admission/admission.ts';
import { priorityOf } from './admission/priority.ts';
import { type Callers, claimOf } from './caller.ts';
import type { GateFacts } from './gates/facts.ts';
import type { TerminalUses } from './gates/uses.ts';
import type { PlatformHandlers } from './handlers.ts';
import { refuse, refuseError, statusOf } from './refusal.ts';
import { terminalRoutes } from './routes.ts';
import { rateLimit } from './token-bucket.ts';

/** 500 entries of a batch, base64 and all, with room. */
export const BODY_LIMIT = 8 * 1024 * 1024;
/** A refused caller's body up to this is let run out: a new handshake would cost both sides more. */
const DRAINED_BYTES = 256 * 1024;

export interface GatewayParts {
  readonly tls: { readonly key: Buffer; readonly cert: Buffer; readonly ca: Buffer[] };
  readonly limits: { readonly perSecond: number; readonly burst: number };
  /** For callers without a certificate, by their address. */
  readonly strangers: { readonly perSecond: number; readonly burst: number };
  /** A request that has not come whole after this is refused (408), its headers after half of it. */
  readonly requestTimeoutMs: number;
  readonly admission: Admission;
  readonly callers: Callers;
  readonly centreId: string;
  readonly gates: GateFacts;
  readonly uses: TerminalUses;
  readonly enrolment: EnrolmentOffice;
  readonly clock: Clock;
  readonly log: Log;
  readonly intake: Intake;
  readonly handlers: PlatformHandlers;
}

/** The terminals' door: HTTPS with mutual TLS, and a code in every refusal. Everything is decided here before a body is read. */
export function createGateway(parts: GatewayParts): FastifyInstance {
  const { tls, clock, log, admission, callers, requestTimeoutMs } = parts;
  const terminals = new WeakMap<FastifyRequest, Terminal>();
  const started = new WeakMap<FastifyRequest, number>();
  const ofTerminal = rateLimit(clock, parts.limits);
  const ofStranger = rateLimit(clock, parts.strangers);

  const server = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: requestTimeoutMs,
    clientErrorHandler: refuseBytes,
    // An address the router cannot read: its own words would repeat it.
    frameworkErrors: (_error, _request, reply) => void refuse(reply, { code: 'E9005', detail: 'address' }, 404),
    https: {
      ...tls,
      requestCert: true,
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      handshakeTimeout: requestTimeoutMs,
      headersTimeout: requestTimeoutMs / 2,
      connectionsCheckingInterval: Math.min(5_000, requestTimeoutMs / 4),
      maxHeaderSize: 16 * 1024,
    },
  });
  // One TLS connection lives through many requests, not for ever: a terminal that is drained for hours still meets new keys.
  server.server.maxRequestsPerSocket = 10_000;

  /** What Node's parser does not take as HTTP: answered with a code like everything else, and the connection ends. */
  function refuseBytes(error: Error & { code?: string }, socket: Socket): void {
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
    log({ event: 'not http', status, code: 'E9005', detail: /^[A-Z_]{3,60}$/.exec(error.code ?? '')?.[0] });
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    const body = '{"code":"E9005"}';
    const head = `HTTP/1.1 ${status} Refused\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`;
    socket.end(`${head}\r\nconnection: close\r\n\r\n${body}`, () => socket.destroy());
  }

  /** Cheap for us: what is still to come of a large body is not read, the connection ends instead. */
  function turnAway(request: FastifyRequest, reply: FastifyReply, code: string, detail?: string): FastifyReply {
    const length = Number(request.headers['content-length'] ?? 0);
    const chunked = request.headers['transfer-encoding'] !== undefined;
    if (chunked || !(length <= DRAINED_BYTES)) void reply.header('connection', 'close');
    return refuse(reply, { code, detail }, statusOf(code));
  }

  server.addHook('onRequest', async (request, reply) => {
    started.set(request, clock.monotonic());
    const { url } = request.raw;
    const stranger = url?.split('?', 1)[0] === enrolmentRoutes.enrol.path;
    const claimed = stranger ? undefined : claimOf(request.raw.socket as TLSSocket);
    if (claimed && !claimed.ok) {
      log({ event: 'not admitted', ...claimed.error });
      return turnAway(request, reply, claimed.error.code, claimed.error.detail);
    }
    const own = claimed ? ofTerminal.take(claimed.value.terminalId) : ofStranger.take(request.ip);
    if (own > 0) return turnAway(request, reply, 'E3106', `${own} s`);

    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const entry = await admission.enter(priorityOf(url ?? ''), gone.signal);
    if (!entry.admitted) return turnAway(request, reply, 'E3106', `${entry.retryAfterSeconds} s`);
    if (gone.signal.aborted) entry.leave();
    else reply.raw.once('close', entry.leave);

    if (!claimed) return undefined;
    const terminal = await callers.identify(claimed.value);
    if (!terminal.ok) {
      log({ event: 'not admitted', terminal: claimed.value.terminalId, ...terminal.error });
      return turnAway(request, reply, terminal.error.code, terminal.error.detail);
    }
    terminals.set(request, terminal.value);
    return undefined;
  });
  server.addHook('onResponse', async (request, reply) => {
    log({
      event: 'request',
      terminal: terminals.get(request)?.terminalId,
      // The pattern, never the address as it came.
      route: `${request.method} ${request.routeOptions.url ?? '(unknown)'}`,
      status: reply.statusCode,
      milliseconds: Math.round(clock.monotonic() - (started.get(request) ?? clock.monotonic())),
    });
  });
  server.setNotFoundHandler((_request, reply) => refuse(reply, { code: 'E9005', detail: 'no such route' }, 404));
  server.setErrorHandler<Error & { statusCode?: number; code?: string }>((error, _request, reply) =>
    refuseError(reply, error, log),
  );
  server.register(terminalRoutes(parts, (request) => terminals.get(request)!));
  return server;
}
