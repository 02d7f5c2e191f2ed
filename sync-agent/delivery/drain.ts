import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { StreamStanding } from '../journal/outbox.ts';
import { backoffMs } from './backoff.ts';
import type { Failed } from './classify.ts';
import type { Foreground } from './foreground.ts';
import type { Sender, Sent } from './sender.ts';

/** What a depositor left goes first; what can be thinned goes last. Within a stream order never changes. */
const PRIORITY = ['business', 'audit', 'telemetry'] as const satisfies readonly StreamName[];

/**
 * While a person is served: after each batch a rest so many times as long as it took, so that one call in twenty meets a
 * batch. On a slow line it is the line that takes the time, and a rest of that length would help nobody.
 */
const REST_RATIO = 19;
const LONGEST_REST_MS = 250;

const LIMITS = { firstMs: 1_000, mostMs: 300_000 };

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

interface Lane {
  /** Platform and terminal have compared their heads in this run. */
  aligned: boolean;
  failures: number;
  /** Monotonic ms before which nothing is tried. */
  notBefore: number;
  /** The wait was the platform's wish, not our guess: nobody shortens it. */
  asked: boolean;
}

/**
 * Empties the outbox while the link is up: one exchange at a time, the most important stream first, each stream with its
 * own back-off, so that one that the platform refuses does not hold up the others.
 */
export class Drain {
  readonly #options: DrainOptions;
  readonly #lanes: Record<StreamName, Lane> = { business: newLane(), audit: newLane(), telemetry: newLane() };
  #wake: () => void = () => {};
  #online = false;
  #closed = false;
  #running: Promise<void> | undefined;
  #endRest: () => void = () => {};

  constructor(options: DrainOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** There may be something to send. */
  kick(): void {
    this.#wake();
  }

  /** Every stream is compared with the platform's again before it goes on. */
  compareHeads(): void {
    for (const lane of Object.values(this.#lanes)) lane.aligned = false;
    this.kick();
  }

  /** While offline only the link's heartbeat tries; when it is back nobody waits out an old back-off. */
  setOnline(online: boolean): void {
    const now = this.#options.clock.monotonic();
    if (online && !this.#online) {
      for (const lane of Object.values(this.#lanes)) if (!lane.asked) lane.notBefore = now;
    }
    this.#online = online;
    this.#wake();
  }

  /** Settles when the exchange under way has ended. Nothing is lost when it does not: it is asked again next time. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    this.#endRest();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock, foreground, sender } = this.#options;
    for (;;) {
      await foreground.quiet();
      if (this.#closed) return;
      const stream = this.#online ? PRIORITY.find((name) => this.#dueIn(name) === 0) : undefined;
      if (!stream) {
        await this.#sleep();
        continue;
      }
      const { aligned } = this.#lanes[stream];
      const began = clock.monotonic();
      const size = foreground.attended ? 'small' : 'whole';
      this.#note(stream, aligned ? await sender.sendNext(stream, size) : await sender.align(stream));
      if (foreground.attended) await this.#rest((clock.monotonic() - began) * REST_RATIO);
    }
  }

  async #rest(milliseconds: number): Promise<void> {
    if (milliseconds === 0 || this.#closed) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#options.clock.after(Math.min(milliseconds, LONGEST_REST_MS), resolve);
      this.#endRest = () => {
        cancel();
        resolve();
      };
    });
    this.#endRest = () => {};
  }

  /** ms until the stream may be tried; undefined: there is nothing to try. */
  #dueIn(stream: StreamName): number | undefined {
    const lane = this.#lanes[stream];
    const standing = this.#options.standing(stream);
    if (!standing) return undefined;
    const { headSeq, acknowledgedSeq, stopped } = standing;
    // A stream stopped in an earlier run is compared once more: a person may have put the other side right.
    if (lane.aligned && (stopped !== null || headSeq === acknowledgedSeq)) return undefined;
    return Math.max(0, lane.notBefore - this.#options.clock.monotonic());
  }

  #note(stream: StreamName, result: Result<Sent, Failed>): void {
    const lane = this.#lanes[stream];
    const { clock, random, onSent, onFailed } = this.#options;
    if (result.ok) {
      lane.aligned = true;
      lane.asked = false;
      // An answer that moves nothing must not become a busy loop.
      const stuck = result.value.kind === 'acknowledged' && !result.value.moved;
      lane.failures = stuck ? lane.failures + 1 : 0;
      lane.notBefore = stuck && lane.failures > 1 ? clock.monotonic() + backoffMs(lane.failures, LIMITS, random()) : 0;
      return onSent(stream, result.value);
    }
    lane.failures++;
    const { retryAfterMs } = result.error;
    lane.asked = retryAfterMs !== undefined;
    const wait = Math.max(backoffMs(lane.failures, LIMITS, random()), retryAfterMs ?? 0);
    lane.notBefore = clock.monotonic() + wait;
    onFailed(stream, result.error);
  }

  async #sleep(): Promise<void> {
    const waits = PRIORITY.map((stream) => this.#dueIn(stream)).filter((wait) => wait !== undefined);
    await new Promise<void>((resolve) => {
      const cancel =
        this.#online && waits.length > 0 ? this.#options.clock.after(Math.min(...waits) + 1, resolve) : undefined;
      this.#wake = () => {
        cancel?.();
        resolve();
      };
    });
    this.#wake = () => {};
  }
}

const newLane = (): Lane => ({ aligned: false, failures: 0, notBefore: 0, asked: false });
