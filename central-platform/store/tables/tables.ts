import type { Kysely } from 'kysely';
import type { Step } from '../engine/schema.ts';
import { AUDIT_STEPS, type AuditTables } from './audit.ts';
import { CHANNEL_STEPS, type ChannelTables } from './channels.ts';
import { CONSOLE_STEPS, type ConsoleTables } from './console.ts';
import { GUARD_STEPS, type GuardTables } from './guard.ts';
import { PASS_STEPS, type PassTables } from './passes.ts';
import { MESSAGE_STEPS, type MessageTables } from './messages.ts';
import { USER_STEPS, type UserTables } from './users.ts';
import { SERVICE_STEPS, type ServiceTables } from './service.ts';
import { OUTWARD_STEPS, type OutwardTables } from './outward.ts';

/** Every table, each room's in a file of its own. The same on both engines. */
export type Tables = AuditTables &
  ChannelTables &
  GuardTables &
  PassTables &
  MessageTables &
  UserTables &
  ServiceTables &
  OutwardTables &
  ConsoleTables;

export type Db = Kysely<Tables>;

/** In the order in which they came. New ones go to the end. */
export const STEPS: readonly Step[] = [
  ...AUDIT_STEPS,
  ...CHANNEL_STEPS,
  ...GUARD_STEPS,
  ...PASS_STEPS,
  ...MESSAGE_STEPS,
  ...USER_STEPS,
  ...SERVICE_STEPS,
  ...OUTWARD_STEPS,
  ...CONSOLE_STEPS,
];
