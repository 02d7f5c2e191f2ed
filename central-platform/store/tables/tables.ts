import type { Kysely } from 'kysely';
import type { Step } from '../engine/schema.ts';
import { AUDIT_STEPS, type AuditTables } from './audit.ts';

/** Every table, each room's in a file of its own. The same on both engines. */
export type Tables = AuditTables;

export type Db = Kysely<Tables>;

/** In the order in which they came. New ones go to the end. */
export const STEPS: readonly Step[] = [...AUDIT_STEPS];
