import type { Failure } from '@kiosk/contract/kernel/result.ts';
import type { FastifyReply } from 'fastify';

/**
 * HTTP status of a refusal. A code that is not listed is a refusal of what was asked: 422. 5xx is for our own bugs only: a terminal
 * does not look further into those.
 */
const STATUS: Readonly<Record<string, number>> = {
  E1203: 423,
  E1206: 401,
  E3105: 403,
  E3106: 429,
  E9005: 400,
  E9006: 500,
  E9008: 500,
};

/** Answers with a `Refusal` (contract/platform/api.ts). A detail that is a number of seconds becomes Retry-After too. */
export function refuse(reply: FastifyReply, { code, detail }: Failure, status = STATUS[code] ?? 422): FastifyReply {
  const seconds = /^(\d+) s$/.exec(detail ?? '')?.[1];
  if (seconds !== undefined) void reply.header('retry-after', seconds);
  return reply.code(status).send(detail === undefined ? { code } : { code, detail });
}
