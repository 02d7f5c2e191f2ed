import type { Failure } from '@kiosk/contract/kernel/result.ts';
import type { FastifyReply } from 'fastify';
import { placeOf, type Log } from '../log.ts';
import { RETRY_AFTER_S, StoreUnavailable } from '../store/engine/unavailable.ts';
import type { GateAnswer } from './gates/gates.ts';

/**
 * HTTP status of a refusal. A code that is not listed is a refusal of what was asked: 422. 5xx is for our own bugs only: a terminal
 * does not look further into those.
 */
const STATUS: Readonly<Record<string, number>> = {
  E1203: 423,
  E1206: 401,
  E1207: 403,
  E1208: 423,
  E2401: 403,
  E2403: 403,
  E2404: 401,
  E2405: 429,
  E2603: 415,
  E2604: 413,
  E2606: 404,
  E2607: 429,
  E2609: 401,
  E2610: 401,
  E2611: 403,
  E3105: 403,
  E3106: 429,
  E3108: 403,
  E3109: 403,
  E3110: 403,
  E3114: 503,
  E6109: 503,
  E9005: 400,
  E9006: 500,
  E9008: 500,
};

export const statusOf = (code: string): number => STATUS[code] ?? 422;

/** Answers with a `Refusal` (contract/platform/api.ts). A detail that is a number of seconds becomes Retry-After too. */
export function refuse(reply: FastifyReply, { code, detail }: Failure, status = statusOf(code)): FastifyReply {
  const seconds = /^(\d+) s$/.exec(detail ?? '')?.[1];
  if (seconds !== undefined) void reply.header('retry-after', seconds);
  return reply.code(status).send(detail === undefined ? { code } : { code, detail });
}

/** Answers for a gate that is shut. */
export function refuseAtGate(reply: FastifyReply, { body, retryAfterSeconds }: GateAnswer): FastifyReply {
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
  return reply.code(statusOf(body.code)).send(body);
}

/** Answers for whatever a route threw: a request nobody could read, a database that is away, or a bug of ours. */
export function refuseError(
  reply: FastifyReply,
  error: Error & { readonly statusCode?: number; readonly code?: string },
  log: Log,
): FastifyReply {
  const status = error.statusCode ?? 500;
  if (status < 500) return refuse(reply, { code: 'E9005', detail: error.code ?? 'request' }, status);
  if (error instanceof StoreUnavailable) {
    log({ event: 'store.unavailable', code: 'E6109', detail: error.message });
    return refuse(reply, { code: 'E6109', detail: `${RETRY_AFTER_S} s` });
  }
  log({ event: 'bug', code: 'E9006', detail: placeOf(error) });
  return refuse(reply, { code: 'E9006' });
}
