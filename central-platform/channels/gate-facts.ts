import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { addDays, dayNumber, shanghaiDate, shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { CENTRE, type ConfigurationOffice } from '../downlink/office.ts';
import type { GateFacts } from '../gateway/gates/facts.ts';
import { insideHours } from '../gateway/gates/gates.ts';
import type { ChannelStore } from '../store/channel-store.ts';
import { ITEMS_BEYOND_TERMINALS } from './defaults.ts';
import type { FlowCount } from './flow-count.ts';
import { interfacesOf } from './interfaces.ts';
import { createItemUses } from './item-uses.ts';
import type { ChannelRegistry } from './registry.ts';
import { TERMINAL_CHANNEL } from './settings.ts';

/** Branches somebody can be sent to, the freest first; the console knows them. */
export type FreeBranches = () => Promise<readonly { id: string; name: Words; waiting: number | null }[]>;

export interface GateFactsParts {
  readonly clock: Clock;
  readonly store: ChannelStore;
  readonly registry: ChannelRegistry;
  readonly flow: FlowCount;
  readonly configuration: Pick<ConfigurationOffice, 'parameters'>;
  /** As it is published now. */
  readonly catalogue: () => Promise<Catalogue>;
  readonly freeBranches?: FreeBranches | undefined;
  readonly centreId: string;
  readonly enquiryPhone: string;
}

/** What the gates ask, answered from the channels, the rules of items, the published catalogue and the signed parameters. */
export function channelGateFacts(parts: GateFactsParts): GateFacts {
  const { clock, store, registry, flow, configuration, catalogue, centreId, enquiryPhone } = parts;
  const uses = createItemUses(store);
  const money = (item: string): string => `money ${item}`;

  return {
    async application(applicationId) {
      const terminal = /^\d{6}$/.test(applicationId);
      const channel = terminal ? await registry.ofTerminal(applicationId) : await registry.byAppId(applicationId);
      if (!channel) return undefined;
      const { open, why, state: ofChannel } = await registry.standing(channel);
      const own = terminal ? (await configuration.parameters(applicationId)).channel : ofChannel;
      const state = ofChannel.state === 'stopped' ? ofChannel : own;
      const words = state.state === 'stopped' ? state.words : undefined;
      const parent = channel.parent === null ? undefined : await registry.get(channel.parent);
      return {
        channel: terminal ? TERMINAL_CHANNEL : channel.code,
        centreId,
        state: state.state === 'stopped' || (!open && why !== 'dates') ? 'stopped' : 'enabled',
        ...(words ? { stoppedWords: words } : {}),
        validFrom: channel.validFrom,
        validTo: channel.validTo,
        hours: spanNow(channel.hours.length > 0 ? channel.hours : parent?.hours),
      };
    },
    async item(itemId) {
      const published = (await catalogue()).items.find(({ id }) => id === itemId);
      if (!published && !ITEMS_BEYOND_TERMINALS.includes(itemId)) return undefined;
      const [{ stoppedItems }, rule, channels] = await Promise.all([
        configuration.parameters(CENTRE),
        registry.rule(itemId),
        registry.list(),
      ]);
      const stopped = stoppedItems.find(({ id }) => id === itemId)?.words ?? published?.closedReason;
      const paused = published?.state === 'closed' || stoppedItems.some(({ id }) => id === itemId);
      const limits = rule && (rule.mostAmountFen !== null || rule.mostDayAmountFen !== null);
      const counted = rule && (rule.perPersonDay !== null || rule.perDay !== null);
      return {
        channels:
          rule?.channels ??
          channels
            .filter(({ items }) => (items === 'all' ? published : items.includes(itemId)))
            .map(({ code }) => code),
        state: paused ? 'paused' : 'started',
        ...(paused && stopped ? { pausedWords: stopped } : {}),
        closedOnHolidays: rule?.closedOnHolidays ?? false,
        uses: counted ? { perPersonDay: rule.perPersonDay, perDay: rule.perDay } : null,
        money: limits ? { singleFen: rule.mostAmountFen, dailyFen: rule.mostDayAmountFen } : null,
        days: rule?.monthWindow ?? null,
        hours: spanNow(rule?.hours),
        interfaces: interfacesOf(itemId),
      };
    },
    holiday: async (date) => (await store.holidays()).some((one) => one.date === date),
    async countCall(code, at) {
      const day = shanghaiDate(at);
      const cap = (await registry.get(code))?.flowCap ?? null;
      const counted = await flow.count(code, day, cap);
      return { overCapForSeconds: counted ? null : Math.ceil((midnightAfter(day) - at) / 1000) };
    },
    async movedToday(code, item, date) {
      const used = await store.used(date);
      return used.find((one) => one.code === code && one.what === money(item))?.amount ?? 0;
    },
    countMoney: async (code, item, date, amountFen, dailyFen) =>
      (await store.use(code, date, money(item), amountFen, dailyFen)) !== undefined,
    countUse: uses.count,
    releaseUse: uses.release,
    async diversion(code, item) {
      const all = await registry.list();
      const here = all.find((channel) => channel.code === code);
      const own = (item === null ? undefined : (await registry.rule(item))?.diversion) ?? here?.diversion;
      const targets = all.filter(
        (channel) => channel.code !== code && channel.parent === null && channel.diversionTarget,
      );
      const open = [];
      for (const channel of targets) {
        const serves = item === null || channel.items === 'all' || channel.items.includes(item) || !channel.served;
        if (serves && (await registry.standing(channel)).open) open.push({ channel: channel.code, name: channel.name });
      }
      return {
        words: own ?? {
          zh: `可以换一种渠道办理，或拨打 ${enquiryPhone}`,
          en: `Please use another channel or call ${enquiryPhone}`,
        },
        channels: open,
        branches: [...((await parts.freeBranches?.()) ?? [])].slice(0, 5),
      };
    },
  };

  /** A lunch break makes two spans of a day: the one that runs now counts, or the first. */
  function spanNow(hours: readonly { readonly from: string; readonly to: string }[] = []) {
    const spans = hours.map(({ from, to }) => ({ from: minutes(from), to: minutes(to) }));
    const minute = minutes(shanghaiDateTime(clock.now()).slice(11, 16));
    return spans.find((span) => insideHours(minute, span)) ?? spans[0] ?? null;
  }

  function midnightAfter(day: string): number {
    return dayNumber(addDays(day, 1)) * 86_400_000 - 8 * 3_600_000;
  }
}

const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
