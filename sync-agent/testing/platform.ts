import { verifyStatement } from '@kiosk/contract/journal/signing.ts';
import { SUITES } from '@kiosk/contract/journal/suite/suite.ts';
import { readFileSync } from 'node:fs';
import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { gunzipSync } from 'node:zlib';
import type { AddressInfo, Socket } from 'node:net';
import { type KeyObject } from 'node:crypto';
import { GENESIS, entryDigest, headStatement, nextLink } from '@kiosk/contract/journal/chain.ts';
import { EntryBody, type EntryData, StreamName } from '@kiosk/contract/journal/entry.ts';
import type { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import type { DownlinkKind, DownlinkVersions, Envelope } from '@kiosk/contract/platform/downlink.ts';
import { Batch, type StreamHead, type WireEntry } from '@kiosk/contract/platform/ingest.ts';
import { within } from './ending.ts';
import { type Said, signedEnvelope } from './envelope.ts';
import type { TestAuthority } from './tls.ts';

/** How the stand-in answers: properly, or as a platform in trouble does. */
export type Mood =
  | { readonly kind: 'well' }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    }
  /** Takes the request and never answers. */
  | { readonly kind: 'silent' }
  /** Does the work, then cuts the connection instead of answering. */
  | { readonly kind: 'losesAnswers' };

export interface Call {
  readonly path: string;
  readonly body: unknown;
}

interface Kept {
  seq: number;
  head: string;
  readonly entries: { seq: number; body: string; link: string; wire?: WireEntry }[];
}

export const testCatalogue: Catalogue = {
  items: [item('S01', 'queue'), item('B08', 'queue'), item('Q01', 'no')],
  branches: [],
  topics: [],
  enquiryPhone: '12329',
};

function item(id: string, offline: 'queue' | 'no'): Catalogue['items'][number] {
  const name = { zh: id, en: id };
  return { id, name, hint: name, level: 'L0', offline, state: 'open' };
}

/**
 * A stand-in for the platform: HTTPS with client certificates, in this process, written from the contract alone and
 * sharing nothing with the real one. It keeps what it was sent and checks chain and signature of every batch.
 */
export class TestPlatform extends EventEmitter<{ call: [Call]; kept: [StreamName, number] }> {
  mood: (path: string) => Mood = () => ({ kind: 'well' });
  /** What the centre has sent out, by its newest version of each kind. */
  readonly sent: { readonly kind: DownlinkKind; readonly version: number; readonly envelope: Envelope }[] = [];
  quarantine = new Map<number, string>();
  readonly calls: Call[] = [];
  readonly streams: Record<StreamName, Kept> = { business: empty(), audit: empty(), telemetry: empty() };
  /** Answers of routes this stand-in does not know by heart. */
  readonly answers = new Map<string, (body: unknown) => unknown>();
  readonly #open = new Set<string>();
  /** Two batches of one stream were under way at once, which must never be. */
  overlapped = false;
  #server: ReturnType<typeof createServer> | undefined;
  #sockets = new Set<Socket>();
  readonly #terminalId: string;
  readonly #signing: KeyObject;

  constructor(terminalId: string, signing: KeyObject) {
    super();
    this.setMaxListeners(0);
    this.#terminalId = terminalId;
    this.#signing = signing;
  }

  /** Listens on loopback; the same port again after `close` is a platform that came back. */
  async listen(authority: TestAuthority, port = 0): Promise<number> {
    const { certificateFile, keyFile } = await authority.issue('platform');
    this.#server = createServer(
      {
        cert: readFileSync(certificateFile),
        key: readFileSync(keyFile),
        ca: readFileSync(authority.caFile),
        requestCert: true,
        rejectUnauthorized: true,
      },
      (request, response) => void this.#serve(request, response),
    );
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (this.#server?.listening) await new Promise((resolve) => this.#server!.close(resolve));
  }

  /** Signs and offers something new for this terminal. */
  send(kind: DownlinkKind, version: number, content: unknown, more: Partial<Said> = {}): Envelope {
    const envelope = signedEnvelope({ kind, version, content, audience: { terminalId: this.#terminalId }, ...more });
    this.sent.push({ kind, version, envelope });
    return envelope;
  }

  get versions(): DownlinkVersions {
    const newest = (kind: DownlinkKind) =>
      Math.max(0, ...this.sent.filter((one) => one.kind === kind).map(({ version }) => version));
    return { catalogue: newest('catalogue'), parameters: newest('parameters'), command: newest('command') };
  }

  /** Settles when a call to this path has come. */
  async called(path: string): Promise<Call> {
    for (;;) {
      const [call] = await within(once(this, 'call'), () => `a call to ${path}; ${this.#told()}`);
      if ((call as Call).path === path) return call as Call;
    }
  }

  /** Settles when the stream holds `seq` entries or more. */
  async holds(stream: StreamName, seq: number): Promise<void> {
    while (this.streams[stream].seq < seq) await this.keeps(`${stream} up to ${seq}`);
  }

  /** Settles when more entries have come. */
  async keeps(wanted = 'an entry'): Promise<void> {
    await within(once(this, 'kept'), () => `${wanted}; ${this.#told()}`);
  }

  /** What a failed wait says: how far each stream is, and what was asked last. */
  #told(): string {
    const kept = Object.entries(this.streams).map(([stream, { seq }]) => `${stream} ${seq}`);
    const calls = this.calls.slice(-5).map(({ path }) => path);
    return `the platform holds ${kept.join(', ')} and was asked ${calls.join(', ') || 'nothing'}`;
  }

  bodies(stream: StreamName): EntryData[] {
    return this.streams[stream].entries.map(({ body }) => EntryBody.parse(JSON.parse(body)).data);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'https://platform');
    const path = url.pathname;
    if (path.endsWith('/batches')) {
      this.overlapped ||= this.#open.has(path);
      this.#open.add(path);
      response.on('close', () => this.#open.delete(path));
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks);
    const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw).toString();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    this.calls.push({ path, body });
    const mood = this.mood(path);
    if (mood.kind === 'status') {
      response.writeHead(mood.status, mood.headers).end(mood.body ?? '');
    } else if (mood.kind !== 'silent') {
      const [status, answer] = path.endsWith('/entries') ? this.#page(url) : this.#answer(path, body);
      if (mood.kind === 'losesAnswers') request.socket.destroy();
      else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    }
    this.emit('call', { path, body });
  }

  #page({ pathname, searchParams }: URL): [number, unknown] {
    const stream = StreamName.parse(pathname.split('/')[3]);
    const { entries } = this.streams[stream];
    const after = Number(searchParams.get('after'));
    const wire = entries.slice(after, after + Number(searchParams.get('limit'))).map((entry) => entry.wire);
    return [200, { stream, previousHead: entries[after - 1]?.link ?? GENESIS, entries: wire }];
  }

  #answer(path: string, body: unknown): [number, unknown] {
    const known = this.answers.get(path);
    if (known) return [200, known(body)];
    if (path === '/v1/heartbeat') return [200, { serverTime: Date.now(), downlink: this.versions }];
    if (path === '/v1/downlink') {
      const { applied } = body as { applied: DownlinkVersions };
      return [
        200,
        { envelopes: this.sent.filter((one) => one.version > applied[one.kind]).map((one) => one.envelope) },
      ];
    }
    const match = /^\/v1\/streams\/(\w+)\/(head|batches)$/.exec(path);
    const stream = StreamName.safeParse(match?.[1]).data;
    if (!stream) return [404, { code: 'E9005' }];
    return match![2] === 'head' ? [200, this.#head(stream)] : this.#take(stream, Batch.parse(body));
  }

  #head(stream: StreamName): StreamHead {
    const { seq, head } = this.streams[stream];
    return { stream, durableUpTo: seq, head };
  }

  #take(stream: StreamName, batch: Batch): [number, unknown] {
    const kept = this.streams[stream];
    const refuse = (code: string): [number, unknown] => [409, { code, standing: this.#head(stream) }];
    let head = batch.previousHead;
    const suite = SUITES[batch.suite];
    const links = batch.entries.map((entry) => {
      const body = Buffer.from(entry.bodyBase64, 'base64');
      const digest = entryDigest(suite, Buffer.from(entry.saltBase64, 'base64'), body);
      head = nextLink(suite, head, this.#terminalId, stream, entry.seq, digest);
      return { seq: entry.seq, body: body.toString(), link: head, wire: entry };
    });
    const last = links.at(-1)!;
    const statement = Buffer.from(headStatement(this.#terminalId, stream, last.seq, head));
    const signature = Buffer.from(batch.signatureBase64, 'base64');
    if (head !== batch.head || !verifyStatement(this.#signing, statement, signature)) return refuse('E6204');
    if (links[0]!.seq > kept.seq + 1) return refuse('E6203');
    for (const entry of links) {
      const known = kept.entries[entry.seq - 1];
      if (known && known.link !== entry.link) return refuse('E6201');
      if (known) continue;
      kept.entries.push(entry);
      kept.seq = entry.seq;
      kept.head = entry.link;
    }
    this.emit('kept', stream, kept.seq);
    const quarantined = links
      .filter(({ seq }) => this.quarantine.has(seq))
      .map(({ seq }) => ({ seq, code: this.quarantine.get(seq)! }));
    return [200, { ...this.#head(stream), quarantined }];
  }
}

function empty(): Kept {
  return { seq: 0, head: GENESIS, entries: [] };
}
