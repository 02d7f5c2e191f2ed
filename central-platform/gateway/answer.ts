import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Log } from '../log.ts';
import { refuse } from './refusal.ts';

/** Checks our own answer as well: a terminal must never have to guess. */
export function answer(log: Log, reply: FastifyReply, schema: z.ZodType, value: unknown, status = 200): FastifyReply {
  const checked = schema.safeParse(value);
  if (checked.success) return reply.code(status).send(checked.data);
  log({ event: 'bug', code: 'E9008', detail: placesOf(checked.error) });
  return refuse(reply, { code: 'E9008' });
}

/** Where and what kind, never the value: it may be somebody's number. Names of fields that a caller made up are not repeated. */
export function placesOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.map(String).filter(isPlain).join('.') || '(whole)'}: ${issue.code}`)
    .join('; ');
}

const isPlain = (key: string): boolean => /^[A-Za-z]{1,32}$|^\d{1,6}$/.test(key);
