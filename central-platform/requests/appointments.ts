import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { AppointmentSlots } from '@kiosk/contract/platform/branches.ts';
import type { Branch, Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import { addDays, dayNumber, shanghaiDate } from '@kiosk/domain/dates.ts';
import { SlotTemplate } from '../management/contract/changes.ts';
import type { Store } from '../store/store.ts';

export interface Slot {
  readonly branchId: string;
  readonly topicId: string;
  /** 'YYYY-MM-DD' */
  readonly date: string;
  readonly half: 'morning' | 'afternoon';
}

/** Whether an appointment has a place: with its number in the queue of that half day, full, shut, or nobody has said how much room there is. */
export type Room =
  { readonly state: 'free'; readonly ticket: string } | { readonly state: 'full' | 'closed' | 'unknown' };

export interface Appointments {
  /** null: no such branch. */
  branch(branchId: string): Promise<Branch['name'] | null>;
  room(slot: Slot, requestNumber: string): Promise<Room>;
  /** What is free for a service, branch by branch. */
  slots(topicId: string): Promise<AppointmentSlots>;
}

const MOST_BOOKED = 2_000;
const DAYS_OFFERED = 10;
/** Without a word of the centre's. */
const USUAL_DAYS_AHEAD = 14;
const NOON = '12:00';

/** Branches and their rooms, as the catalogue and the console keep them. */
export function createAppointments(parts: {
  readonly clock: Clock;
  readonly store: Pick<Store, 'places' | 'work' | 'channels'>;
  readonly catalogue: () => Promise<Catalogue>;
}): Appointments {
  const { clock, store, catalogue } = parts;

  async function ruleOf(branchId: string, topicId: string): Promise<SlotTemplate | undefined> {
    return SlotTemplate.safeParse(await store.places.setting('slots', `${branchId} ${topicId}`)).data;
  }
  const holidays = async () => new Set((await store.channels.holidays()).map(({ date }) => date));

  /** Everybody who asked for that half day, the first first. */
  const queueOf = (booked: Awaited<ReturnType<typeof bookedAt>>, { topicId, date, half }: Omit<Slot, 'branchId'>) =>
    booked
      .filter((one) => one.item === 'B08' && one.topicId === topicId && one.date === date && one.half === half)
      .toSorted((a, b) => a.receivedAt - b.receivedAt || (a.requestNumber < b.requestNumber ? -1 : 1));
  const bookedAt = (branchId: string) => store.work.find('branchId', branchId, MOST_BOOKED);

  return {
    branch: async (branchId) => (await catalogue()).branches.find(({ id }) => id === branchId)?.name ?? null,

    async room(slot, requestNumber) {
      const { branchId, topicId, date, half } = slot;
      const { branches, topics } = await catalogue();
      const branch = branches.find(({ id }) => id === branchId);
      if (branch && !isOpen(branch, date, half, await holidays())) return { state: 'closed' };
      const rule = await ruleOf(branchId, topicId);
      if (!rule) return { state: 'unknown' };
      const today = shanghaiDate(clock.now());
      if (date < firstDay(rule, today) || date > addDays(today, rule.maxDaysAhead)) return { state: 'full' };
      const queue = queueOf(await bookedAt(branchId), slot);
      // Who came first has the place, whoever looks first.
      const found = queue.findIndex((one) => one.requestNumber === requestNumber);
      const place = found === -1 ? queue.length : found;
      return place < rule[half] ? { state: 'free', ticket: ticketOf(topics, slot, place) } : { state: 'full' };
    },

    async slots(topicId) {
      const { branches } = await catalogue();
      const today = shanghaiDate(clock.now());
      const shut = await holidays();
      const told = branches.slice(0, 60).map(async (branch) => {
        const rule = await ruleOf(branch.id, topicId);
        const booked = rule ? await bookedAt(branch.id) : [];
        const left = (date: string, half: Slot['half']) =>
          rule ? Math.max(0, rule[half] - queueOf(booked, { topicId, date, half }).length) : null;
        const first = rule ? firstDay(rule, today) : addDays(today, 1);
        const days = [];
        for (let date = first; days.length < DAYS_OFFERED; date = addDays(date, 1)) {
          if (date > addDays(today, rule?.maxDaysAhead ?? USUAL_DAYS_AHEAD)) break;
          const open = (half: Slot['half']) => isOpen(branch, date, half, shut);
          if (!open('morning') && !open('afternoon')) continue;
          const half = (one: Slot['half']) => ({ open: open(one), left: open(one) ? left(date, one) : null });
          days.push({ date, morning: half('morning'), afternoon: half('afternoon') });
        }
        return { branchId: branch.id, days };
      });
      return { asOf: clock.now(), branches: await Promise.all(told) };
    },
  };
}

const firstDay = ({ sameDay }: SlotTemplate, today: string) => (sameDay ? today : addDays(today, 1));

/** By its weekly hours and the centre's holidays; a branch whose hours nobody told is open Monday to Friday. */
function isOpen({ hours }: Branch, date: string, half: Slot['half'], holidays: ReadonlySet<string>): boolean {
  if (holidays.has(date)) return false;
  // Day 0 of the count, 1970-01-01, was a Thursday: 4.
  const weekday = ((dayNumber(date) + 3) % 7) + 1;
  if (!hours) return weekday <= 5;
  const today = hours.filter(({ days }) => days.includes(weekday));
  return today.some(({ from, to }) => (half === 'morning' ? from < NOON : to > NOON));
}

/** 'A003': a letter for the service in the order of the catalogue, the place in the queue, from 501 on in the afternoon. */
function ticketOf(topics: Catalogue['topics'], { topicId, half }: Slot, place: number): string {
  const at = topics.filter(({ item }) => item === 'B08').findIndex(({ id }) => id === topicId);
  const letter = String.fromCharCode(65 + (Math.max(0, at) % 26));
  return `${letter}${String(place + (half === 'morning' ? 1 : 501)).padStart(3, '0')}`;
}
