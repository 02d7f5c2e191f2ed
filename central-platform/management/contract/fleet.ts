import { DifferenceKind } from '@kiosk/contract/platform/reconciliation.ts';
import { Parameters } from '@kiosk/contract/platform/parameters.ts';
import { z } from 'zod';
import { Code, Instant, Position, TerminalId, Text, Words } from './common.ts';
import { get, Nothing, Paged, post } from './route.ts';

export const DeviceLine = z.object({
  id: z.string(),
  kind: z.string().nullable(),
  /** starting, ready, busy, fault, offline. */
  state: z.string(),
  code: Code.nullable(),
  /** Technician's words of the code. */
  words: Words.nullable(),
  warnings: z.array(Code),
  supplies: z.array(
    z.object({
      kind: z.enum(['paper', 'toner', 'retainedCards', 'other']),
      name: z.string().nullable(),
      level: z.enum(['full', 'low', 'out', 'unknown']),
      percent: z.number().int().nullable(),
    }),
  ),
});
export type DeviceLine = z.infer<typeof DeviceLine>;

/** In the order in which somebody should look: what stands still first. */
export const TerminalHealth = z.enum(['silent', 'fault', 'stopped', 'warning', 'ready', 'never', 'revoked']);
export type TerminalHealth = z.infer<typeof TerminalHealth>;

/** A terminal that stood still long enough for somebody to be called. */
export const IncidentLine = z.object({
  kind: z.enum(['silent', 'paperOut', 'tonerOut']),
  words: Words,
  openedAt: Instant,
  /** null: it is not over. */
  recoveredAt: Instant.nullable(),
  /** The highest level that was told, and when; 0: nobody yet. */
  level: z.number().int(),
  toldAt: Instant.nullable(),
});
export type IncidentLine = z.infer<typeof IncidentLine>;

/** Who is called. */
export const DutyLine = z.object({
  level: z.number().int(),
  /** The post, not the person. */
  label: z.string(),
  /** Masked. */
  phone: z.string(),
  /** China time; the whole day where both are the same. */
  from: z.string(),
  to: z.string(),
  /** On duty at this hour. */
  now: z.boolean(),
});
export type DutyLine = z.infer<typeof DutyLine>;

export const TerminalLine = z.object({
  terminalId: TerminalId,
  health: TerminalHealth,
  /** Why, the worst first. */
  reasons: z.array(z.object({ code: Code.nullable(), words: Words })),
  admitted: z.boolean(),
  branchId: z.string().nullable(),
  branchName: Words.nullable(),
  hall: z.string().nullable(),
  position: Position.nullable(),
  programVersion: z.string().nullable(),
  lastSeenAt: Instant.nullable(),
  registeredAt: Instant,
  /** Entries on the terminal that have not arrived here, by stream. */
  pending: z.record(z.string(), z.number().int()),
  paper: z.enum(['full', 'low', 'out', 'unknown']),
  toner: z.enum(['full', 'low', 'out', 'unknown']),
  devices: z.array(DeviceLine),
  /** Releases it has applied, and whether they are the newest. */
  applied: z
    .object({ catalogue: z.number().int(), parameters: z.number().int(), command: z.number().int() })
    .nullable(),
  upToDate: z.boolean(),
  /** Not over yet. */
  incidents: z.array(IncidentLine),
});
export type TerminalLine = z.infer<typeof TerminalLine>;

/** What stands in one place of the plan in one state; where many places lie close they are one. */
export const FleetSpot = z.object({
  position: Position,
  branchId: z.string().nullable(),
  health: TerminalHealth,
  amount: z.number().int(),
  /** The first of them. */
  terminalId: TerminalId,
});
export type FleetSpot = z.infer<typeof FleetSpot>;

export const TerminalDetail = TerminalLine.extend({
  streams: z.array(
    z.object({ stream: z.string(), durableUpTo: z.number().int(), head: z.string(), receivedAt: Instant }),
  ),
  commands: z.array(
    z.object({ version: z.number().int(), name: z.string(), outcome: z.string(), code: Code.nullable() }),
  ),
  parameters: Parameters,
  events: z.array(z.object({ at: Instant, code: Code, detail: z.string() })),
  cases: z.array(z.object({ caseId: z.string(), kind: DifferenceKind, day: z.string(), state: z.string() })),
  /** The last ones, and who is called for it. */
  pastIncidents: z.array(IncidentLine),
  duty: z.array(DutyLine),
  today: z.object({ sessions: z.number().int(), prints: z.number().int(), requests: z.number().int() }),
});
export type TerminalDetail = z.infer<typeof TerminalDetail>;

const One = { terminalId: TerminalId };

export const fleetRoutes = {
  /** Faults first, a page at a time; `counts` and `spots` are of all of them. */
  fleet: get(
    '/fleet',
    z.object({
      ...Paged,
      health: TerminalHealth.optional(),
      branchId: z.string().max(40).optional(),
      words: z.string().max(60).optional(),
    }),
    z.object({
      terminals: z.array(TerminalLine),
      next: z.string().nullable(),
      branches: z.array(z.object({ branchId: z.string(), name: Words, position: Position.nullable() })),
      counts: z.record(TerminalHealth, z.number().int()),
      spots: z.array(FleetSpot),
    }),
  ),
  terminal: get('/fleet/:terminalId', z.object(One), TerminalDetail),
  placeTerminal: post(
    '/fleet/:terminalId/place',
    z.object({
      ...One,
      branchId: z.string().max(40).nullable(),
      hall: Text(60).nullable(),
      position: Position.nullable(),
    }),
    Nothing,
  ),
  /** What harms nobody and tells something: one person is enough. The outcome comes with a later heartbeat. */
  commandTerminal: post(
    '/fleet/:terminalId/commands',
    z.object({
      ...One,
      command: z.discriminatedUnion('name', [
        z.object({ name: z.literal('selfTest'), deviceId: z.string().max(32) }),
        z.object({ name: z.literal('verifyJournal') }),
        z.object({ name: z.literal('reconcileNow') }),
      ]),
    }),
    z.object({ version: z.number().int() }),
  ),
};
