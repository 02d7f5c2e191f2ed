import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { ok } from '@kiosk/contract/kernel/result.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import type { ChannelRegistry } from '../channels/registry.ts';
import type { ConfigurationOffice } from '../downlink/office.ts';
import type { Store } from '../store/store.ts';
import type { ChangeOffice } from './changes/office.ts';
import { undecided } from './quarantine.ts';
import { type DeadlineDays, deadlineOf, dueAt } from './deadlines.ts';
import type { DocumentDesk } from './documents.ts';
import { total } from './figures/analysis.ts';
import type { RiskScan } from './figures/risk.ts';
import { endOfDay } from './requests-desk.ts';
import type { Fleet } from './fleet.ts';
import type { Handlers } from './handlers.ts';

const DAY_MS = 86_400_000;
const MOST = 500;

export interface OverviewParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly configuration: ConfigurationOffice;
  readonly registry: ChannelRegistry;
  readonly changes: ChangeOffice;
  readonly documents: DocumentDesk;
  readonly fleet: Fleet;
  readonly risk: RiskScan;
  readonly days: DeadlineDays;
}

/** What waits for somebody: counts for the navigation, and everything with a clock in one list. */
export function overviewHandlers(parts: OverviewParts): Handlers<'attention' | 'deadlines'> {
  const { clock, store, registry, changes, documents, fleet, risk, days } = parts;

  async function openCases() {
    const closed = new Set(
      (await store.work.caseDesks()).filter(({ closedAt }) => closedAt !== null).map((c) => c.caseId),
    );
    return (await store.reconciliation.cases(undefined, MOST)).filter(({ caseId }) => !closed.has(caseId));
  }

  return {
    async attention(_asked, { member }) {
      await risk.scan();
      const at = clock.now();
      const counts = await fleet.counts();
      const waiting = [
        ...(await changes.list(MOST, undefined, 'proposed', member.login)),
        ...(await changes.list(MOST, undefined, 'unconfirmed', member.login)),
      ];
      const alarms = (await store.security.list()).filter((event) => event.at > at - DAY_MS);
      const open = await store.work.workOrders({ state: 'open' }, MOST);
      return ok({
        approvals: waiting.filter(({ mayDecide }) => mayDecide).length,
        terminalsInFault: counts.fault,
        terminalsSilent: counts.silent,
        workOrdersOpen: open.length,
        workOrdersOverdue: open.filter((order) => order.dueAt < at).length,
        casesOpen: (await openCases()).length,
        quarantined: await undecided(store),
        anomalies: (await store.figures.anomalies(MOST, undefined, 'open')).length,
        alarms: alarms.length,
        requestsWaiting: (await store.requests.list({ state: 'withPerson' }, MOST)).length,
        channelsStopped: (await registry.list()).filter(({ state }) => state.state === 'stopped').length,
      });
    },
    async deadlines({ state }, { member }) {
      const now = clock.now();
      const orders = await store.work.workOrders({ state: 'open' }, MOST);
      const cases = await openCases();
      const desks = new Map((await store.work.caseDesks()).map((desk) => [desk.caseId, desk]));
      const proposed = await changes.list(MOST, undefined, 'proposed', member.login);
      const emergencies = await changes.list(MOST, undefined, 'unconfirmed', member.login);
      const anomalies = await store.figures.anomalies(MOST, undefined, 'open');
      const people = (await store.requests.list({ dueBefore: '9999-12-31' }, MOST)).filter(
        ({ state, dueOn, item }) =>
          dueOn !== null && item !== 'S01' && state !== 'needs' && state !== 'identityMissing',
      );
      const rows = [
        ...people.map(({ requestNumber, item, receivedAt, dueOn }) => ({
          ...{ kind: 'request' as const, id: requestNumber, openedAt: receivedAt, assignee: null },
          what: { zh: `业务受理 ${item} 待审核`, en: `Request ${item} to be decided` },
          deadline: deadlineOf(receivedAt, endOfDay(dueOn!), null, now),
        })),
        ...orders.map(({ number, kind, receivedAt, dueAt: due, assignee }) => ({
          ...{ kind: 'workOrder' as const, id: number, what: WORK_ORDER[kind], openedAt: receivedAt, assignee },
          deadline: deadlineOf(receivedAt, due, null, now),
        })),
        ...cases.map(({ caseId, terminalId, openedAt }) => ({
          ...{ kind: 'case' as const, id: caseId, openedAt, assignee: desks.get(caseId)?.assignee ?? null },
          what: { zh: `终端 ${terminalId} 对账差异`, en: `Difference of terminal ${terminalId}` },
          deadline: deadlineOf(openedAt, dueAt(openedAt, days.case), null, now),
        })),
        ...proposed.map(({ changeId, proposedAt }) => ({
          ...{ kind: 'change' as const, id: String(changeId), openedAt: proposedAt, assignee: null },
          what: { zh: '待另一人批准的变更', en: 'A change that waits for another person' },
          deadline: deadlineOf(proposedAt, dueAt(proposedAt, days.change), null, now),
        })),
        ...emergencies.map(({ changeId, proposedAt, confirmBy }) => ({
          ...{ kind: 'emergency' as const, id: String(changeId), openedAt: proposedAt, assignee: null },
          what: { zh: '紧急停用待第二人确认', en: 'An emergency stop that a second person confirms' },
          deadline: deadlineOf(proposedAt, confirmBy ?? proposedAt, null, now),
        })),
        ...anomalies.map(({ id, rule, firstAt }) => ({
          ...{ kind: 'anomaly' as const, id: String(id), openedAt: firstAt, assignee: null },
          what: { zh: `异常：${rule}`, en: `Anomaly: ${rule}` },
          deadline: deadlineOf(firstAt, dueAt(firstAt, days.anomaly), null, now),
        })),
        ...(await documents.cancelRequests()).map(({ documentNumber, requestedAt }) => ({
          ...{ kind: 'cancelRequest' as const, id: documentNumber, openedAt: requestedAt, assignee: null },
          what: { zh: '持证人申请注销', en: 'A holder asks to have it cancelled' },
          deadline: deadlineOf(requestedAt, dueAt(requestedAt, days.change), null, now),
        })),
      ];
      const wanted = state === 'overdue' ? rows.filter(({ deadline }) => deadline.state === 'overdue') : rows;
      return ok({ rows: wanted.sort((a, b) => a.deadline.dueAt - b.deadline.dueAt) });
    },
  };
}

const WORK_ORDER = {
  consult: { zh: '咨询', en: 'Question' },
  suggest: { zh: '建议', en: 'Suggestion' },
  complain: { zh: '投诉', en: 'Complaint' },
  followUp: { zh: '差评回访', en: 'Follow-up' },
  help: { zh: '叫工作人员', en: 'Staff called' },
} as const;

/** Channels and items as they stand, and what is proposed about them. */
export function channelHandlers(parts: OverviewParts): Handlers<'channels'> {
  const { clock, store, configuration, registry, changes } = parts;
  return {
    async channels(_asked, { member }) {
      const today = shanghaiDate(clock.now());
      const used = await store.channels.used(today);
      const counts = (await store.figures.counts(today, today)).filter(({ name }) => name === 'session');
      const parameters = await configuration.parameters('');
      const { items } = await configuration.catalogue();
      const rules = new Map((await registry.rules()).map((rule) => [rule.itemId, rule]));
      const stopped = new Map(parameters.stoppedItems.map(({ id, words }) => [id, words]));
      const scopes = (await store.configuration.scopes('parameters')).filter((scope) => scope !== '');
      const exceptions = [];
      for (const terminalId of scopes) {
        const own = await configuration.parameters(terminalId);
        if (JSON.stringify(own) !== JSON.stringify(parameters)) exceptions.push({ terminalId, parameters: own });
      }
      return ok({
        channels: (await registry.list()).map(({ code, state, version: _version, hasKey, ...settings }) => ({
          ...{ channelId: code, name: settings.name, state, served: settings.served, lastSeenAt: null },
          ...{ settings, hasKey },
          today:
            (used.find((one) => one.code === code && one.what === 'calls')?.amount ?? 0) +
            total(
              counts.filter(({ channelId }) => channelId === code),
              'session',
            ),
        })),
        items: items.map((item) => ({
          ...item,
          ...{ stopped: stopped.get(item.id) ?? null, rule: rules.get(item.id) ?? null },
        })),
        holidays: (await store.channels.holidays()).map(({ date, zh, en }) => ({ date, name: { zh, en } })),
        ...{ notices: parameters.notices, parameters, exceptions },
        waiting: await changes.list(MOST, undefined, 'proposed', member.login),
      });
    },
  };
}

export function changeHandlers(
  office: ChangeOffice,
): Handlers<'changes' | 'change' | 'proposeChange' | 'decideChange' | 'withdrawChange' | 'stepWave' | 'emergencyStop'> {
  return {
    async changes({ limit, before, state }, { member }) {
      const rows = await office.list(limit, before === undefined ? undefined : Number(before), state, member.login);
      return ok({ rows, next: rows.length < limit ? null : String(rows.at(-1)!.changeId) });
    },
    async change({ changeId }, { member }) {
      const found = await office.get(changeId, member.login);
      return found ? ok(found) : { ok: false, error: { code: 'E2508' } };
    },
    proposeChange: ({ content, reason }, { member }) => office.propose(content, reason, member.login),
    decideChange: ({ changeId, approve, comment }, { member }) =>
      office.decide(changeId, approve, comment, member.login),
    withdrawChange: ({ changeId, comment }, { member }) => office.withdraw(changeId, comment, member.login),
    stepWave: ({ changeId, act, comment }, { member }) => office.step(changeId, act, comment, member.login),
    emergencyStop: ({ words, instead, reason }, { member }) =>
      office.emergencyStop(words, instead, reason, member.login),
  };
}

/** What was signed and sent, and how far it has come. */
export function releaseHandlers({ store }: OverviewParts): Handlers<'releases'> {
  return {
    async releases() {
      const releases = await store.configuration.releases(200);
      const changes = new Map((await store.configuration.changes()).map((change) => [change.id, change]));
      const kinds = ['catalogue', 'parameters', 'command'] as const;
      const all = new Map(await Promise.all(kinds.map(async (of) => [of, await store.fleet.applied(of)] as const)));
      const scopes = [...new Set(releases.map(({ scope }) => scope).filter((scope) => scope !== ''))];
      const single = await store.fleet.appliedBy(scopes);
      const rows = releases.map(({ kind, version, scope, changeId, ...release }) => {
        const one = single.get(scope);
        const reached =
          scope !== '' ? (one?.admitted ? [{ version: one[kind] ?? 0, terminals: 1 }] : []) : (all.get(kind) ?? []);
        const sum = (of: typeof reached) => of.reduce((n, { terminals }) => n + terminals, 0);
        const change = changeId === null ? undefined : changes.get(changeId);
        return {
          ...{ kind, version, terminalId: scope === '' ? null : scope, issuedAt: release.issuedAt },
          ...{ expires: release.expires, keyId: release.keyId },
          ...{ by: change?.proposedBy ?? null, approvedBy: change?.approvedBy ?? null, terminals: sum(reached) },
          applied: sum(reached.filter((they) => they.version >= version)),
        };
      });
      return ok({ rows, programs: [...(await store.fleet.programs())], programUpdates: 'unsupported' as const });
    },
  };
}
