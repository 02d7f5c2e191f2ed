import { type Address, Connection, type Identity, type Reply } from './connection.ts';

export interface LinesOptions {
  /** Asked at each opening: the platform may have come back on another port. */
  readonly address: (terminal: number) => Address;
  readonly identity: (terminal: number) => Identity;
  /** Open at once, over all terminals. */
  readonly most: number;
  readonly deadlineMs: number;
  /** Resume TLS sessions with the ticket of the terminal's last connection. */
  readonly resume: boolean;
}

export interface LineCounts {
  opened: number;
  resumed: number;
  most: number;
}

/**
 * The connections of a whole fleet, never more than `most`: a terminal keeps its own alive until somebody who has none
 * needs the place; who has spoken least lately gives it up. Waiting for a place is waiting in line.
 */
export class Lines {
  readonly #options: LinesOptions;
  /** Of terminals in the middle of something: nobody takes it from them. */
  readonly #held = new Map<number, Connection>();
  readonly #idle = new Map<number, Connection>();
  readonly #tickets = new Map<number, Buffer>();
  readonly #queue: (() => void)[] = [];
  #open = 0;
  readonly counts: LineCounts = { opened: 0, resumed: 0, most: 0 };

  constructor(options: LinesOptions) {
    this.#options = options;
  }

  /** One request of one terminal, on its own connection, which it keeps until it rests. Rejects with `LineError`. */
  async exchange(terminal: number, request: Buffer | string): Promise<Reply> {
    const connection = this.#held.get(terminal) ?? (await this.#take(terminal));
    this.#held.set(terminal, connection);
    try {
      return await connection.exchange(request, this.#options.deadlineMs);
    } finally {
      if (connection.closed) this.rest(terminal);
    }
  }

  /** A terminal has nothing to ask for now: its connection stays open while nobody needs the place. */
  rest(terminal: number): void {
    const connection = this.#held.get(terminal);
    if (!connection) return;
    this.#held.delete(terminal);
    if (connection.closed) this.#open--;
    else this.#idle.set(terminal, connection);
    this.#wakeNext();
  }

  /** Everybody's line is cut, as when a platform goes away. */
  hangUp(): void {
    for (const [terminal, connection] of this.#idle) {
      connection.close();
      this.#idle.delete(terminal);
      this.#open--;
    }
    this.#wakeNext();
  }

  async #take(terminal: number): Promise<Connection> {
    const kept = this.#idle.get(terminal);
    if (kept) {
      this.#idle.delete(terminal);
      if (!kept.closed) return kept;
      this.#open--;
    }
    while (this.#open >= this.#options.most && !this.#closeOldest()) {
      await new Promise<void>((resolve) => this.#queue.push(resolve));
    }
    this.#open++;
    this.counts.most = Math.max(this.counts.most, this.#open);
    try {
      const { address, identity, deadlineMs, resume } = this.#options;
      const connection = await Connection.open(address(terminal), identity(terminal), {
        deadlineMs,
        session: resume ? this.#tickets.get(terminal) : undefined,
        ...(resume ? { onTicket: (ticket: Buffer) => void this.#tickets.set(terminal, ticket) } : {}),
      });
      this.counts.opened++;
      if (connection.resumed) this.counts.resumed++;
      return connection;
    } catch (error) {
      this.#open--;
      this.#wakeNext();
      throw error;
    }
  }

  /** False: every connection is in use. */
  #closeOldest(): boolean {
    const oldest = this.#idle.entries().next().value;
    if (!oldest) return false;
    const [terminal, connection] = oldest;
    this.#idle.delete(terminal);
    connection.close();
    this.#open--;
    return true;
  }

  #wakeNext(): void {
    this.#queue.shift()?.();
  }
}
