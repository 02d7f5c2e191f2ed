import { explain } from '@kiosk/contract/errors/catalogue.ts';
import type { GateRefusal } from '@kiosk/contract/platform/api.ts';
import { shanghaiDate, shanghaiDateTime } from '@kiosk/domain/dates.ts';
import type { ApplicationFacts, Asked, GateFacts, ItemFacts } from './facts.ts';

/** A gate that is shut: its code, and what a technician should read beside it. */
export interface Shut {
  readonly code: string;
  readonly detail?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  /** The answer names where to go instead. */
  readonly divert?: boolean | undefined;
}

/** What earlier gates have found out, for later ones. */
interface Known {
  readonly asked: Asked;
  readonly at: number;
  readonly facts: GateFacts;
  application?: ApplicationFacts;
  item?: ItemFacts;
}

interface Gate {
  readonly name: string;
  readonly codes: readonly string[];
  /** undefined: open. */
  check(known: Known): Promise<Shut | undefined>;
}

/** A gate about the item: open where none is chosen yet. */
const ofItem =
  (check: (item: ItemFacts, known: Known) => Promise<Shut | undefined> | Shut | undefined): Gate['check'] =>
  async (known) =>
    known.item ? check(known.item, known) : undefined;

/** The order of a management system in use (1 to 11). The first gate that is shut answers; no later one is asked. */
export const GATES: readonly Gate[] = [
  {
    name: 'known',
    codes: ['E2401'],
    async check(known) {
      const { asked, facts } = known;
      const application = await facts.application(asked.applicationId);
      if (!application) return { code: 'E2401', detail: 'application' };
      known.application = application;
      if (!asked.keyProven) return { code: 'E2401', detail: 'key' };
      if (application.channel !== asked.channel) return { code: 'E2401', detail: 'channel' };
      return application.centreId === asked.centreId ? undefined : { code: 'E2401', detail: 'centre' };
    },
  },
  {
    name: 'enabled',
    codes: ['E2102'],
    check: async ({ application }) => (application?.state === 'stopped' ? { code: 'E2102', divert: true } : undefined),
  },
  {
    name: 'valid today',
    codes: ['E2403'],
    async check({ application, at }) {
      const today = shanghaiDate(at);
      const { validFrom = null, validTo = null } = application ?? {};
      if (validFrom !== null && today < validFrom) return { code: 'E2403', detail: `from ${validFrom}` };
      return validTo !== null && today > validTo ? { code: 'E2403', detail: `until ${validTo}` } : undefined;
    },
  },
  {
    name: 'token',
    codes: ['E2404'],
    check: async ({ asked }) => (asked.token === 'good' ? undefined : { code: 'E2404', detail: asked.token }),
  },
  {
    name: 'flow',
    codes: ['E2405'],
    async check({ asked, facts, at }) {
      const { overCapForSeconds } = await facts.countCall(asked.channel, at);
      if (overCapForSeconds === null) return undefined;
      return { code: 'E2405', retryAfterSeconds: overCapForSeconds, divert: true };
    },
  },
  {
    name: 'item known',
    codes: ['E2406'],
    async check(known) {
      const { item } = known.asked;
      if (item === null) return undefined;
      const found = await known.facts.item(item);
      if (!found) return { code: 'E2406', detail: item };
      known.item = found;
      return undefined;
    },
  },
  {
    name: 'money',
    codes: ['E2407', 'E2408', 'E2409'],
    check: ofItem(async ({ money, closedOnHolidays }, { asked, facts, at }) => {
      const amount = asked.amountFen ?? 0;
      const today = shanghaiDate(at);
      if (money && money.singleFen !== null && amount > money.singleFen) return { code: 'E2407' };
      if (money && money.dailyFen !== null) {
        const moved = await facts.movedToday(asked.channel, asked.item!, today);
        if (moved + amount > money.dailyFen) return { code: 'E2408' };
      }
      return closedOnHolidays && (await facts.holiday(today))
        ? { code: 'E2409', detail: today, divert: true }
        : undefined;
    }),
  },
  {
    name: 'assigned',
    codes: ['E2410'],
    check: ofItem(({ channels }, { asked }) =>
      channels.includes(asked.channel) ? undefined : { code: 'E2410', divert: true },
    ),
  },
  {
    name: 'started',
    codes: ['E2101'],
    check: ofItem(({ state }) => (state === 'paused' ? { code: 'E2101', divert: true } : undefined)),
  },
  {
    name: 'window',
    codes: ['E2411', 'E2412'],
    async check({ application, item, at }) {
      const now = shanghaiDateTime(at);
      const days = item?.days ?? null;
      if (days && !insideDays(Number(now.slice(8, 10)), days)) {
        return { code: 'E2411', detail: `days ${days.from} to ${days.to}` };
      }
      const minute = Number(now.slice(11, 13)) * 60 + Number(now.slice(14, 16));
      // Those of the channel hold before an item is chosen as well.
      for (const hours of [application?.hours ?? null, item?.hours ?? null]) {
        if (hours && !insideHours(minute, hours)) {
          return { code: 'E2412', detail: `${clockText(hours.from)} to ${clockText(hours.to)}` };
        }
      }
      return undefined;
    },
  },
  {
    name: 'interface',
    // The two about uses: the last thing that is asked, so that only what is let through is counted.
    codes: ['E2413', 'E2414', 'E2415'],
    check: ofItem(({ interfaces }, { asked }) =>
      interfaces.includes(asked.interfaceName) ? undefined : { code: 'E2413', detail: asked.interfaceName },
    ),
  },
];

/** Every code a gate may answer with, in the order of the gates. */
export const GATE_CODES: readonly string[] = GATES.flatMap(({ codes }) => codes);

export interface GateAnswer {
  readonly body: GateRefusal;
  readonly retryAfterSeconds: number | undefined;
}

/**
 * undefined: every gate is open, and what the call moves and uses is counted. `counted` hears how to give a use back that came to
 * nothing.
 */
export async function passGates(
  facts: GateFacts,
  asked: Asked,
  at: number,
  counted?: (release: () => Promise<void>) => void,
): Promise<GateAnswer | undefined> {
  const known: Known = { asked, at, facts };
  for (const [index, gate] of GATES.entries()) {
    const shut = await gate.check(known);
    if (shut) return refusal(known, index + 1, shut);
  }
  const { item, amountFen, channel } = asked;
  let release = async (): Promise<void> => {};
  const used = await countUse(known, (back) => (release = back));
  if (used) return refusal(known, GATES.length, used);
  const dailyFen = known.item?.money?.dailyFen ?? null;
  if (item !== null && amountFen !== null && dailyFen !== null) {
    // Two calls that looked at the same moment cannot both have the rest of the day's limit.
    const moved = await facts.countMoney(channel, item, shanghaiDate(at), amountFen, dailyFen);
    if (!moved) {
      await release();
      return refusal(known, GATES.findIndex(({ name }) => name === 'money') + 1, { code: 'E2408' });
    }
  }
  counted?.(release);
  return undefined;
}

/** A limit of uses that is reached; undefined: the item has none, or this call is no use of it, or it is counted. */
async function countUse(
  { asked, at, facts, item }: Known,
  told: (release: () => Promise<void>) => void,
): Promise<Shut | undefined> {
  const { countUse: count } = facts;
  if (asked.item === null || !count) return undefined;
  let first: Shut | undefined;
  for (const id of [asked.item, ...(asked.orFor ?? [])]) {
    const limits = id === asked.item ? item?.uses : (await facts.item(id))?.uses;
    const use = limits ? await asked.use?.(id) : undefined;
    if (!limits || !use) return undefined;
    const day = shanghaiDate(at);
    const counted = await count(id, day, use, limits);
    if (counted === 'counted') told(async () => facts.releaseUse?.(id, day, use));
    if (counted === 'counted' || counted === 'known') return undefined;
    first ??= { code: counted === 'person' ? 'E2414' : 'E2415', divert: true };
  }
  return first;
}

async function refusal({ asked, facts, application, item }: Known, gate: number, shut: Shut): Promise<GateAnswer> {
  const { code, detail, retryAfterSeconds, divert } = shut;
  const { depositor, next, technician } = explain(code);
  const own = code === 'E2102' ? application?.stoppedWords : code === 'E2101' ? item?.pausedWords : undefined;
  const words = own ?? { zh: `${depositor.zh}。${next.zh}`, en: `${depositor.en}. ${next.en}` };
  const body: GateRefusal = {
    code,
    ...(detail === undefined ? {} : { detail }),
    gate,
    depositor: words,
    technician,
    ...(divert ? { diversion: await facts.diversion(asked.channel, asked.item) } : {}),
  };
  return { body, retryAfterSeconds };
}

export function insideDays(day: number, { from, to }: { readonly from: number; readonly to: number }): boolean {
  return from <= to ? day >= from && day <= to : day >= from || day <= to;
}

export function insideHours(minute: number, { from, to }: { readonly from: number; readonly to: number }): boolean {
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
