import { explain } from '@kiosk/contract/errors/catalogue.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import { addDays, daysBetween, firstDay, isCalendarDate, isCalendarMonth, lastDay } from '@kiosk/domain/dates.ts';
import { ITEMS } from '../../catalogue/items.ts';
import type { ChannelRegistry } from '../../channels/registry.ts';
import type { ConfigurationOffice } from '../../downlink/office.ts';
import type { FigureCount } from '../../store/figures-store.ts';
import type { Store } from '../../store/store.ts';
import type { Analysis, UsageReport } from '../contract/analysis.ts';
import type { Handlers } from '../handlers.ts';
import type { FigureCounter } from './counter.ts';
import { percentileOf } from './fold.ts';
import { closedWords, ratingReasonWords } from './words.ts';

const MOST_DAYS = 400;
const HOUR_MS = 3_600_000;
/** China has one time and no summer time. */
const startOf = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);

export interface AnalysisParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly counter: FigureCounter;
  readonly registry: ChannelRegistry;
  readonly configuration: Pick<ConfigurationOffice, 'catalogue'>;
}

/** What the figures say about a span of days, and the ministry's report of a month. */
export function analysisHandlers(parts: AnalysisParts): Handlers<'analysis' | 'usageReport'> {
  const { clock, store, counter, registry, configuration } = parts;

  async function channelCounts(from: string, to: string): Promise<Map<string, number>> {
    const found = new Map<string, number>();
    for (let day = from; day <= to; day = addDays(day, 1)) {
      for (const { code, what, amount } of await store.channels.used(day)) {
        if (what === 'calls') found.set(code, (found.get(code) ?? 0) + amount);
      }
    }
    return found;
  }

  async function analysis({ from, to }: { from: string; to: string }): Promise<Result<Analysis>> {
    const span = isCalendarDate(from) && isCalendarDate(to) ? daysBetween(from, to) : -1;
    if (span < 0 || span > MOST_DAYS) return fail('E9005', 'from, to');
    await counter.refresh();
    const counts = await store.figures.counts(from, to);
    const timings = await store.figures.timings(from, to);
    const catalogue = Catalogue.parse(await configuration.catalogue());
    const channels = await registry.list();
    const orders = await store.work.workOrdersBetween(startOf(from), startOf(addDays(to, 1)));
    const calls = await channelCounts(from, to);
    const sum = sumOf(counts);
    const names = new Map([...ITEMS, ...catalogue.items].map(({ id, name }) => [id, name]));
    const topics = new Map(catalogue.topics.map(({ id, name }) => [id, name]));
    const itemKeys = [...new Set(counts.filter(({ name }) => name === 'item.used').map(keyOf))];
    const rated = sum('rating');
    const answered = orders.filter(({ answeredAt, closedAt }) => answeredAt !== null || closedAt !== null);
    const hours = answered
      .map(({ receivedAt, answeredAt, closedAt }) => ((answeredAt ?? closedAt)! - receivedAt) / HOUR_MS)
      .sort((a, b) => a - b);
    const late = answered.filter(({ answeredAt, closedAt, dueAt }) => (answeredAt ?? closedAt)! > dueAt).length;
    return ok({
      ...{ from, to, generatedAt: clock.now(), empty: counts.length === 0 && orders.length === 0 && calls.size === 0 },
      days: Array.from({ length: span + 1 }, (_, i) => dayOf(addDays(from, i), counts)),
      items: itemKeys
        .map((key) => {
          const [channelId, itemId] = key.split(' ') as [string, string];
          const own = counts.filter((one) => one.channelId === channelId && one.label === itemId);
          const [used, completed] = [total(own, 'item.used'), total(own, 'item.done')];
          const name = names.get(itemId) ?? { zh: itemId, en: itemId };
          const completionRate = used === 0 ? null : Math.min(1, completed / used);
          return { channelId, itemId, name, used, completed, completionRate };
        })
        .sort((a, b) => b.used - a.used),
      responses: [...new Set(timings.map(({ step }) => step))].sort().map((step) => {
        const own = timings.filter((one) => one.step === step);
        const count = own.reduce((all, { amount }) => all + amount, 0);
        return { step, count, p50: percentileOf(own, 0.5), p95: percentileOf(own, 0.95) };
      }),
      abandoned: labelled(counts, 'closed')
        .filter(([why]) => why !== 'finished')
        .map(([why, count]) => ({ why, words: closedWords(why), count })),
      failures: labelled(counts, 'failure').map(([label, count]) => {
        const [code, ...step] = label.split(' ') as [string, ...string[]];
        return { code, step: step.join(' '), words: explain(code).technician, count };
      }),
      topics: labelled(counts, 'topic').map(([topicId, count]) => ({
        ...{ topicId, count },
        name: topics.get(topicId) ?? { zh: topicId, en: topicId },
      })),
      channels: channels
        .map(({ code, name }) => ({
          ...{ channelId: code, name },
          count:
            (calls.get(code) ?? 0) +
            total(
              counts.filter(({ channelId }) => channelId === code),
              'session',
            ),
        }))
        .filter(({ count }) => count > 0),
      ratings: {
        satisfied: rated('satisfied'),
        fair: rated('fair'),
        dissatisfied: rated('dissatisfied'),
        none: Math.max(0, total(counts, 'session') - total(counts, 'rating')),
        reasons: labelled(counts, 'rating.reason').map(([reason, count]) => ({
          ...{ reason, count },
          words: ratingReasonWords(reason),
        })),
      },
      workOrders: {
        received: orders.length,
        answeredInTime: answered.length - late,
        answeredLate: late,
        open: orders.length - answered.length,
        medianHours: hours.length === 0 ? null : Math.round(hours[Math.floor(hours.length / 2)]! * 10) / 10,
      },
    });
  }

  async function usageReport({ month }: { month: string }): Promise<Result<UsageReport>> {
    if (!isCalendarMonth(month)) return fail('E9005', 'month');
    await counter.refresh();
    const [from, to] = [firstDay(month), lastDay(month)];
    const counts = await store.figures.counts(from, to);
    const calls = await channelCounts(from, to);
    const orders = await store.work.workOrdersBetween(startOf(from), startOf(addDays(to, 1)));
    const complaints = orders.filter(({ kind }) => kind === 'complain');
    const inTime = ({ answeredAt, closedAt, dueAt }: (typeof orders)[number]) =>
      (answeredAt ?? closedAt ?? Number.POSITIVE_INFINITY) <= dueAt;
    const ratings = total(counts, 'rating');
    return ok({
      ...{ month, generatedAt: clock.now() },
      lines: (await registry.list()).map(({ code, name }) => {
        const own = counts.filter(({ channelId, name: figure }) => channelId === code && figure === 'item.used');
        const of = (test: RegExp) =>
          own.filter(({ label }) => test.test(label)).reduce((all, one) => all + one.amount, 0);
        // The four classes of the notices: 查询, 发布, 互动, 办理. Calls of other channels are queries until they say more.
        return {
          ...{ channelId: code, channel: name, query: of(/^Q0[1-7]|^P08/) + (calls.get(code) ?? 0) },
          ...{ publish: of(/^Q0[89]|^Q10/), interact: of(/^S/), handle: of(/^B|^P0[1-7]/) },
        };
      }),
      terminals: await store.fleet.activeSince(startOf(from)),
      satisfactionRate: ratings === 0 ? null : 1 - sumOf(counts)('rating')('dissatisfied') / ratings,
      complaints: complaints.length,
      complaintsInTime: complaints.filter(inTime).length,
    });
  }

  return { analysis, usageReport };
}

function dayOf(date: string, all: readonly FigureCount[]): Analysis['days'][number] {
  const own = all.filter(({ day }) => day === date);
  const sum = sumOf(own);
  const [sessions, finished] = [total(own, 'session'), sum('closed')('finished')];
  return {
    ...{ date, sessions, finished, abandoned: total(own, 'closed') - finished, requests: total(own, 'request') },
    ...{ prints: sum('print')('done'), printsFailed: sum('print')('failed') + sum('print')('unknown') },
    ...{ ratings: total(own, 'rating'), satisfied: sum('rating')('satisfied') + sum('rating')('fair') },
  };
}

const keyOf = ({ channelId, label }: FigureCount) => `${channelId} ${label}`;

export const total = (counts: readonly FigureCount[], wanted: string): number =>
  counts.reduce((all, { name, amount }) => (name === wanted ? all + amount : all), 0);

const sumOf = (counts: readonly FigureCount[]) => (wanted: string) => (label: string) =>
  counts.reduce((all, one) => (one.name === wanted && one.label === label ? all + one.amount : all), 0);

/** Labels of a name with their sums, most first. */
function labelled(counts: readonly FigureCount[], wanted: string): [string, number][] {
  const found = new Map<string, number>();
  for (const { name, label, amount } of counts) {
    if (name === wanted) found.set(label, (found.get(label) ?? 0) + amount);
  }
  return [...found].sort((a, b) => b[1] - a[1]);
}
