import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { LinkState } from '@kiosk/contract/services/sync-agent.ts';
import { backoffMs } from './backoff.ts';
import type { Answered } from './calls.ts';
import type { Failed } from './classify.ts';

export interface LinkOptions<T> {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Between two heartbeats while all is well, and the longest wait between two tries while it is not. */
  readonly heartbeatMs: number;
  readonly heartbeat: () => Promise<Result<Answered<T>, Failed>>;
  readonly onAnswer: (value: T) => void;
  /** `settled` is true when online became offline or the reverse, and for the first word after the start. */
  readonly onState: (state: LinkState, settled: boolean) => void;
}

const FIRST_RETRY_MS = 1_000;
const LEAST_WAIT_MS = 100;

/**
 * Whether the platform answers, decided by the heartbeat alone: one judge, so that a single refused call does not make
 * the state flicker. Everybody else only hints (`suspect`) that it is worth asking at once.
 */
export class Link<T> {
  readonly #options: LinkOptions<T>;
  #state: LinkState;
  #known = false;
  #failures = 0;
  #asking: Promise<void> | undefined;
  #closed = false;
  #cancelTimer: () => void = () => {};

  constructor(options: LinkOptions<T>) {
    this.#options = options;
    this.#state = { state: 'offline', since: options.clock.now() };
  }

  get state(): LinkState {
    return this.#state;
  }

  start(): void {
    this.suspect();
  }

  /** A call failed though we think we are online, or got through though we think we are not: ask now. */
  suspect(): void {
    if (this.#asking || this.#closed) return;
    this.#cancelTimer();
    this.#asking = this.#ask();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer();
    await this.#asking;
  }

  async #ask(): Promise<void> {
    const answer = await this.#options.heartbeat();
    this.#asking = undefined;
    if (this.#closed) return;
    const wait = answer.ok ? this.#answered(answer.value) : this.#failed(answer.error);
    this.#cancelTimer = this.#options.clock.after(wait, () => this.suspect());
  }

  #answered({ value, roundTripMs }: Answered<T>): number {
    this.#failures = 0;
    this.#set('online', undefined, roundTripMs);
    this.#options.onAnswer(value);
    return this.#options.heartbeatMs;
  }

  #failed(failed: Failed): number {
    // Too busy is an answer: the platform is there, and saying so keeps the queue from being taken for a broken line.
    if (failed.code === 'E3106' && this.#state.state === 'online') {
      return Math.max(failed.retryAfterMs ?? 0, this.#options.heartbeatMs);
    }
    this.#failures++;
    this.#set('offline', failed.code);
    const limits = { firstMs: FIRST_RETRY_MS, mostMs: this.#options.heartbeatMs };
    const wait = backoffMs(this.#failures, limits, this.#options.random());
    return Math.max(LEAST_WAIT_MS, wait, failed.retryAfterMs ?? 0);
  }

  #set(state: LinkState['state'], code?: string, roundTripMs?: number): void {
    const before = this.#state;
    const settled = before.state !== state || !this.#known;
    this.#known = true;
    this.#state = {
      state,
      since: before.state === state ? before.since : this.#options.clock.now(),
      ...(code === undefined ? {} : { code }),
      ...(roundTripMs === undefined ? {} : { roundTripMs }),
    };
    if (settled || before.code !== code || state === 'online') this.#options.onState(this.#state, settled);
  }
}
