import { StreamName } from '@kiosk/contract/journal/entry.ts';
import { platformRoutes } from '@kiosk/contract/platform/api.ts';
import type { DownlinkVersions } from '@kiosk/contract/platform/downlink.ts';
import { askedWaitMs, backoffMs, retryAfterMs } from '@kiosk/sync-agent/delivery/backoff.ts';
import { RetryBudget } from '@kiosk/sync-agent/delivery/budget.ts';
import { type Reply, framed } from './connection.ts';
import type { SimulatedJournal } from './journal.ts';

export interface TerminalRules {
  readonly heartbeatMs: number;
  /** Entries in one batch, at most. */
  readonly batch: number;
  /** false: everybody waits out the whole bound, as terminals did before jitter. A weak build. */
  readonly jitter: boolean;
  /** false: what the platform asks for is not heard. A weak build. */
  readonly heedsRetryAfter: boolean;
}

/** As sync-agent/delivery has them: a stream that fails, and a link that is looked for. */
const STREAM_LIMITS = { firstMs: 1_000, mostMs: 300_000 };
const FIRST_RETRY_MS = 1_000;
const PRIORITY = StreamName.options;

export type Ask =
  { readonly kind: 'heartbeat' | 'downlink' } | { readonly kind: 'head' | 'batch'; readonly stream: StreamName };

export type Next = { readonly ask: Ask; readonly request: Buffer } | { readonly waitMs: number };

/** What an answer was, for the report. */
export type Heard = 'good' | 'busy' | 'refused' | 'conflict' | 'wrong';

/**
 * One terminal: what it asks next, and what an answer changes. No sockets and no timers in here; time and chance come
 * from outside. It is alone with its platform: one exchange at a time, so one batch in flight a stream.
 */
export class TerminalMachine {
  readonly terminalId: string;
  readonly journals: ReadonlyMap<StreamName, SimulatedJournal>;
  readonly #rules: TerminalRules;
  readonly #random: () => number;
  readonly #budget = new RetryBudget();
  readonly #aligned = new Set<StreamName>();
  #applied: DownlinkVersions = { catalogue: 0, parameters: 0, command: 0 };
  #offered: DownlinkVersions = this.#applied;
  #online = false;
  #failures = 0;
  #notBefore = 0;
  #heartbeatAt = 0;

  constructor(terminalId: string, journals: readonly SimulatedJournal[], rules: TerminalRules, random: () => number) {
    this.terminalId = terminalId;
    this.journals = new Map(journals.map((journal) => [journal.stream, journal]));
    this.#rules = rules;
    this.#random = random;
  }

  /** Online, compared, and nothing left to send. */
  get settled(): boolean {
    return (
      this.#online &&
      [...this.journals].every(([stream, journal]) => this.#aligned.has(stream) && journal.pending === 0)
    );
  }

  /** The program was started again: what it has compared it compares once more. */
  restart(now: number): void {
    this.#aligned.clear();
    this.#online = false;
    this.#failures = 0;
    this.#notBefore = now;
    this.#heartbeatAt = now;
  }

  next(now: number): Next {
    if (now < this.#notBefore) return { waitMs: this.#notBefore - now };
    if (!this.#online || now >= this.#heartbeatAt) return this.#call('heartbeat');
    if (Object.entries(this.#offered).some(([kind, version]) => version > (this.#applied[kind as 'command'] ?? 0))) {
      return this.#call('downlink');
    }
    for (const stream of PRIORITY) {
      const journal = this.journals.get(stream);
      if (!journal) continue;
      if (!this.#aligned.has(stream)) {
        return { ask: { kind: 'head', stream }, request: framed('GET', `/v1/streams/${stream}/head`) };
      }
      const batch = journal.batch(this.#rules.batch);
      if (batch) {
        const request = framed('POST', `/v1/streams/${stream}/batches`, JSON.stringify(batch));
        return { ask: { kind: 'batch', stream }, request };
      }
    }
    return { waitMs: this.#heartbeatAt - now };
  }

  /** `utc` is the wall clock, for a Retry-After that is a date. */
  heard(ask: Ask, reply: Reply, now: number, utc: number): Heard {
    const { status } = reply;
    if (status === 429 || status === 503) {
      const asked = this.#rules.heedsRetryAfter ? retryAfterMs(reply.retryAfter, utc) : undefined;
      if (status === 429 && asked) this.#notBefore = now + askedWaitMs(asked, this.#rules.jitter ? this.#random() : 0);
      else this.#fail(now, asked ?? 0);
      return codeOf(reply) === undefined ? 'wrong' : 'busy';
    }
    if (status === 200) {
      if (!this.#take(ask, JSON.parse(reply.body) as never, now)) return 'wrong';
      this.#failures = 0;
      this.#budget.earn();
      return 'good';
    }
    this.#fail(now, 0);
    if (status === 409) return 'conflict';
    return status < 500 && codeOf(reply) !== undefined ? 'refused' : 'wrong';
  }

  /** No answer. Whether the platform has taken it shows when the heads are compared. */
  lost(now: number): void {
    this.#online = false;
    this.#aligned.clear();
    this.#fail(now, 0);
  }

  #call(kind: 'heartbeat' | 'downlink'): Next {
    const { method, path } = platformRoutes[kind];
    const pending = Object.fromEntries([...this.journals].map(([stream, journal]) => [stream, journal.pending]));
    const body =
      kind === 'downlink'
        ? { applied: this.#applied }
        : { programVersion: '0.1.0', applied: this.#applied, commands: [], devices: DEVICES, pending };
    return { ask: { kind }, request: framed(method, path, JSON.stringify(body)) };
  }

  #take(ask: Ask, answer: Answers, now: number): boolean {
    switch (ask.kind) {
      case 'heartbeat':
        this.#online = true;
        this.#offered = answer.downlink;
        this.#heartbeatAt = now + this.#rules.heartbeatMs;
        return true;
      case 'downlink':
        // Whether the signatures hold is shown by the agent's own tests; here only the way down is walked.
        this.#applied = this.#offered;
        return answer.envelopes.length > 0;
      case 'head':
        this.#aligned.add(ask.stream);
        return this.journals.get(ask.stream)!.acknowledge(answer);
      case 'batch':
        return this.journals.get(ask.stream)!.acknowledge(answer);
    }
  }

  #fail(now: number, askedMs: number): void {
    this.#failures++;
    const { jitter, heartbeatMs } = this.#rules;
    const random = jitter ? this.#random() : 1;
    // While there is no link the heartbeat alone tries, and it has no budget.
    const guess = !this.#online
      ? backoffMs(this.#failures, { firstMs: FIRST_RETRY_MS, mostMs: heartbeatMs }, random)
      : this.#budget.spend()
        ? backoffMs(this.#failures, STREAM_LIMITS, random)
        : STREAM_LIMITS.mostMs * (0.5 + random / 2);
    this.#notBefore = now + Math.max(guess, askedMs);
  }
}

interface Answers {
  readonly downlink: DownlinkVersions;
  readonly envelopes: readonly unknown[];
  readonly durableUpTo: number;
  readonly head: string;
}

/** A kiosk has seven of them, and all are well. */
const DEVICES = ['idCardReader', 'bankCardReader', 'pinPad', 'slipPrinter', 'a4Printer', 'scanner', 'lights'].map(
  (id) => ({ id, state: 'ready' }),
);

function codeOf({ body }: Reply): string | undefined {
  try {
    const { code } = JSON.parse(body) as { code?: unknown };
    return typeof code === 'string' ? code : undefined;
  } catch {
    return undefined;
  }
}
