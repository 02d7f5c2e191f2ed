import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { addDays, shanghaiDate } from '@kiosk/domain/dates.ts';
import type { FigureCount, KeptAnomaly } from '../../store/figures-store.ts';
import type { Store } from '../../store/store.ts';
import type { AnomalyRule } from '../contract/risk.ts';
import type { Handlers } from '../handlers.ts';
import type { FigureCounter } from './counter.ts';

interface Rule {
  readonly words: Words;
  /** Worth a look from so many a day on. */
  readonly threshold: number;
  /** null: not counted from entries. */
  readonly counts: ((count: FigureCount) => boolean) | null;
}

const night = ({ name, hour }: FigureCount) => name === 'session' && (hour >= 23 || hour < 5);

/** Where a machine or a colleague is unlike others. A finding is a question, never a verdict. */
export const RISK_RULES: Readonly<Record<AnomalyRule, Rule>> = {
  manyPrints: {
    words: { zh: '一台终端一天打印异常多', en: 'One terminal printed unusually much in a day' },
    threshold: 300,
    counts: ({ name, label }) => name === 'print' && label === 'intended',
  },
  failedIdentity: {
    words: { zh: '身份验证多次失败', en: 'Many failed identity checks' },
    threshold: 20,
    counts: ({ name, label }) => name === 'identity' && label !== 'ok',
  },
  clockJump: {
    words: { zh: '终端时钟跳变', en: "A terminal's clock jumped" },
    threshold: 1,
    counts: ({ name }) => name === 'clockJump',
  },
  nightActivity: {
    words: { zh: '深夜使用集中', en: 'Much use at night' },
    threshold: 20,
    counts: night,
  },
  manyRequests: {
    words: { zh: '一台终端一天申请异常多', en: 'Unusually many requests from one terminal' },
    threshold: 100,
    counts: ({ name }) => name === 'request',
  },
  manyReveals: {
    words: { zh: '工作人员查看敏感信息过多', en: 'A colleague revealed many fields' },
    threshold: 30,
    counts: null,
  },
  journalTampering: {
    words: { zh: '终端记录与平台不一致', en: "A terminal's journal does not follow" },
    threshold: 1,
    counts: null,
  },
};
const TAMPERING = new Set(['E6201', 'E6202', 'E6204', 'E6501']);
const MOST_EVENTS = 5_000;

export interface RiskScan {
  /** Looks at today and yesterday again: entries come late. */
  scan(): Promise<void>;
}

export interface RiskParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly counter: FigureCounter;
}

export function createRiskScan({ clock, store, counter }: RiskParts): RiskScan {
  const { figures } = store;

  async function see(rule: AnomalyRule, subject: string, day: string, count: number): Promise<void> {
    const { threshold } = RISK_RULES[rule];
    if (count < threshold) return;
    await figures.see({ rule, subject, day, count, threshold, at: clock.now() });
  }

  async function ofTerminals(day: string): Promise<void> {
    // Night is the one rule that asks for the hour.
    const counts = [...(await figures.byTerminal(day))];
    for (const hour of [23, 0, 1, 2, 3, 4]) counts.push(...(await figures.byTerminal(day, hour)));
    for (const [rule, { counts: belongs }] of Object.entries(RISK_RULES) as [AnomalyRule, Rule][]) {
      if (belongs === null) continue;
      const wanted = counts.filter((one) => (rule === 'nightActivity') === one.hour >= 0 && belongs(one));
      const sums = new Map<string, number>();
      for (const { terminalId, amount } of wanted) sums.set(terminalId, (sums.get(terminalId) ?? 0) + amount);
      for (const [terminalId, count] of sums) await see(rule, terminalId, day, count);
    }
  }

  async function ofStaff(since: number): Promise<void> {
    const sums = new Map<string, number>();
    for (const { at, actor, action } of await store.audit.list(MOST_EVENTS)) {
      if (at < since) break;
      if (action !== 'person.revealed') continue;
      const key = `${shanghaiDate(at)} ${actor}`;
      sums.set(key, (sums.get(key) ?? 0) + 1);
    }
    for (const [key, count] of sums) await see('manyReveals', key.slice(11), key.slice(0, 10), count);
  }

  async function ofSecurity(since: number): Promise<void> {
    const sums = new Map<string, number>();
    for (const { at, code, terminalId } of await store.security.list()) {
      if (at < since || terminalId === null || !TAMPERING.has(code)) continue;
      const key = `${shanghaiDate(at)} ${terminalId}`;
      sums.set(key, (sums.get(key) ?? 0) + 1);
    }
    for (const [key, count] of sums) await see('journalTampering', key.slice(11), key.slice(0, 10), count);
  }

  return {
    async scan() {
      await counter.refresh();
      const today = shanghaiDate(clock.now());
      for (const day of [addDays(today, -1), today]) await ofTerminals(day);
      const since = clock.now() - 2 * 86_400_000;
      await ofStaff(since);
      await ofSecurity(since);
    },
  };
}

export function riskHandlers({
  clock,
  store,
  risk,
}: RiskParts & { readonly risk: RiskScan }): Handlers<'anomalies' | 'settleAnomaly' | 'register'> {
  const { figures, audit } = store;
  return {
    async anomalies({ limit, before, state }) {
      await risk.scan();
      const rows = await figures.anomalies(limit, before === undefined ? undefined : Number(before), state);
      return ok({ rows: rows.map(lineOf), next: rows.length < limit ? null : String(rows.at(-1)!.id) });
    },
    async settleAnomaly({ anomalyId, state, comment }, { member }) {
      const settled = await figures.settle(anomalyId, state, member.login, comment);
      if (!settled) return fail('E2507');
      await audit.append({
        ...{ at: clock.now(), actor: member.login, action: 'anomaly.settled', subject: String(anomalyId) },
        detail: { state, rule: settled.rule },
      });
      return ok(lineOf(settled));
    },
    async register() {
      const today = shanghaiDate(clock.now());
      return ok({
        rows: (await figures.register()).map(({ id, nameMasked, lifted, personHash: _personHash, ...entry }) => ({
          ...entry,
          ...{ entryId: id, name: nameMasked },
          state: lifted ? ('lifted' as const) : entry.until < today ? ('expired' as const) : ('inForce' as const),
        })),
      });
    },
  };
}

function lineOf({ id, rule, ...rest }: KeptAnomaly) {
  const known = rule as AnomalyRule;
  return { ...rest, anomalyId: id, rule: known, words: RISK_RULES[known].words };
}
