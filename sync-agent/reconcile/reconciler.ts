import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import type { DayClose } from '@kiosk/contract/platform/reconciliation.ts';
import type { DeviceHostState } from '@kiosk/contract/services/device-host.ts';
import type { Reconciliation } from '@kiosk/contract/services/sync-agent.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { inTurns } from '../agent/in-turns.ts';
import type { Log } from '../agent/log.ts';
import type { Journal } from '../journal/journal.ts';
import { due } from './calendar.ts';
import { closeDay } from './close.ts';
import type { Exchange } from './exchange.ts';

const HEADS_EVERY_MS = 3_600_000;
const LOOK_EVERY_MS = 30_000;
/** A device-host that is just being started tells its counters soon; one that does not is closed without. */
const DEVICES_WITHIN_MS = 120_000;
const CLOSES_SHOWN = 10;

export interface ReconcilerOptions {
  readonly journal: Journal;
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly log: Log;
  /** undefined: the device-host does not answer. */
  readonly devices: () => DeviceHostState | undefined;
  readonly onChanged: () => void;
}

/**
 * Hourly heads and the close of each business day. Days are closed by the calendar, also without a link and also those
 * that went by while the machine was off; the platform gets them in order once it has acknowledged their entries.
 */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  readonly #startedAt: number;
  #online = false;
  #closed = false;
  #headsAt = -Infinity;
  /** What kept the last exchange from its end. */
  #failure: string | undefined;
  #cancel: () => void = () => {};
  #turn: Promise<unknown> = Promise.resolve();
  #kicked = false;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
    this.#startedAt = options.clock.monotonic();
  }

  start(): void {
    const { clock } = this.#options;
    const look = () => {
      this.kick();
      this.#cancel = clock.after(LOOK_EVERY_MS, look);
    };
    look();
  }

  setOnline(online: boolean): void {
    const back = online && !this.#online;
    this.#online = online;
    if (back) this.kick();
  }

  /** Something may be due: entries were acknowledged, the link is back, time went by. */
  kick(): void {
    if (this.#kicked || this.#closed) return;
    this.#kicked = true;
    void this.#alone(async () => {
      this.#kicked = false;
      await this.#look(false);
    });
  }

  /** Reports the heads now, whatever the hour, and sends what can be sent. Errors: E31xx, E61xx. */
  now(): Promise<Result<Reconciliation>> {
    return this.#alone(async () => {
      const done = await this.#look(true);
      return done.ok ? this.state() : done;
    });
  }

  state(): Result<Reconciliation> {
    return this.#options.journal.closes.read((book) => ({
      openDay: book.openDay() ?? null,
      heads: book.lastHeads() ?? null,
      closes: book.recent(CLOSES_SHOWN).map(({ close, answeredAt, answer }) => ({
        number: close.number,
        day: close.day,
        at: close.at,
        answeredAt,
        result: answer === null ? 'waiting' : answer.equal ? 'equal' : 'differs',
        moved: close.moved,
      })),
      waiting: book.waiting().length,
      cases: [...book.openCases()],
      ...(this.#failure === undefined ? {} : { code: this.#failure }),
    }));
  }

  /** What status shows of it. */
  get summary(): { headsAt: number | null; waiting: number; cases: number } {
    const found = this.#options.journal.closes.read((book) => ({
      headsAt: book.lastHeads()?.at ?? null,
      waiting: book.waiting().length,
      cases: book.openCases().length,
    }));
    return found.ok ? found.value : { headsAt: null, waiting: 0, cases: 0 };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel();
    await this.#turn;
  }

  async #look(headsNow: boolean): Promise<Result<void>> {
    if (this.#closed || this.#options.journal.held) return ok();
    const closed = await this.#closeDueDays();
    if (!closed.ok) return closed;
    if (!this.#online && !headsNow) return ok();
    const told = await this.#tell(headsNow);
    const failure = told.ok ? undefined : told.error.code;
    if (failure !== undefined && failure !== this.#failure) {
      this.#options.log('reconciliation.failed', { code: failure });
    }
    this.#failure = failure;
    this.#options.onChanged();
    return told.ok ? ok() : err({ code: told.error.code, detail: told.error.detail });
  }

  async #tell(headsNow: boolean): Promise<Result<void>> {
    const { journal, exchange, clock } = this.#options;
    for (;;) {
      const waiting = journal.closes.read((book) => book.waiting());
      if (!waiting.ok) return waiting;
      const [next] = waiting.value;
      if (!next || !this.#isThere(next)) break;
      const answer = await exchange.close(next, clock.now());
      if (!answer.ok) return answer;
      this.#tellDifferences(`day ${next.number}`, answer.value.differences.length);
    }
    if (!headsNow && clock.monotonic() - this.#headsAt < HEADS_EVERY_MS) return ok();
    if (journal.held) return ok();
    const answer = await exchange.heads(clock.now());
    if (!answer.ok) return answer;
    this.#headsAt = clock.monotonic();
    this.#tellDifferences('heads', answer.value.differences.length);
    return ok();
  }

  #tellDifferences(what: string, differences: number): void {
    if (differences > 0) this.#options.log('reconciliation.differs', { what, differences, code: 'E6501' });
  }

  /** The platform has every entry of it; or a stream was stopped, and then the close tells the same story. */
  #isThere({ windows }: DayClose): boolean {
    const { journal } = this.#options;
    const standings = journal.withOutbox((outbox) =>
      windows.every(({ stream, to }) => {
        const { acknowledgedSeq, stopped } = outbox.standing(stream);
        return acknowledgedSeq >= to || stopped !== null;
      }),
    );
    return standings.ok && standings.value;
  }

  async #closeDueDays(): Promise<Result<void>> {
    const { journal, clock, devices, log, onChanged } = this.#options;
    const today = shanghaiDate(clock.now());
    const open = journal.closes.read((book) => book.openDay());
    if (!open.ok) return open;
    if (open.value === undefined) {
      const begun = journal.closes.write((book) => book.begin(today));
      return begun.ok ? ok() : begun;
    }
    const days = due(open.value, today);
    if (!days) return ok();
    const state = devices();
    if (!state && clock.monotonic() - this.#startedAt < DEVICES_WITHIN_MS) return ok();
    for (const [i, day] of days.close.entries()) {
      const next = days.close[i + 1] ?? days.open;
      const made = await inTurns(closeDay(journal.closes, day, next, state, clock.now()));
      const close = made.ok ? made.value : made;
      if (!close.ok) return close;
      log('day.closed', { number: close.value.number, day });
      onChanged();
    }
    return ok();
  }

  /** One at a time. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}
