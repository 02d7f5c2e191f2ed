import type { Kysely } from 'kysely';
import type { Step } from '../engine/schema.ts';
import { AUDIT_STEPS, type AuditTables } from './audit.ts';
import { CHANNEL_STEPS, type ChannelTables } from './channels.ts';
import { CORE_STEPS, type CoreTables } from './core.ts';
import { CONSOLE_STEPS, type ConsoleTables } from './console.ts';
import { ENROLMENT_STEPS, type EnrolmentTables } from './enrolment.ts';
import { GUARD_STEPS, type GuardTables } from './guard.ts';
import { PASS_STEPS, type PassTables } from './passes.ts';
import { MESSAGE_STEPS, type MessageTables } from './messages.ts';
import { DUTY_STEPS, type DutyTables } from './duty.ts';
import { NOTICE_STEPS, type NoticeTables } from './notices.ts';
import { USER_STEPS, type UserTables } from './users.ts';
import { SERVICE_STEPS, type ServiceTables } from './service.ts';
import { OUTWARD_STEPS, type OutwardTables } from './outward.ts';
import type { BusinessTables } from './business.ts';
import type { ConfigurationTables } from './configuration.ts';
import { DOCUMENT_STEPS, type DocumentTables } from './documents.ts';
import { IDENTITY_STEPS, type IdentityTables } from './identity.ts';
import { JOURNAL_STEPS, type JournalTables } from './journal.ts';
import { REQUEST_STEPS, type RequestTables } from './requests.ts';
import type { ReconciliationTables } from './reconciliation.ts';
import { TERMINAL_STEPS, type TerminalTables } from './terminals.ts';
import { UPKEEP_STEPS, type UpkeepTables } from './upkeep.ts';
import { FIRST_STEPS } from './first-postgres.ts';

/** Every table, each room's in a file of its own. The same on both engines. */
export type Tables = BusinessTables &
  UpkeepTables &
  CoreTables &
  ConfigurationTables &
  DocumentTables &
  IdentityTables &
  JournalTables &
  ReconciliationTables &
  TerminalTables &
  AuditTables &
  ChannelTables &
  GuardTables &
  PassTables &
  MessageTables &
  NoticeTables &
  DutyTables &
  UserTables &
  ServiceTables &
  OutwardTables &
  ConsoleTables &
  RequestTables &
  EnrolmentTables;

export type Db = Kysely<Tables>;

/** In the order in which they came. New ones go to the end. */
export const STEPS: readonly Step[] = [
  ...FIRST_STEPS,
  ...JOURNAL_STEPS,
  ...UPKEEP_STEPS,
  ...DOCUMENT_STEPS,
  ...AUDIT_STEPS,
  ...CHANNEL_STEPS,
  ...GUARD_STEPS,
  ...PASS_STEPS,
  ...MESSAGE_STEPS,
  ...USER_STEPS,
  ...SERVICE_STEPS,
  ...OUTWARD_STEPS,
  ...CONSOLE_STEPS,
  ...ENROLMENT_STEPS,
  ...CORE_STEPS,
  ...IDENTITY_STEPS,
  ...NOTICE_STEPS,
  ...REQUEST_STEPS,
  ...TERMINAL_STEPS,
  ...DUTY_STEPS,
];
