import { z } from 'zod';
import { StreamName } from '../journal/stream.ts';
import { DateText, Instant } from '../services/common.ts';

const whole = z.number().int().nonnegative();
/** A chain link, hex. */
export const Link = z.string().regex(/^[0-9a-f]{64}$/);

/** Where a stream of the journal stood: its last sequence (0: nothing yet) and the link after it. */
export const HeadAt = z.object({ stream: StreamName, seq: whole, head: Link });
export type HeadAt = z.infer<typeof HeadAt>;

/** The entries of a stream that belong to a day, by position and never by a clock: both inside, `to` = `from` - 1 for none. */
export const Window = z.object({ stream: StreamName, from: z.number().int().positive(), to: whole, head: Link });
export type Window = z.infer<typeof Window>;

/** What moved lies between these two, both inside. They differ where an outcome is unknown, or sides of a sheet were counted. */
export const Range = z.object({ least: whole, most: whole });
export type Range = z.infer<typeof Range>;

/** What the entries of a window add up to (day-totals.ts says how). */
export const Totals = z.object({
  requests: whole,
  printsIntended: whole,
  printsDone: whole,
  printsFailed: whole,
  printsUnknown: whole,
  sheets: Range,
  slips: Range,
  cards: Range,
});
export type Totals = z.infer<typeof Totals>;

/** What devices count of it: `counters` of DeviceStatus by their own names. */
export const COUNTED = { sheets: 'sheets', slips: 'slips', cards: 'cardsRetained' } as const;
export const Counted = z.enum(['sheets', 'slips', 'cards']);
export type Counted = z.infer<typeof Counted>;

/** One device's counters when the day was closed. */
export const CountedDevice = z.object({
  deviceId: z.string().max(64),
  kind: z.string().max(32),
  driver: z.string().max(64),
  /** What the device says about itself: another one has come when this changes. */
  identity: z.string().max(200).optional(),
  counters: z.record(z.string().max(32), z.number().int()),
});
export type CountedDevice = z.infer<typeof CountedDevice>;

/**
 * first: nothing to compare with yet. away: the device-host did not answer at this close or at the one before. exchanged:
 * another device stands there now, or one is gone. reset: a counter went backwards.
 */
export const NotComparable = z.enum(['first', 'away', 'exchanged', 'reset']);
export type NotComparable = z.infer<typeof NotComparable>;

/** How far a kind of counter moved since the close before, over all devices; or why nobody can say. */
export const Moved = z.union([z.object({ by: whole }), z.object({ notComparable: NotComparable })]);
export type Moved = z.infer<typeof Moved>;

const eachCounted = <T extends z.ZodType>(value: T) => z.object({ sheets: value, slips: value, cards: value });

/**
 * The close of a business day (China time). Numbered without a gap from 1; a number means one close for ever. `day` is the
 * calendar's name for it and decides nothing.
 */
export const DayClose = z.object({
  number: z.number().int().positive(),
  day: DateText,
  /** Terminal's wall clock. */
  at: Instant,
  windows: z.array(Window).length(StreamName.options.length),
  totals: Totals,
  /** Most that operations under way at the close may already have moved. */
  underWay: eachCounted(whole),
  /** null: the device-host did not answer. */
  devices: z.array(CountedDevice).max(64).nullable(),
  moved: eachCounted(Moved),
});
export type DayClose = z.infer<typeof DayClose>;

export const DifferenceKind = z.enum(['heads', 'totals', 'counters']);
export type DifferenceKind = z.infer<typeof DifferenceKind>;

/** What is not the same on both sides. Never repaired by itself: it is a case until a person has decided. */
export const Difference = z.object({
  caseId: z.string(),
  kind: DifferenceKind,
  /** Stream of `heads`, total of `totals`, counter of `counters`. */
  subject: z.string(),
  /** As the terminal, or its devices, have it; and as the platform has it. `-`: not there at all. */
  terminalValue: z.string(),
  platformValue: z.string(),
  /** Of `heads`: the sequence at which it was seen, and the first that differs once that was found. */
  seq: whole.nullable(),
  firstSeq: whole.nullable(),
  day: DateText,
  openedAt: Instant,
});
export type Difference = z.infer<typeof Difference>;

/** `equal`: nothing of what was just sent differs. `open`: every case of this terminal that nobody has decided yet. */
export const Comparison = z.object({
  equal: z.boolean(),
  differences: z.array(Difference),
  open: z.array(Difference).max(100),
});
export type Comparison = z.infer<typeof Comparison>;

/**
 * The text form of a head report: what is signed, printed and kept. One line a field, so that two of them can be compared
 * by eye and by any tool.
 */
export function headsText(terminalId: string, at: number, heads: readonly HeadAt[]): string {
  const lines = heads.map(({ stream, seq, head }) => `${stream} ${seq} ${head}`);
  return ['kiosk-heads-v1', terminalId, instant(at), ...lines, ''].join('\n');
}

/** The same of a day's close. */
export function closeText(terminalId: string, close: DayClose): string {
  const { totals, underWay, moved, devices } = close;
  const range = ({ least, most }: Range) => (least === most ? `${least}` : `${least}-${most}`);
  const movedBy = (value: Moved) => ('by' in value ? `${value.by}` : value.notComparable);
  return [
    'kiosk-close-v1',
    terminalId,
    `number ${close.number}`,
    `day ${close.day}`,
    `at ${instant(close.at)}`,
    ...close.windows.map(({ stream, from, to, head }) => `${stream} ${from} ${to} ${head}`),
    `requests ${totals.requests}`,
    `prints intended ${totals.printsIntended} done ${totals.printsDone}`,
    `prints failed ${totals.printsFailed} unknown ${totals.printsUnknown}`,
    ...Counted.options.map(
      (name) => `${name} ${range(totals[name])} under way ${underWay[name]} counted ${movedBy(moved[name])}`,
    ),
    ...(devices === null ? ['devices -'] : devices.map(deviceLine)),
    '',
  ].join('\n');
}

const instant = (at: number): string => new Date(at).toISOString();

/** What a device calls itself is quoted, so that no name of it can look like another line. */
function deviceLine({ deviceId, kind, driver, identity, counters }: CountedDevice): string {
  const counted = Object.entries(counters)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${JSON.stringify(name)} ${value}`);
  const names = [deviceId, kind, driver, identity ?? ''].map((name) => JSON.stringify(name));
  return ['device', ...names, ...counted].join(' ');
}

/** How far each kind of counter moved between two closes; `before` undefined: there was none. */
export function countersMoved(
  before: readonly CountedDevice[] | null | undefined,
  now: readonly CountedDevice[] | null,
): DayClose['moved'] {
  const one = (name: Counted): Moved => {
    if (before === undefined) return { notComparable: 'first' };
    if (before === null || now === null) return { notComparable: 'away' };
    const counter = COUNTED[name];
    const counting = (devices: readonly CountedDevice[]) => devices.filter(({ counters }) => counter in counters);
    let by = 0;
    for (const device of counting(now)) {
      const former = before.find(({ deviceId }) => deviceId === device.deviceId);
      if (!former || !sameDevice(former, device)) return { notComparable: 'exchanged' };
      const step = device.counters[counter]! - (former.counters[counter] ?? 0);
      if (step < 0) return { notComparable: 'reset' };
      by += step;
    }
    const gone = counting(before).filter(({ deviceId }) => !now.some((device) => device.deviceId === deviceId));
    if (gone.length > 0) return { notComparable: 'exchanged' };
    const vanished = counting(before).some(
      ({ deviceId }) => !(counter in now.find((device) => device.deviceId === deviceId)!.counters),
    );
    return vanished ? { notComparable: 'reset' } : { by };
  };
  return { sheets: one('sheets'), slips: one('slips'), cards: one('cards') };
}

/** A device that has not said yet who it is (switched off) may be the same one. */
const sameDevice = (one: CountedDevice, other: CountedDevice): boolean =>
  one.kind === other.kind &&
  one.driver === other.driver &&
  (one.identity === undefined || other.identity === undefined || one.identity === other.identity);
