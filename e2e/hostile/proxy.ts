import { EventEmitter, once } from 'node:events';
import { type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import { Agent, createServer, request as httpsRequest } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Credentials } from '@kiosk/central-platform/testing/authority.ts';
import { type Fate, chanceOf, drawFate } from './fates.ts';
import { GARBAGE, GATEWAY_ERRORS } from './mischief.ts';
import type { PlatformProcess } from './platform.ts';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}
interface Answered {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

export interface ProxyOptions {
  readonly seed: number;
  readonly ca: string;
  /** Shown to the terminal. */
  readonly server: Credentials;
  /** The terminal's own, shown to the platform: a gateway that ends TLS does the same with a header. */
  readonly client: Credentials;
  readonly platform: PlatformProcess;
  /** 1 of so many exchanges takes the platform down in the middle; 0: none. */
  readonly killOneOf: number;
  readonly never: readonly Fate[];
}

const REMEMBERED = 40;

/**
 * A gateway between terminal and platform that ends TLS on both sides, so that it can lose, double, delay, reorder and
 * forge whole messages. What it does to the n-th request of a path is a matter of the seed alone.
 */
export class HostileProxy extends EventEmitter<{ change: [] }> {
  readonly #options: ProxyOptions;
  readonly #agent: Agent;
  readonly #server: ReturnType<typeof createServer>;
  readonly #sockets = new Set<Socket>();
  readonly #count = new Map<string, number>();
  readonly #sent = new Map<string, Asked[]>();
  readonly #answers = new Map<string, Answered[]>();
  readonly #late = new Map<string, Asked[]>();
  readonly fates: Partial<Record<Fate | 'kill', number>> = {};
  /** Exchanges that nobody will answer. */
  held = 0;
  /** From now on everything passes. */
  peaceful = false;

  constructor(options: ProxyOptions) {
    super();
    this.#options = options;
    this.#agent = new Agent({ keepAlive: true, ca: options.ca, ...options.client });
    this.#server = createServer(
      { ...options.server, ca: options.ca, requestCert: true, rejectUnauthorized: true },
      (request, response) => void this.#serve(request, response),
    );
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#server.on('tlsClientError', () => undefined);
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Another certificate from now on; connections under way are cut. */
  showCertificate(credentials: Credentials): void {
    this.#server.setSecureContext({ ...credentials, ca: this.#options.ca });
    this.cut();
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    this.#agent.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => response.destroy());
    const body = await readAll(request).catch(() => undefined);
    if (body === undefined) return;
    const { method = 'GET', url: path = '/', headers } = request;
    const asked = { method, path, headers: carried(headers), body };
    const nth = (this.#count.get(path) ?? 0) + 1;
    this.#count.set(path, nth);
    const random = chanceOf(this.#options.seed, path, nth);
    const drawn = drawFate(random);
    const fate = this.peaceful || this.#options.never.includes(drawn) ? 'pass' : drawn;
    const kill = !this.peaceful && this.#options.killOneOf > 0 && random() * this.#options.killOneOf < 1;
    this.fates[fate] = (this.fates[fate] ?? 0) + 1;
    if (kill) {
      this.fates.kill = (this.fates.kill ?? 0) + 1;
      return this.#killDuring(asked, response, random);
    }
    const before = random() < 0.5;
    if (before) await this.#sendLate(path);
    await this.#suffer(fate, asked, response, random);
    if (!before && fate !== 'late') await this.#sendLate(path);
  }

  async #suffer(fate: Fate, asked: Asked, response: ServerResponse, random: () => number): Promise<void> {
    const { path } = asked;
    switch (fate) {
      case 'pass':
        return reply(response, await this.#forward(asked));
      case 'loseRequest':
        return void response.socket?.destroy();
      case 'cutRequest':
        await this.#forwardHalf(asked);
        return void response.socket?.destroy();
      case 'loseAnswer':
        await this.#forward(asked);
        return void response.socket?.destroy();
      case 'twice':
        await this.#forward(asked);
        return reply(response, await this.#forward(asked));
      case 'twiceAtOnce': {
        const [first, second] = await Promise.all([this.#forward(asked), this.#forward(asked)]);
        return reply(response, random() < 0.5 ? first : second);
      }
      case 'replay': {
        const old = pick(this.#sent.get(path), random);
        const early = random() < 0.5;
        if (old && early) await this.#forward(old);
        const answer = await this.#forward(asked);
        if (old && !early) await this.#forward(old);
        return reply(response, answer);
      }
      case 'late':
        this.#late.set(path, [...(this.#late.get(path) ?? []), asked]);
        return void response.socket?.destroy();
      case 'staleAnswer': {
        const old = pick(this.#answers.get(path), random);
        const answer = random() < 0.5 || !old ? await this.#forward(asked) : old;
        return reply(response, old ?? answer);
      }
      case 'silent':
        if (random() < 0.5) await this.#forward(asked);
        return this.#hold(response);
      case 'slow':
        return dribble(response, await this.#forward(asked));
      case 'gatewayError':
        if (random() < 0.5) await this.#forward(asked);
        return reply(response, pick(GATEWAY_ERRORS, random));
      case 'garbage': {
        const answer = random() < 0.5 ? await this.#forward(asked) : undefined;
        const kind = Math.floor(random() * (GARBAGE.length + 2));
        if (kind === GARBAGE.length) return void response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n');
        if (kind > GARBAGE.length) return truncate(response, answer);
        return reply(response, GARBAGE[kind]);
      }
      case 'tooLarge':
        return reply(response, { status: 413, headers: {}, body: Buffer.from('<html>413</html>') });
    }
  }

  async #killDuring(asked: Asked, response: ServerResponse, random: () => number): Promise<void> {
    const turns = Math.floor(random() * 40);
    const forwarded = this.#forward(asked);
    for (let i = 0; i < turns; i++) await new Promise(setImmediate);
    await this.#options.platform.kill();
    await forwarded;
    await this.#options.platform.ready;
    response.socket?.destroy();
  }

  #hold(response: ServerResponse): void {
    if (response.destroyed) return;
    this.held++;
    this.emit('change');
    response.once('close', () => {
      this.held--;
      this.emit('change');
    });
  }

  async #sendLate(path: string): Promise<void> {
    const waiting = this.#late.get(path) ?? [];
    this.#late.delete(path);
    for (const asked of waiting.reverse()) await this.#forward(asked);
  }

  /** undefined: the platform did not answer (it was killed). */
  async #forward(asked: Asked): Promise<Answered | undefined> {
    const url = new URL(asked.path, await this.#options.platform.ready);
    remember(this.#sent, asked.path, asked);
    try {
      const request = httpsRequest(url, { method: asked.method, agent: this.#agent, headers: asked.headers });
      request.end(asked.body);
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      const body = await readAll(response);
      const answer = { status: response.statusCode!, headers: carried(response.headers), body };
      if (answer.status === 200) remember(this.#answers, asked.path, answer);
      return answer;
    } catch {
      return undefined;
    }
  }

  async #forwardHalf(asked: Asked): Promise<void> {
    const url = new URL(asked.path, await this.#options.platform.ready);
    const request = httpsRequest(url, { method: asked.method, agent: this.#agent, headers: asked.headers });
    request.on('error', () => undefined);
    if (asked.body.length === 0) return void request.destroy();
    await new Promise<void>((resolve) => {
      request.on('close', resolve);
      request.write(asked.body.subarray(0, Math.ceil(asked.body.length / 2)), () => request.destroy());
    });
  }
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Without what belongs to one connection. */
function carried({
  connection: _,
  host: __,
  'keep-alive': ___,
  'transfer-encoding': ____,
  ...rest
}: OutgoingHttpHeaders) {
  return rest;
}

function reply(response: ServerResponse, answer: Answered | undefined): void {
  if (!answer) return void response.socket?.destroy();
  response.writeHead(answer.status, answer.headers).end(answer.body);
}

async function dribble(response: ServerResponse, answer: Answered | undefined): Promise<void> {
  if (!answer) return void response.socket?.destroy();
  response.writeHead(answer.status, answer.headers);
  const step = Math.max(1, Math.ceil(answer.body.length / 5));
  for (let at = 0; at < answer.body.length; at += step) {
    response.write(answer.body.subarray(at, at + step));
    await new Promise(setImmediate);
  }
  response.end();
}

/** Says how long it is, and stops in the middle. */
function truncate(response: ServerResponse, answer: Answered | undefined): void {
  const body = answer?.body ?? Buffer.from('{"stream":"business"}');
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
}

function remember<T>(where: Map<string, T[]>, path: string, value: T): void {
  const list = where.get(path) ?? [];
  list.push(value);
  if (list.length > REMEMBERED) list.shift();
  where.set(path, list);
}

function pick<T>(list: readonly T[] | undefined, random: () => number): T | undefined {
  return list?.[Math.floor(random() * list.length)];
}
