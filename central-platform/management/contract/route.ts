import { z } from 'zod';

/**
 * operator: daily work, proposes and approves. auditor: reads everything with the audit log, approves nothing. administrator:
 * staff accounts and the same decisions as an operator. supervisor: sees figures and lists, never a person and changes nothing.
 */
export const Role = z.enum(['operator', 'auditor', 'administrator', 'supervisor']);
export type Role = z.infer<typeof Role>;

/** GET takes its request from the query string, POST from the body; what the path names (`:id`) is part of the request in both. */
export interface ConsoleRoute<Q extends z.ZodObject = z.ZodObject, A extends z.ZodType = z.ZodType> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly request: Q;
  /** `FILE`: the answer is bytes for the browser to save. */
  readonly answer: A;
}

export const FILE = z.custom<Blob>();

const PREFIX = '/console/api';

export const get = <Q extends z.ZodObject, A extends z.ZodType>(path: string, request: Q, answer: A) =>
  ({ method: 'GET', path: PREFIX + path, request, answer }) as const;
export const post = <Q extends z.ZodObject, A extends z.ZodType>(path: string, request: Q, answer: A) =>
  ({ method: 'POST', path: PREFIX + path, request, answer }) as const;

export const Nothing = z.object({});
/** A number in a query string. */
export const QueryCount = z.coerce.number<number>().int();
/** How a long list is read: newest first, `before` is the last answer's `next`. */
export const Paged = {
  limit: QueryCount.min(1).max(500).default(100),
  before: z.string().max(80).optional(),
};
export const page = <T extends z.ZodType>(row: T) =>
  z.object({
    rows: z.array(row),
    /** null: that was all. */
    next: z.string().nullable(),
  });
