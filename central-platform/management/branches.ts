import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import { addDays, shanghaiDate } from '@kiosk/domain/dates.ts';
import { loadOf } from '../catalogue/branch-load.ts';
import type { ChannelRegistry } from '../channels/registry.ts';
import type { ConfigurationOffice } from '../downlink/office.ts';
import type { Store } from '../store/store.ts';
import type { Advice, BranchLine, Flow } from './contract/branches.ts';
import { SlotTemplate } from './contract/changes.ts';
import { total } from './figures/analysis.ts';
import type { FigureCounter } from './figures/counter.ts';
import { hourOf } from './figures/fold.ts';
import { type Fleet, rounded } from './fleet.ts';
import type { Handlers } from './handlers.ts';

const USUAL_DAYS = 7;
const MOST_BOOKED = 5_000;

export interface BranchParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly configuration: ConfigurationOffice;
  readonly registry: ChannelRegistry;
  readonly counter: FigureCounter;
  readonly fleet: Fleet;
}

export function branchHandlers(
  parts: BranchParts,
): Handlers<'flow' | 'branches' | 'slots' | 'saveBranch' | 'reportWaiting'> {
  const { clock, store, configuration, registry, counter, fleet } = parts;

  async function lines(): Promise<BranchLine[]> {
    const { branches } = Catalogue.parse(await configuration.catalogue());
    const desks = new Map((await store.places.branches()).map((desk) => [desk.branchId, desk]));
    const spots = await fleet.spots();
    return branches.map(({ id, name }) => {
      const desk = desks.get(id);
      const own = spots.filter(({ branchId, admitted }) => branchId === id && admitted);
      const amount = (of: typeof own) => of.reduce((all, spot) => all + spot.amount, 0);
      return {
        ...{ branchId: id, name, address: desk?.address ?? null, hours: [...(desk?.hours ?? [])] },
        ...{ counters: desk?.counters ?? null, position: desk?.position ?? null },
        ...{ waiting: desk?.waiting ?? null, waitingAt: desk?.waitingAt ?? null, terminals: amount(own) },
        terminalsReady: amount(own.filter(({ health }) => health === 'ready' || health === 'warning')),
      };
    });
  }

  async function template(branchId: string, topicId: string): Promise<SlotTemplate | undefined> {
    const found = SlotTemplate.safeParse(await store.places.setting('slots', `${branchId} ${topicId}`));
    return found.success ? found.data : undefined;
  }

  const known = async (branchId: string) => (await lines()).some((line) => line.branchId === branchId);

  return {
    async flow() {
      await counter.refresh();
      const at = clock.now();
      const [today, hour] = [shanghaiDate(at), hourOf(at)];
      const counts = await store.figures.counts(addDays(today, -USUAL_DAYS), today);
      const sessions = counts.filter(({ name }) => name === 'session');
      const byHour = (days: typeof sessions, share: number) =>
        Array.from({ length: 24 }, (_, index) => ({
          hour: index,
          sessions: Math.round(
            total(
              days.filter((one) => one.hour === index),
              'session',
            ) / share,
          ),
        }));
      const lastHour = await store.figures.byTerminal(today, hour);
      const branchOf = new Map((await store.places.places()).map(({ terminalId, branchId }) => [terminalId, branchId]));
      const used = await store.channels.used(today);
      const channels = (await registry.list()).map(({ code, name, flowCap }) => ({
        ...{ channelId: code, name, cap: flowCap },
        today:
          (used.find((one) => one.code === code && one.what === 'calls')?.amount ?? 0) +
          total(
            sessions.filter(({ day, channelId }) => day === today && channelId === code),
            'session',
          ),
      }));
      const branches = (await lines()).map((line) => {
        const here = lastHour.filter(({ terminalId }) => branchOf.get(terminalId) === line.branchId);
        return { ...line, sessionsLastHour: total(here, 'session'), load: loadOf(line, clock.now()) };
      });
      const open = (await registry.list()).filter(
        ({ diversionTarget, state }) => diversionTarget && state.state === 'open',
      );
      return ok({
        ...{ at, today, channels, branches },
        hours: byHour(
          sessions.filter(({ day }) => day === today),
          1,
        ),
        usual: byHour(
          sessions.filter(({ day }) => day !== today),
          USUAL_DAYS,
        ),
        advice: adviceOf(
          branches,
          open.map(({ code, name }) => ({ code, name })),
        ),
      });
    },
    async branches() {
      const templates = (await store.places.settings('slots')).flatMap(({ content }) => {
        const found = SlotTemplate.safeParse(content);
        return found.success ? [found.data] : [];
      });
      return ok({ rows: await lines(), templates });
    },
    async slots({ branchId, days }) {
      if (!(await known(branchId))) return fail('E2508');
      const { topics } = Catalogue.parse(await configuration.catalogue());
      const booked = (await store.work.find('branchId', branchId, MOST_BOOKED)).filter(({ item }) => item === 'B08');
      const today = shanghaiDate(clock.now());
      const rows = [];
      for (const { id: topicId, name: topic } of topics.filter(({ item }) => item === 'B08')) {
        const rule = await template(branchId, topicId);
        for (let n = 0; n < days; n++) {
          const date = addDays(today, n);
          for (const half of ['morning', 'afternoon'] as const) {
            const taken = booked.filter((one) => one.topicId === topicId && one.date === date && one.half === half);
            const offered = rule && (n > 0 || rule.sameDay) && n <= rule.maxDaysAhead;
            const capacity = rule ? (offered ? rule[half] : 0) : null;
            if (capacity === null && taken.length === 0) continue;
            rows.push({ date, topicId, topic, half, capacity, booked: taken.length });
          }
        }
      }
      return ok({ rows: rows.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)) });
    },
    async saveBranch({ branchId, address, hours, counters, position }, { member }) {
      if (!(await known(branchId))) return fail('E2508');
      await store.places.saveBranch({ branchId, address, hours, counters, position: position && rounded(position) });
      await store.audit.append({
        ...{ at: clock.now(), actor: member.login, action: 'branch.saved', subject: branchId, detail: {} },
      });
      return ok({});
    },
    async reportWaiting({ branchId, waiting }, { member }) {
      if (!(await known(branchId))) return fail('E2508');
      await store.places.reportWaiting(branchId, waiting, clock.now());
      await store.audit.append({
        ...{ at: clock.now(), actor: member.login, action: 'branch.waiting', subject: branchId, detail: { waiting } },
      });
      return ok({});
    },
  };
}

/** Where people should be sent: "branch B is free, the app can do it now". */
export function adviceOf(
  branches: Flow['branches'],
  channels: readonly { readonly code: string; readonly name: { zh: string; en: string } }[],
): Advice[] {
  const free = branches.filter(
    ({ load, terminalsReady }) => load === 'free' || (load === 'unknown' && terminalsReady > 0),
  );
  return branches.flatMap((branch): Advice[] => {
    const standing = branch.terminals > 0 && branch.terminalsReady === 0;
    if (branch.load !== 'busy' && !standing) return [];
    const towards: Advice['towards'] = free
      .filter(({ branchId, load }) => branchId !== branch.branchId && (load === 'free' || standing))
      .slice(0, 2)
      .map(({ branchId, name, waiting, terminalsReady }) => ({
        ...{ kind: 'branch', id: branchId },
        words: {
          zh: `${name.zh}现在空闲：等候${waiting ?? 0}人，${terminalsReady}台终端可用`,
          en: `${name.en} is free: ${waiting ?? 0} waiting, ${terminalsReady} terminals ready`,
        },
      }));
    for (const { code, name } of channels.slice(0, 2)) {
      const words = { zh: `${name.zh}现在就能办`, en: `${name.en} can do it now` };
      towards.push({ kind: 'channel', id: code, words });
    }
    const words = standing
      ? { zh: `${branch.name.zh}的终端都停了`, en: `No terminal works in ${branch.name.en}` }
      : { zh: `${branch.name.zh}有${branch.waiting}人等候`, en: `${branch.waiting} people wait in ${branch.name.en}` };
    return [{ branchId: branch.branchId, why: standing ? 'terminals' : 'waiting', words, towards }];
  });
}
