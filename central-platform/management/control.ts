import { explain } from '@kiosk/contract/errors/catalogue.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { z } from 'zod';
import type { DifferenceCase } from '../store/reconciliation-store.ts';
import type { ArchiveWalk } from '../documents/archive-watch.ts';
import type { Store } from '../store/store.ts';
import type { CaseDetail, CaseLine } from './contract/control.ts';
import { type DeadlineDays, deadlineOf, dueAt } from './deadlines.ts';
import type { Handlers } from './handlers.ts';
import type { Steps } from './steps.ts';

const MOST_CASES = 1_000;

export interface ControlParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly steps: Steps;
  readonly days: DeadlineDays;
}

type Case = z.infer<typeof CaseLine>;

/** Reconciliation cases: looked after by somebody, closed by two. */
export function caseHandlers(parts: ControlParts): Handlers<'cases' | 'case' | 'assignCase' | 'commentCase'> {
  const { clock, store, steps, days } = parts;
  const { work, audit, staff, changes } = store;

  async function lines(): Promise<Case[]> {
    const desks = new Map((await work.caseDesks()).map((desk) => [desk.caseId, desk]));
    return (await store.reconciliation.cases(undefined, MOST_CASES)).map((found) => {
      const desk = desks.get(found.caseId);
      return caseLine(found, desk?.assignee ?? null, desk?.closedAt ?? null, days.case, clock.now());
    });
  }

  async function detail(caseId: string): Promise<Result<z.infer<typeof CaseDetail>>> {
    const line = (await lines()).find((one) => one.caseId === caseId);
    if (!line) return fail('E2508');
    const waiting = await changes.list(500, undefined, 'proposed');
    const closing = waiting.find(({ content }) => content.kind === 'case.close' && content.caseId === caseId);
    return ok({ ...line, steps: await steps.of('case', caseId), closingChange: closing?.id ?? null });
  }

  async function act(caseId: string, by: string, what: string, text: string) {
    const at = clock.now();
    await steps.add('case', caseId, { at, by, act: what, text });
    await audit.append({ at, actor: by, action: `case.${what}`, subject: caseId, detail: {} });
    return detail(caseId);
  }

  return {
    async cases({ state }) {
      const rows = (await lines()).filter((line) => state === undefined || line.state === state);
      return ok({ rows: rows.sort((a, b) => Number(a.state === 'closed') - Number(b.state === 'closed')) });
    },
    case: ({ caseId }) => detail(caseId),
    async assignCase({ caseId, assignee }, { member }) {
      const known = await detail(caseId);
      if (!known.ok) return known;
      if (known.value.state === 'closed') return fail('E2507');
      if (assignee !== null && (await staff.get(assignee))?.state !== 'active') return fail('E2508', assignee);
      await work.changeCase(caseId, { assignee });
      return act(caseId, member.login, 'assigned', assignee ?? '');
    },
    async commentCase({ caseId, text }, { member }) {
      const known = await detail(caseId);
      return known.ok ? act(caseId, member.login, 'commented', text) : known;
    },
  };
}

export function caseLine(
  found: DifferenceCase,
  assignee: string | null,
  closedAt: number | null,
  days: number,
  now: number,
): Case {
  const { caseId, terminalId, kind, subject, day, seq, firstSeq, terminalValue, platformValue } = found;
  const { openedAt, lastSeenAt, reports, number } = found;
  return {
    ...{ caseId, terminalId, kind, subject, day, closeNumber: number, seq, firstSeq, terminalValue, platformValue },
    ...{ state: closedAt === null ? found.state : 'closed', assignee, openedAt, lastSeenAt, reports },
    deadline: deadlineOf(openedAt, dueAt(openedAt, days), closedAt, now),
  };
}

/** What somebody looks after the platform with: its log, its alarms, its backups. */
export function systemHandlers({
  clock,
  store,
  backups,
}: ControlParts & { readonly backups: BackupDesk }): Handlers<'audit' | 'verifyAudit' | 'security' | 'backups'> {
  const { audit } = store;
  return {
    async audit({ limit, before, actor, action }) {
      const rows = [];
      let below = before === undefined ? undefined : Number(before);
      // Filters are rare and the log is long: it is read downwards until a page is full.
      for (let pages = 0; rows.length < limit && pages < 50; pages++) {
        const page = await audit.list(500, below);
        for (const entry of page) {
          below = entry.id;
          if (actor !== undefined && entry.actor !== actor) continue;
          if (action !== undefined && !entry.action.startsWith(action)) continue;
          rows.push(entry);
          if (rows.length === limit) break;
        }
        if (page.length < 500 && rows.length < limit) return ok({ rows: rows.map(auditLine), next: null });
      }
      return ok({ rows: rows.map(auditLine), next: below === undefined ? null : String(below) });
    },
    async verifyAudit(_asked, { member }) {
      const found = await audit.verify();
      const at = clock.now();
      await audit.append({ at, actor: member.login, action: 'audit.verified', subject: 'audit', detail: { ...found } });
      return ok({ ...found, at });
    },
    async security({ code, terminalId }) {
      const rows = (await store.security.list()).filter(
        (event) =>
          (code === undefined || event.code === code) && (terminalId === undefined || event.terminalId === terminalId),
      );
      return ok({ rows: rows.slice(0, 500).map((event) => ({ ...event, words: explain(event.code).technician })) });
    },
    backups: async () => ok(await backups.list(clock.now())),
  };
}

const auditLine = ({
  id,
  at,
  actor,
  action,
  subject,
  detail,
  link,
}: Awaited<ReturnType<Store['audit']['append']>>) => ({
  ...{ id, at, actor, action, subject, detail: { ...detail }, link },
});

export interface BackupDesk {
  list(now: number): Promise<{
    configured: boolean;
    rows: {
      name: string;
      at: number;
      bytes: number;
      sha256: string | null;
      restoredAt: number | null;
      ok: boolean | null;
    }[];
    lastAt: number | null;
    overdue: boolean;
    archive: ArchiveWalk | null;
  }>;
}
