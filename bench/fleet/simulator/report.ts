import type { Reply } from './connection.ts';
import { Histogram } from './histogram.ts';
import type { Ask, Heard } from './machine.ts';

/** What a fleet met, as it goes. */
export class Report {
  /** Milliseconds from the write to the last byte, by what was asked; refusals apart. */
  readonly latency = {
    heartbeat: new Histogram(),
    downlink: new Histogram(),
    head: new Histogram(),
    batch: new Histogram(),
  };
  readonly refusalLatency = new Histogram();
  /** "429 E3106": how often. */
  readonly refusals: Record<string, number> = {};
  /** Answers no terminal can do anything with: a 5xx, a refusal without a code, a standing that is not its own. */
  readonly wrong: string[] = [];
  /** 409: the platform says that the order or the bytes are not what it has. */
  conflicts = 0;
  /** Exchanges that ended without an answer, by reason. */
  readonly lost: Record<string, number> = {};
  /** Requests before the time that a Retry-After named to the same terminal. */
  tooEarly = 0;
  requests = 0;
  answered = 0;
  #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  /** Calls back once so many requests have been answered well. */
  whenAnswered(count: number, resolve: () => void): void {
    this.#waiting.push({ count, resolve });
    this.#tell();
  }

  note(ask: Ask, reply: Reply, heard: Heard, tookMs: number): void {
    this.requests++;
    if (heard === 'good') {
      this.answered++;
      this.latency[ask.kind].add(tookMs);
      this.#tell();
      return;
    }
    this.refusalLatency.add(tookMs);
    if (heard === 'conflict') this.conflicts++;
    if (heard === 'wrong' && this.wrong.length < 20)
      this.wrong.push(`${ask.kind}: ${reply.status} ${reply.body.slice(0, 200)}`);
    const code = /"code":"(\w+)"/.exec(reply.body)?.[1] ?? 'without a code';
    count(this.refusals, `${reply.status} ${code}`);
  }

  noteLost(reason: string): void {
    this.requests++;
    count(this.lost, reason);
  }

  #tell(): void {
    if (this.#waiting.length === 0) return;
    for (const { resolve } of this.#waiting.filter(({ count }) => count <= this.answered)) resolve();
    this.#waiting = this.#waiting.filter(({ count }) => count > this.answered);
  }
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
