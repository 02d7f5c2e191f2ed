import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { StreamStanding } from '../journal/books/outbox.ts';
import { askedWaitMs, backoffMs } from './backoff.ts';
import type { RetryBudget } from './budget.ts';
import type { Failed } from './classify.ts';
import type { Sent } from './sender.ts';
import { BatchWindow } from './window.ts';

const LIMITS = { firstMs: 1_000, mostMs: 300_000 };

export interface LaneParts {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Of all lanes together. */
  readonly budget: RetryBudget;
}

/** What the drain knows of one stream: when it may be tried again, and how large a batch may be. */
export class Lane {
  readonly #parts: LaneParts;
  readonly window = new BatchWindow();
  /** An exchange is under way. */
  busy = false;
  /** Platform and terminal have compared their heads in this run. */
  aligned = false;
  #failures = 0;
  /** Monotonic ms before which nothing is tried. */
  #notBefore = 0;
  /** The wait was the platform's wish, not our guess: nobody shortens it. */
  #asked = false;

  constructor(parts: LaneParts) {
    this.#parts = parts;
  }

  /** ms until the stream may be tried; undefined: there is nothing to try. */
  dueIn({ headSeq, acknowledgedSeq, stopped }: StreamStanding): number | undefined {
    // A stream stopped in an earlier run is compared once more: a person may have put the other side right.
    if (this.aligned && (stopped !== null || headSeq === acknowledgedSeq)) return undefined;
    return Math.max(0, this.#notBefore - this.#parts.clock.monotonic());
  }

  /** The link is back: nobody waits out a guess of before. */
  retryNow(): void {
    if (!this.#asked) this.#notBefore = this.#parts.clock.monotonic();
  }

  note(result: Result<Sent, Failed>, tookMs: number): void {
    if (result.ok) this.#got(result.value, tookMs);
    else this.#failed(result.error);
  }

  #got(sent: Sent, tookMs: number): void {
    const { clock, random, budget } = this.#parts;
    if (sent.kind === 'acknowledged' && sent.entries > 0) this.window.answered(tookMs);
    this.#asked = false;
    // An answer that moves nothing must not become a busy loop.
    const stuck = sent.kind === 'acknowledged' && !sent.moved;
    this.#failures = stuck ? this.#failures + 1 : 0;
    this.#notBefore = stuck && this.#failures > 1 ? clock.monotonic() + backoffMs(this.#failures, LIMITS, random()) : 0;
    if (!stuck) budget.earn();
  }

  #failed({ code, retryAfterMs, tooLargeWith }: Failed): void {
    const { clock, random, budget } = this.#parts;
    if (tooLargeWith !== undefined && tooLargeWith > 1) {
      this.window.tooLarge(tooLargeWith);
      return;
    }
    this.#failures++;
    if (code === 'E3102') this.window.lost();
    this.#asked = retryAfterMs !== undefined;
    // The platform is there and spreads its callers itself: that costs no repeat, and no guess makes it longer.
    if (code === 'E3106' && retryAfterMs !== undefined && retryAfterMs > 0) {
      this.#notBefore = clock.monotonic() + askedWaitMs(retryAfterMs, random());
      return;
    }
    // One entry that does not pass alone will not pass in a second either.
    const hopeless = tooLargeWith !== undefined || !budget.spend();
    const guess = hopeless ? LIMITS.mostMs * (0.5 + random() / 2) : backoffMs(this.#failures, LIMITS, random());
    this.#notBefore = clock.monotonic() + Math.max(guess, retryAfterMs ?? 0);
  }
}
