import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { StreamStanding } from '../journal/books/outbox.ts';
import { RetryBudget } from './budget.ts';
import type { Failed } from './classify.ts';
import type { Foreground } from './foreground.ts';
import { Lane } from './lane.ts';
import type { Sender, Sent } from './sender.ts';
import type { BatchLimit } from './window.ts';

/** What a depositor left goes first; what can be thinned goes last. Within a stream order never changes. */
const PRIORITY = ['business', 'audit', 'telemetry'] as const satisfies readonly StreamName[];

/** While a person is served: the platform has taken it before a person who asks in the middle of it notices. */
const SMALL: BatchLimit = { entries: 25, bytes: 32 * 1024 };

export interface DrainOptions {
  readonly sender: Sender;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly foreground: Foreground;
  /** undefined: the journal has stopped, and so does the drain. */
  readonly standing: (stream: StreamName) => StreamStanding | undefined;
  readonly onSent: (stream: StreamName, sent: Sent) => void;
  readonly onFailed: (stream: StreamName, failed: Failed) => void;
}

/**
 * Empties the outbox while the link is up. One exchange a stream, the streams side by side, so that what a depositor left
 * never waits for an audit batch that hangs. Where there is room for one only (a person is being served, or the platform
 * has just said that it is busy), the most important stream goes first.
 */
export class Drain {
  readonly #options: DrainOptions;
  readonly #lanes: Record<StreamName, Lane>;
  readonly #underWay = new Set<Promise<void>>();
  #online = false;
  #closed = false;
  #started = false;
  #scheduled = false;
  /** Monotonic ms: the platform asked this terminal to be quiet until then. */
  #quietUntil = 0;
  /** Since then nothing got through: one exchange at a time, to see whether there is room again. */
  #short = false;
  #cancelTimer: () => void = () => {};

  constructor(options: DrainOptions) {
    this.#options = options;
    const lane = () => new Lane(shared);
    const shared = { clock: options.clock, random: options.random, budget: new RetryBudget() };
    this.#lanes = { business: lane(), audit: lane(), telemetry: lane() };
  }

  start(): void {
    this.#started = true;
    this.#options.foreground.onQuiet(() => this.#pump());
    this.#pump();
  }

  /** There may be something to send. Looks after the caller's own work, however many call. */
  kick(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#pump();
    });
  }

  /** While offline only the link's heartbeat tries; when it is back nobody waits out an old back-off. */
  setOnline(online: boolean): void {
    if (online && !this.#online) for (const lane of Object.values(this.#lanes)) lane.retryNow();
    this.#online = online;
    this.#pump();
  }

  /** Every stream is compared with the platform's again before it goes on. */
  compareHeads(): void {
    for (const lane of Object.values(this.#lanes)) lane.aligned = false;
    this.kick();
  }

  /** Settles when the exchanges under way have ended. Nothing is lost when they do not: it is asked again next time. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer();
    await Promise.all(this.#underWay);
  }

  /** Starts what may start now, and sets the timer for what may start later. */
  #pump(): void {
    this.#cancelTimer();
    if (!this.#started || this.#closed || !this.#online) return;
    const wait = this.#startDue();
    if (wait !== undefined) this.#cancelTimer = this.#options.clock.after(wait, () => this.#pump());
  }

  /** ms until it is worth looking again; undefined: when something happens. */
  #startDue(): number | undefined {
    const { clock, foreground, standing } = this.#options;
    const quietFor = this.#quietUntil - clock.monotonic();
    if (quietFor > 0) return quietFor;
    const waits: number[] = [];
    for (const stream of PRIORITY) {
      const lane = this.#lanes[stream];
      if (lane.busy) continue;
      const now = standing(stream);
      const due = now && lane.dueIn(now);
      if (due === undefined) continue;
      if (due > 0) {
        waits.push(due);
        continue;
      }
      const one = this.#short || foreground.attended;
      // The end of that exchange looks again.
      if (one && this.#underWay.size > 0) break;
      const rest = foreground.restMs;
      if (rest === undefined) break;
      if (rest > 0) {
        waits.push(rest);
        break;
      }
      const exchange = this.#exchange(stream, lane).finally(() => {
        this.#underWay.delete(exchange);
        this.#pump();
      });
      this.#underWay.add(exchange);
    }
    return waits.length === 0 ? undefined : Math.min(...waits);
  }

  async #exchange(stream: StreamName, lane: Lane): Promise<void> {
    const { clock, foreground, sender, onSent, onFailed } = this.#options;
    const { entries, bytes } = lane.window.limit;
    const limit = foreground.attended
      ? { entries: Math.min(entries, SMALL.entries), bytes: Math.min(bytes, SMALL.bytes) }
      : { entries, bytes };
    lane.busy = true;
    const comparing = !lane.aligned;
    const began = clock.monotonic();
    const result: Result<Sent, Failed> = await (lane.aligned ? sender.sendNext(stream, limit) : sender.align(stream));
    const took = clock.monotonic() - began;
    lane.busy = false;
    lane.note(result, took);
    // Not after a batch: somebody may have asked for a comparison while it was on its way.
    if (comparing && result.ok) lane.aligned = true;
    foreground.worked(took);
    if (result.ok) {
      this.#short = false;
      return onSent(stream, result.value);
    }
    // 429 is said to the terminal, not to a stream: the others would only take what little there is.
    if (result.error.code === 'E3106') {
      this.#short = true;
      this.#quietUntil = clock.monotonic() + (result.error.retryAfterMs ?? 0);
    }
    onFailed(stream, result.error);
  }
}
