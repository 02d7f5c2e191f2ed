import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request as httpsRequest } from 'node:https';
import { GENESIS, entryDigest, headStatement, nextLink } from '@kiosk/contract/journal/chain.ts';
import type { EntryBody, EntryData, RequestPerson, StreamName } from '@kiosk/contract/journal/entry.ts';
import { keyWrapper, newDataKey, sealJson } from '@kiosk/contract/journal/sealing.ts';
import { signStatement } from '@kiosk/contract/journal/signing.ts';
import { type Suite, intl } from '@kiosk/contract/journal/suite/suite.ts';
import type { PersonClaim, PlatformAnswer, PlatformRequest, PlatformRoutes } from '@kiosk/contract/platform/api.ts';
import { platformRoutes } from '@kiosk/contract/platform/api.ts';
import type { Batch } from '@kiosk/contract/platform/ingest.ts';
import type { SyntheticPerson } from '@kiosk/domain/synthetic.ts';
import type { Credentials } from './authority.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** JSON when it was JSON. */
  readonly body: unknown;
}

/** The platform's counterpart over real TLS: its certificate, its signing key, and requests exactly as told. */
export class TestTerminal {
  readonly terminalId: string;
  readonly signingKey: KeyObject;
  readonly #url: string;
  readonly #agent: Agent;

  constructor(options: {
    readonly terminalId: string;
    readonly url: string;
    readonly ca: string;
    readonly credentials?: Credentials | undefined;
    readonly signingKey?: KeyObject | undefined;
  }) {
    this.terminalId = options.terminalId;
    this.signingKey = options.signingKey ?? generateKeyPairSync('ed25519').privateKey;
    this.#url = options.url;
    this.#agent = new Agent({ keepAlive: true, ca: options.ca, ...options.credentials });
  }

  async send(method: 'GET' | 'POST', path: string, body?: unknown, more: Record<string, string> = {}): Promise<Answer> {
    const raw =
      typeof body === 'string' || Buffer.isBuffer(body) ? body : body === undefined ? '' : JSON.stringify(body);
    const headers = { ...(raw.length > 0 ? { 'content-type': 'application/json' } : {}), ...more };
    const request = httpsRequest(new URL(path, this.#url), { method, agent: this.#agent, headers });
    request.end(raw);
    const [response] = (await once(request, 'response')) as [import('node:http').IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const json = String(response.headers['content-type']).startsWith('application/json');
    return { status: response.statusCode!, headers: response.headers, body: json ? JSON.parse(text) : text };
  }

  call<R extends keyof PlatformRoutes>(route: R, input: PlatformRequest<R>): Promise<Answer> {
    const { method, path } = platformRoutes[route];
    return method === 'GET' ? this.send(method, path) : this.send(method, path, input);
  }

  /** Calls and expects 200. */
  async ask<R extends keyof PlatformRoutes>(route: R, input: PlatformRequest<R>): Promise<PlatformAnswer<R>> {
    const { status, body } = await this.call(route, input);
    if (status !== 200) throw new Error(`${route} answered ${status} ${JSON.stringify(body)}`);
    return body as PlatformAnswer<R>;
  }

  deliver(batch: Batch): Promise<Answer> {
    return this.send('POST', `/v1/streams/${batch.stream}/batches`, batch);
  }

  hangUp(): void {
    this.#agent.destroy();
  }
}

export const claimOf = (person: SyntheticPerson): PersonClaim => ({
  name: person.name,
  idNumber: person.idNumber,
  validTo: person.validUntil === '长期' ? null : person.validUntil,
});

/** A terminal's journal of one stream: grows, and gives any stretch of itself as a signed batch. */
export class TestJournal {
  readonly terminalId: string;
  readonly stream: StreamName;
  readonly #signingKey: KeyObject;
  readonly #suite: Suite;
  #links = [GENESIS];
  #entries: { salt: Buffer; body: Buffer; wrapped: Buffer | undefined }[] = [];

  constructor(terminal: Pick<TestTerminal, 'terminalId' | 'signingKey'>, stream: StreamName, suite: Suite = intl) {
    this.#suite = suite;
    this.terminalId = terminal.terminalId;
    this.stream = stream;
    this.#signingKey = terminal.signingKey;
  }

  get length(): number {
    return this.#entries.length;
  }

  linkAt(seq: number): string {
    return this.#links[seq]!;
  }

  write(data: EntryData, wrapped?: Buffer): number {
    const body: EntryBody = { v: 1, at: Date.UTC(2026, 10, 21, 6, 0), data };
    return this.writeRaw(Buffer.from(JSON.stringify(body)), wrapped);
  }

  writeRaw(body: Buffer, wrapped?: Buffer): number {
    const seq = this.#entries.length + 1;
    const salt = randomBytes(16);
    this.#entries.push({ salt, body, wrapped });
    this.#links.push(
      nextLink(
        this.#suite,
        this.#links.at(-1)!,
        this.terminalId,
        this.stream,
        seq,
        entryDigest(this.#suite, salt, body),
      ),
    );
    return seq;
  }

  /** Entries `from` to `to`, both inside. */
  batch(from = 1, to = this.length): Batch {
    const head = this.#links[to]!;
    const statement = Buffer.from(headStatement(this.terminalId, this.stream, to, head));
    return {
      stream: this.stream,
      suite: this.#suite.name,
      previousHead: this.#links[from - 1]!,
      entries: this.#entries.slice(from - 1, to).map(({ salt, body, wrapped }, i) => ({
        seq: from + i,
        saltBase64: salt.toString('base64'),
        bodyBase64: body.toString('base64'),
        ...(wrapped ? { keyForCentreBase64: wrapped.toString('base64') } : {}),
      })),
      head,
      signatureBase64: signStatement(this.#signingKey, statement).toString('base64'),
    };
  }

  /** The same journal as it was: an old disk image, or a clone of the disk. */
  copy(upTo = this.length): TestJournal {
    const copy = new TestJournal(
      { terminalId: this.terminalId, signingKey: this.#signingKey },
      this.stream,
      this.#suite,
    );
    copy.#links = this.#links.slice(0, upTo + 1);
    copy.#entries = this.#entries.slice(0, upTo);
    return copy;
  }
}

/** A complaint as the sync-agent journals it; its personal part sealed for the centre. */
export function complaint(
  requestNumber: string,
  operationId: string,
  person?: { readonly clear: RequestPerson; readonly centreKey: KeyObject },
  suite: Suite = intl,
): { data: EntryData; wrapped: Buffer | undefined } {
  const dataKey = newDataKey(suite);
  return {
    data: {
      type: 'request.submitted',
      sessionId: 'session-1',
      operationId,
      requestNumber,
      level: person ? 'L1' : 'L0',
      offline: true,
      form: { item: 'S01', topicId: 'machine' },
      ...(person ? { person: sealJson(suite, dataKey, person.clear) } : {}),
    },
    wrapped: person && keyWrapper(suite, person.centreKey).wrap(dataKey),
  };
}
