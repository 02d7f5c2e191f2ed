import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Branch, Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import type { BranchNow, BranchesNow } from '@kiosk/contract/platform/branches.ts';
import { dayNumber, shanghaiDate, shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { Code } from '@kiosk/contract/services/common.ts';
import { z } from 'zod';
import type { BranchDesk } from '../store/places-store.ts';
import type { Store } from '../store/store.ts';

/** A number somebody told longer ago says nothing any more. */
const STALE_MS = 30 * 60_000;
/** People waiting for each counter that works, from which a branch is busy; below a third of it it is free. */
const BUSY_PER_COUNTER = 3;
/** A terminal silent for longer cannot be recommended: several heartbeats of 15 s. */
const SILENT_MS = 5 * 60_000;

const KEPT_MS = 10_000;

export type Load = BranchNow['load'];

export function loadOf(
  { waiting, waitingAt, counters }: Pick<BranchDesk, 'waiting' | 'waitingAt' | 'counters'>,
  now: number,
): Load {
  if (waiting === null || waitingAt === null || waitingAt < now - STALE_MS) return 'unknown';
  const each = waiting / Math.max(1, counters ?? 1);
  return each >= BUSY_PER_COUNTER ? 'busy' : each <= BUSY_PER_COUNTER / 3 ? 'free' : 'normal';
}

/** null: the catalogue does not say its hours. */
export function isOpen({ hours }: Pick<Branch, 'hours'>, now: number, holiday: boolean): boolean | null {
  if (!hours) return null;
  const time = shanghaiDateTime(now).slice(11, 16);
  // Day 0 of the count, 1970-01-01, was a Thursday: 4.
  const day = ((dayNumber(shanghaiDate(now)) + 3) % 7) + 1;
  return !holiday && hours.some(({ days, from, to }) => days.includes(day) && time >= from && time < to);
}

/** What a heartbeat says of its devices; whatever else is in it. */
const Heartbeat = z.object({ devices: z.array(z.object({ state: z.string(), code: Code.optional() })) });

export interface BranchBoard {
  now(): Promise<BranchesNow>;
  /** Where somebody can be sent, the freest first; only what is open and known to be free. */
  free(): Promise<readonly { id: string; name: Branch['name']; waiting: number | null }[]>;
}

export function createBranchBoard(parts: {
  readonly clock: Clock;
  readonly store: Pick<Store, 'places' | 'terminals' | 'channels'>;
  readonly catalogue: () => Promise<Catalogue>;
}): BranchBoard {
  const { clock, store, catalogue } = parts;

  let known: { readonly at: number; readonly told: Promise<BranchesNow> } | undefined;

  /** Every refusal and every screen asks: the fleet is not read for each. */
  function now(): Promise<BranchesNow> {
    const at = clock.now();
    if (known && at - known.at >= 0 && at - known.at < KEPT_MS) return known.told;
    const told = read(at);
    known = { at, told };
    told.catch(() => (known = undefined));
    return told;
  }

  async function read(at: number): Promise<BranchesNow> {
    const [{ branches }, desks, places, terminals, holidays] = await Promise.all([
      catalogue(),
      store.places.branches(),
      store.places.places(),
      store.terminals.list(),
      store.channels.holidays(),
    ]);
    const holiday = holidays.some(({ date }) => date === shanghaiDate(at));
    const ready = new Set(
      terminals
        .filter(({ state, lastSeenAt, heartbeat }) => {
          const told = Heartbeat.safeParse(heartbeat).data?.devices ?? [];
          const seen = lastSeenAt !== null && lastSeenAt > at - SILENT_MS;
          return (
            state === 'admitted' && seen && told.some((device) => device.state === 'ready' || device.state === 'busy')
          );
        })
        .map(({ terminalId }) => terminalId),
    );
    return {
      asOf: at,
      branches: branches.map((branch) => {
        const desk = desks.find(({ branchId }) => branchId === branch.id);
        const own = places.filter(({ branchId }) => branchId === branch.id);
        const load = desk ? loadOf(desk, at) : 'unknown';
        const known = load !== 'unknown';
        return {
          id: branch.id,
          open: isOpen(branch, at, holiday),
          waiting: known ? (desk?.waiting ?? null) : null,
          waitingAt: known ? (desk?.waitingAt ?? null) : null,
          load,
          kiosks: own.length,
          kiosksReady: own.filter(({ terminalId }) => ready.has(terminalId)).length,
        };
      }),
    };
  }

  return {
    now,
    async free() {
      const [{ branches }, board] = await Promise.all([catalogue(), now()]);
      return board.branches
        .filter(({ load, open }) => load === 'free' && open !== false)
        .sort((a, b) => (a.waiting ?? 0) - (b.waiting ?? 0))
        .flatMap(({ id, waiting }) => {
          const name = branches.find((branch) => branch.id === id)?.name;
          return name ? [{ id, name, waiting }] : [];
        });
    },
  };
}
