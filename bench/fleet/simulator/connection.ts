import { once } from 'node:events';
import { type TLSSocket, connect } from 'node:tls';

/** What the platform answered to one request. */
export interface Reply {
  readonly status: number;
  /** Retry-After as it stood in the answer. */
  readonly retryAfter: string | undefined;
  readonly body: string;
  /** From the write to the last byte. */
  readonly tookMs: number;
}

export interface Identity {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
}

export interface Address {
  readonly port: number;
  /** PEM of the authority whose server certificates count. */
  readonly ca: string;
}

/** No answer of the routes a fleet calls is longer: a catalogue is a few kilobytes. */
const MOST_ANSWER_BYTES = 4 * 1024 * 1024;

/** The line broke, or nobody answered in time. The request may have had its effect: that is what the protocol is for. */
export class LineError extends Error {}

/**
 * One HTTP/1.1 connection over mutual TLS, one exchange at a time. Written for this because the generator shares the
 * processors with what it measures: a general client costs twice as much as the answer is worth here. Loopback only.
 */
export class Connection {
  readonly #socket: TLSSocket;
  #received: Buffer[] = [];
  #length = 0;
  #waiting: { resolve: (reply: Reply) => void; reject: (error: LineError) => void; began: number } | undefined;
  #timer: NodeJS.Timeout | undefined;
  closed = false;

  private constructor(socket: TLSSocket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.#take(bytes));
    socket.on('error', (error) => this.#end(error.message));
    socket.on('close', () => this.#end('closed'));
  }

  /** `session`: a ticket of an earlier connection of this terminal; `onTicket` hears of the next one. */
  static async open(
    { port, ca }: Address,
    { cert, key }: Identity,
    options: {
      readonly deadlineMs: number;
      readonly session?: Buffer | undefined;
      readonly onTicket?: (ticket: Buffer) => void;
    },
  ): Promise<Connection> {
    const { session, onTicket, deadlineMs } = options;
    const socket = connect({
      host: '127.0.0.1',
      port,
      ca,
      cert,
      key,
      minVersion: 'TLSv1.2',
      ...(session && { session }),
    });
    if (onTicket) socket.on('session', onTicket);
    try {
      await once(socket, 'secureConnect', { signal: AbortSignal.timeout(deadlineMs) });
    } catch (error) {
      socket.on('error', () => undefined);
      socket.destroy();
      throw new LineError(error instanceof Error ? error.message : String(error));
    }
    return new Connection(socket);
  }

  get resumed(): boolean {
    return this.#socket.isSessionReused();
  }

  /** `request` is the whole request, headers and body (`framed`). */
  exchange(request: Buffer | string, deadlineMs: number): Promise<Reply> {
    if (this.closed) return Promise.reject(new LineError('closed'));
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject, began: performance.now() };
      this.#timer = setTimeout(() => {
        this.#end('no answer in time');
      }, deadlineMs);
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#end('hung up');
  }

  #take(bytes: Buffer): void {
    this.#received.push(bytes);
    this.#length += bytes.length;
    if (this.#length > MOST_ANSWER_BYTES) return this.#end('answer without end');
    const all = this.#received.length === 1 ? bytes : Buffer.concat(this.#received);
    const headEnd = all.indexOf('\r\n\r\n');
    if (headEnd < 0) {
      this.#received = [all];
      return;
    }
    const head = all.toString('latin1', 0, headEnd);
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? (statusOf(head) === 204 ? 0 : Number.NaN));
    if (Number.isNaN(length)) return this.#end('an answer without a length');
    if (all.length < headEnd + 4 + length) {
      this.#received = [all];
      return;
    }
    const waiting = this.#waiting;
    this.#received = [];
    this.#length = 0;
    this.#waiting = undefined;
    clearTimeout(this.#timer);
    waiting?.resolve({
      status: statusOf(head),
      retryAfter: /\r\nretry-after: *([^\r]+)/i.exec(head)?.[1],
      body: all.toString('utf8', headEnd + 4, headEnd + 4 + length),
      tookMs: performance.now() - waiting.began,
    });
    if (/\r\nconnection: *close/i.test(head)) this.#end('closed by the platform');
  }

  #end(why: string): void {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.#timer);
    this.#socket.destroy();
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(new LineError(why));
  }
}

const statusOf = (head: string): number => Number(head.slice(9, 12));

/** A request as it goes over the line. */
export function framed(method: 'GET' | 'POST', path: string, body?: string): Buffer {
  const head = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json\r\n`;
  if (body === undefined) return Buffer.from(`${head}\r\n`);
  const length = Buffer.byteLength(body);
  return Buffer.from(`${head}content-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`);
}
