import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { type Line, dayTotals, underWay } from '@kiosk/contract/platform/day-totals.ts';
import {
  type CountedDevice,
  type DayClose,
  type HeadAt,
  type Window,
  countersMoved,
} from '@kiosk/contract/platform/reconciliation.ts';
import type { DeviceHostState } from '@kiosk/contract/services/device-host.ts';
import type { CloseBook } from '../journal/books/close-book.ts';

/** Entries read between two turns of others: a few milliseconds. */
const AT_ONCE = 500;

/** The book of closes of a journal. */
export interface Books {
  read<T>(work: (book: CloseBook) => T): Result<T>;
  /** Durable, with the entries it adds. */
  write<T>(work: (book: CloseBook) => T): Result<T>;
}

type Devices = Pick<DeviceHostState, 'devices' | 'captures'>;

/** Counters as the device-host tells them; null when it does not answer. */
export function countedDevices(state: Devices | undefined): CountedDevice[] | null {
  if (!state) return null;
  return state.devices.map(({ id, kind, driver, identity, counters }) => ({
    deviceId: id,
    kind,
    driver,
    ...(identity === undefined ? {} : { identity: identity.slice(0, 200) }),
    counters,
  }));
}

/**
 * Closes `day`: where every stream ends and what devices have counted are taken at one moment, then the entries of the
 * windows are added up in steps, and the close and its entry become durable together. E9010: another one came in between.
 */
export function* closeDay(
  books: Books,
  day: string,
  next: string,
  state: Devices | undefined,
  at: number,
): Generator<void, Result<DayClose>> {
  const began = books.read((book) => ({
    last: book.last(),
    windows: windowsOf(book, book.last()?.windows),
    underWay: underWay(book.openIntents(), state?.captures?.length ?? 0),
    counted: book.capturesCounted(),
  }));
  if (!began.ok) return began;
  const { last, windows, counted, underWay: open } = began.value;

  const lines: Line[] = [];
  for (const { stream, from, to } of windows) {
    if (stream === 'telemetry') continue;
    for (let seq = from; seq <= to;) {
      const read = books.read((book) => book.lines(stream, seq, to, AT_ONCE));
      if (!read.ok) return read;
      lines.push(...read.value.lines);
      seq = read.value.next;
      yield;
    }
  }
  return finish();

  function finish(): Result<DayClose> {
    const from = windows.find(({ stream }) => stream === 'business')!.from;
    const devices = countedDevices(state);
    const done = books.write((book): Result<DayClose> => {
      const close: DayClose = {
        number: (last?.number ?? 0) + 1,
        day,
        at,
        windows: [...windows],
        totals: dayTotals(lines, {
          intended: (operationId) => book.intendedBefore(operationId, from),
          captured: (operationId) => counted.has(operationId),
        }),
        underWay: open,
        devices,
        moved: countersMoved(last?.devices, devices),
      };
      const captures = lines.flatMap((line) => (line.kind === 'captured' ? [line.operationId] : []));
      if (!book.add(close, captures)) return fail('E9010', `day ${day}`);
      book.begin(next);
      return ok(close);
    });
    return done.ok ? done.value : done;
  }
}

/** From behind the close before to where each stream ends now. */
function windowsOf(book: CloseBook, before: readonly Window[] | undefined): readonly Window[] {
  const after = (stream: StreamName) => before?.find((window) => window.stream === stream)?.to ?? 0;
  return book.ends().map(({ stream, seq, head }: HeadAt) => {
    // A journal whose beginning retention has taken can vouch for what is left of it.
    const from = Math.min(Math.max(after(stream) + 1, book.firstKept(stream)), seq + 1);
    return { stream, from, to: seq, head };
  });
}
