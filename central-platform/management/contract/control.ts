import { DifferenceKind } from '@kiosk/contract/platform/reconciliation.ts';
import { StreamName } from '@kiosk/contract/journal/stream.ts';
import { z } from 'zod';
import { Code, DateText, Deadline, Instant, Login, Reason, Step, TerminalId, Text, Words } from './common.ts';
import { get, page, Paged, post, QueryCount } from './route.ts';

export const CaseLine = z.object({
  caseId: z.string(),
  terminalId: TerminalId,
  kind: DifferenceKind,
  subject: z.string(),
  day: DateText,
  closeNumber: z.number().int().nullable(),
  seq: z.number().int().nullable(),
  firstSeq: z.number().int().nullable(),
  terminalValue: z.string(),
  platformValue: z.string(),
  state: z.enum(['open', 'closed']),
  assignee: z.string().nullable(),
  openedAt: Instant,
  lastSeenAt: Instant,
  reports: z.number().int(),
  deadline: Deadline,
});
export type CaseLine = z.infer<typeof CaseLine>;
export const CaseDetail = CaseLine.extend({
  steps: z.array(Step),
  /** The change that is to close it, when one waits. */
  closingChange: z.number().int().nullable(),
});

const Case = { caseId: z.string().max(60) };

/** Reconciliation: nothing is corrected by itself; closing one is a change (`case.close`). */
export const caseRoutes = {
  cases: get(
    '/cases',
    z.object({ state: z.enum(['open', 'closed']).optional() }),
    z.object({ rows: z.array(CaseLine) }),
  ),
  case: get('/cases/:caseId', z.object(Case), CaseDetail),
  assignCase: post('/cases/:caseId/assignee', z.object({ ...Case, assignee: Login.nullable() }), CaseDetail),
  commentCase: post('/cases/:caseId/comments', z.object({ ...Case, text: Text(500) }), CaseDetail),
};

export const ReleaseLine = z.object({
  kind: z.enum(['catalogue', 'parameters', 'command']),
  version: z.number().int(),
  /** null: the whole centre. */
  terminalId: TerminalId.nullable(),
  issuedAt: Instant,
  expires: Instant,
  keyId: z.string(),
  by: z.string().nullable(),
  approvedBy: z.string().nullable(),
  /** Terminals it is for, and those that said it is applied. */
  terminals: z.number().int(),
  applied: z.number().int(),
});

export const releaseRoutes = {
  releases: get(
    '/releases',
    z.object({}),
    z.object({
      rows: z.array(ReleaseLine),
      /** Program versions as terminals report them. */
      programs: z.array(z.object({ version: z.string(), terminals: z.number().int() })),
      /** Programs are updated from outside (package and service manager): the down-link has no place for them, so nothing here pretends. */
      programUpdates: z.literal('unsupported'),
    }),
  ),
};

export const QuarantineLine = z.object({
  terminalId: TerminalId,
  stream: StreamName,
  seq: z.number().int(),
  code: Code,
  reason: z.string(),
  at: Instant,
  state: z.enum(['waiting', 'kept', 'released']),
  decidedBy: z.string().nullable(),
  comment: z.string().nullable(),
});
export const QuarantineDetail = QuarantineLine.extend({ steps: z.array(Step) });

const Entry = { terminalId: TerminalId, stream: StreamName, seq: QueryCount.positive() };

export const quarantineRoutes = {
  quarantine: get('/quarantine', z.object({}), z.object({ rows: z.array(QuarantineLine) })),
  quarantined: get('/quarantine/:terminalId/:stream/:seq', z.object(Entry), QuarantineDetail),
  /** The body as it came. It may hold anything, so a look has a reason and is logged. */
  lookQuarantined: post(
    '/quarantine/:terminalId/:stream/:seq/look',
    z.object({ ...Entry, reason: Reason }),
    z.object({ bytes: z.number().int(), text: z.string().nullable(), seconds: z.number().int() }),
  ),
  /**
   * released: judged again by this release, which may understand it by now, and projected like any other. kept: stays aside for
   * good. E2514: still not understood; why stands among its steps.
   */
  decideQuarantined: post(
    '/quarantine/:terminalId/:stream/:seq',
    z.object({ ...Entry, decision: z.enum(['released', 'kept']), comment: Reason }),
    QuarantineDetail,
  ),
};

export const AuditLine = z.object({
  id: z.number().int(),
  at: Instant,
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
  link: z.string(),
});

export const systemRoutes = {
  audit: get(
    '/audit',
    z.object({ ...Paged, actor: z.string().max(64).optional(), action: z.string().max(64).optional() }),
    page(AuditLine),
  ),
  verifyAudit: post(
    '/audit/verification',
    z.object({}),
    z.object({ entries: z.number().int(), brokenAt: z.number().int().nullable(), at: Instant }),
  ),
  security: get(
    '/security',
    z.object({ code: Code.optional(), terminalId: TerminalId.optional() }),
    z.object({
      rows: z.array(
        z.object({ at: Instant, code: Code, words: Words, terminalId: z.string().nullable(), detail: z.string() }),
      ),
    }),
  ),
  backups: get(
    '/backups',
    z.object({}),
    z.object({
      /** false: nobody told this platform where backups go. */
      configured: z.boolean(),
      rows: z.array(
        z.object({
          name: z.string(),
          at: Instant,
          bytes: z.number().int(),
          sha256: z.string().nullable(),
          /** Opened and read back; null: not tried. */
          restoredAt: Instant.nullable(),
          ok: z.boolean().nullable(),
        }),
      ),
      lastAt: Instant.nullable(),
      overdue: z.boolean(),
      /** The last walk of the archive of papers: each held against the register. null: not yet. */
      archive: z
        .object({
          at: Instant,
          papers: z.number().int(),
          broken: z.array(z.object({ documentNumber: z.string(), reprint: z.number().int(), problem: z.string() })),
        })
        .nullable(),
    }),
  ),
};
