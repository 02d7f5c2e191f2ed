import type { Failure } from '@kiosk/contract/kernel/result.ts';
import type { FastifyReply } from 'fastify';
import type { GateAnswer } from './gates/gates.ts';

/**
 * HTTP status of a refusal. A code that is not listed is a refusal of what was asked: 422. 5xx is for our own bugs only: a terminal
 * does not look further into those.
 */
const STATUS: Readonly<Record<string, number>> = {
  E1203: 423,
  E1206: 401,
  E2401: 403,
  E2403: 403,
  E2404: 401,
  E2405: 429,
  E3105: 403,
  E3106: 429,
  E3108: 403,
  E3109: 403,
  E3110: 403,
  E3114: 503,
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
