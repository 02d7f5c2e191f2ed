import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { retryAfterMs } from '@kiosk/sync-agent/delivery/backoff.ts';
import { LineError } from './connection.ts';
import { type FleetMember, terminalIdOf } from './credentials.ts';
import { SimulatedJournal } from './journal.ts';
import type { Lines } from './lines.ts';
import { TerminalMachine, type TerminalRules } from './machine.ts';
import { seeded } from './random.ts';
import { Report } from './report.ts';

export interface FleetOptions {
  readonly members: readonly FleetMember[];
  readonly streams: readonly StreamName[];
  readonly seed: number;
  readonly rules: TerminalRules;
  readonly clock: Clock;
  readonly lines: Lines;
  /** Told when nobody has a question under way: everybody waits for time to pass. */
  readonly onAllWaiting?: () => void;
}

/** The machine and its judge read the clock one after the other. */
const ROUNDING_MS = 50;

/** Many terminals in one process, each its own state machine, over one bounded set of connections. */
export class Fleet {
  readonly machines: readonly TerminalMachine[];
  report = new Report();
  readonly #options: FleetOptions;
  readonly #timers = new Map<number, () => void>();
  readonly #underWay = new Set<Promise<void>>();
  #settledListeners: (() => void)[] = [];
  #unsettled = new Set<number>();
  #running = false;
  /** What the platform asked for, kept apart from the machine: it is what the machine is judged by. */
  readonly #notBefore: number[] = [];

  constructor(options: FleetOptions) {
    this.#options = options;
    const { members, streams, seed, rules } = options;
    this.machines = members.map(({ signingKey }, n) => {
      const terminalId = terminalIdOf(n);
      const journals = streams.map((stream) => new SimulatedJournal(String(seed), terminalId, stream, signingKey));
      return new TerminalMachine(terminalId, journals, rules, seeded(seed + n));
    });
  }

  /** Every terminal goes on, or begins; they are told all at once. */
  start(): void {
    this.#running = true;
    this.#unsettled = new Set(this.machines.keys());
    for (const n of this.machines.keys()) this.#drive(n);
  }

  /** Something was written into a terminal's journal. */
  nudge(n: number): void {
    if (!this.#running) return;
    this.#unsettled.add(n);
    // Only one that sleeps has a timer: who is asking looks again by itself.
    if (!this.#timers.has(n)) return;
    this.#timers.get(n)!();
    this.#timers.delete(n);
    this.#drive(n);
  }

  /** Questions under way. */
  get asking(): number {
    return this.#underWay.size;
  }

  /** Terminals that are not back yet or have something left to send. */
  get unsettled(): number {
    return this.#unsettled.size;
  }

  /** Resolves when every terminal is online with nothing left to send. */
  async settled(signal?: AbortSignal): Promise<void> {
    if (this.#unsettled.size === 0) return;
    await new Promise<void>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new Error(`${this.#unsettled.size} terminals are not back`)));
      this.#settledListeners.push(resolve);
    });
  }

  /** No new question is asked; resolves when those under way have ended. */
  async stop(): Promise<void> {
    this.#running = false;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    await Promise.all(this.#underWay);
  }

  #drive(n: number): void {
    const turn = this.#turn(n).finally(() => {
      this.#underWay.delete(turn);
      if (this.#underWay.size === 0 && this.#running) this.#options.onAllWaiting?.();
    });
    this.#underWay.add(turn);
  }

  async #turn(n: number): Promise<void> {
    const { clock, lines } = this.#options;
    const machine = this.machines[n]!;
    for (;;) {
      if (!this.#running) return lines.rest(n);
      const next = machine.next(clock.monotonic());
      if ('waitMs' in next) {
        lines.rest(n);
        if (machine.settled) this.#settle(n);
        this.#timers.set(
          n,
          clock.after(next.waitMs, () => {
            this.#timers.delete(n);
            this.#drive(n);
          }),
        );
        return;
      }
      if (clock.monotonic() < (this.#notBefore[n] ?? 0)) this.report.tooEarly++;
      try {
        const reply = await lines.exchange(n, next.request);
        const heard = machine.heard(next.ask, reply, clock.monotonic(), clock.now());
        this.report.note(next.ask, reply, heard, reply.tookMs);
        const wish = retryAfterMs(reply.retryAfter, clock.now());
        this.#notBefore[n] = wish === undefined ? 0 : clock.monotonic() + wish - ROUNDING_MS;
      } catch (error) {
        if (!(error instanceof LineError)) throw error;
        machine.lost(clock.monotonic());
        this.report.noteLost(error.message);
      }
    }
  }

  #settle(n: number): void {
    this.#unsettled.delete(n);
    if (this.#unsettled.size > 0) return;
    for (const listener of this.#settledListeners.splice(0)) listener();
  }
}
