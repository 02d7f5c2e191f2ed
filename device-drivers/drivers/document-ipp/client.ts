import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import {
  type DocumentJobStatus,
  type DocumentPrinterCapabilities,
  type DocumentPrinterStatus,
  capabilitiesOf,
  integers,
  jobsOf,
  printerStatusOf,
} from '../../codec/ipp-status.ts';
import type { Trace } from '../../trace.ts';
import {
  GROUP,
  type IppAttributes,
  type IppMessage,
  OPERATION,
  STATUS,
  decodeIpp,
  encodeIpp,
  ipp,
} from '../../codec/ipp.ts';

/**
 * unreachable: nothing was sent. lost: sent, and no usable answer came (line, time, garbage). refused: the printer
 * answered no; `status` is its IPP status code.
 */
export type IppFailure =
  | { readonly reason: 'unreachable' | 'lost'; readonly detail: string }
  | { readonly reason: 'refused'; readonly status: number; readonly detail: string };

type Answer<T> = Promise<Result<T, IppFailure>>;

export interface NewJob {
  readonly name: string;
  readonly media?: string | undefined;
  readonly sides?: string | undefined;
}

/** Larger than any answer of a printer; more is garbage. */
const LARGEST_ANSWER = 4 * 1024 * 1024;

/** Version, operation or status, request id. */
const HEADER_BYTES = 8;

const PRINTER_STATUS = [
  'printer-state',
  'printer-state-reasons',
  'printer-is-accepting-jobs',
  'printer-make-and-model',
  'marker-names',
  'marker-types',
  'marker-levels',
  'marker-low-levels',
];
const JOB_STATUS = [
  'job-id',
  'job-name',
  'job-state',
  'job-state-reasons',
  'job-impressions-completed',
  'job-media-sheets-completed',
  'time-at-processing',
];
/** Who asks. CUPS tells the name of a job only to the user who sent it. */
const USER: IppAttributes = { 'requesting-user-name': ipp.name('kiosk') };

/** Asks one printer, one request a connection. */
export class IppClient {
  /** ipp:// or ipps://, as the printer knows itself. */
  readonly uri: string;
  readonly #url: URL;
  readonly #clock: Clock;
  readonly #trace: Trace | undefined;
  #requestId = 0;

  constructor(uri: string, clock: Clock, trace?: Trace) {
    this.uri = uri;
    this.#trace = trace;
    this.#clock = clock;
    this.#url = new URL(uri.replace(/^ipp/, 'http'));
    // 631 is the port of both ipp: and ipps:, whatever http: would say.
    if (!this.#url.port) this.#url.port = '631';
  }

  async printer(limitMs: number): Answer<DocumentPrinterStatus> {
    const answer = await this.#ask(OPERATION.getPrinterAttributes, this.#requested(PRINTER_STATUS), limitMs);
    if (!answer.ok) return answer;
    const status = printerStatusOf(answer.value);
    return status ? ok(status) : err({ reason: 'lost', detail: 'answer without printer-state' });
  }

  /** The same way of asking, of another printer. */
  to(uri: string): IppClient {
    return new IppClient(uri, this.#clock, this.#trace);
  }

  async capabilities(limitMs: number): Answer<DocumentPrinterCapabilities> {
    const names = [
      'document-format-supported',
      'media-supported',
      'sides-supported',
      'operations-supported',
      'cups-version',
      'printer-error-policy',
      'device-uri',
    ];
    const answer = await this.#ask(OPERATION.getPrinterAttributes, this.#requested(names), limitMs);
    return answer.ok ? ok(capabilitiesOf(answer.value)) : answer;
  }

  /** A job without a document yet: nothing moves before sendDocument. */
  createJob(job: NewJob, limitMs: number): Answer<number> {
    return this.#newJob(OPERATION.createJob, job, limitMs, new Uint8Array());
  }

  printJob(job: NewJob, pdf: Uint8Array, limitMs: number): Answer<number> {
    return this.#newJob(OPERATION.printJob, job, limitMs, pdf);
  }

  async #newJob(operation: number, job: NewJob, limitMs: number, pdf: Uint8Array): Answer<number> {
    const template: IppAttributes = {
      copies: ipp.integer(1),
      ...(job.media ? { media: ipp.keyword(job.media) } : {}),
      ...(job.sides ? { sides: ipp.keyword(job.sides) } : {}),
    };
    const attributes: IppAttributes = {
      ...USER,
      'job-name': ipp.name(job.name),
      ...(pdf.length > 0 ? { 'document-format': ipp.mimeMediaType('application/pdf') } : {}),
    };
    const answer = await this.#ask(operation, attributes, limitMs, { template, data: pdf });
    if (!answer.ok) return answer;
    const id = answer.value.groups.flatMap((group) => integers(group.attributes, 'job-id'))[0];
    return id === undefined ? err({ reason: 'lost', detail: 'answer without job-id' }) : ok(id);
  }

  async sendDocument(jobId: number, pdf: Uint8Array, limitMs: number): Answer<void> {
    const attributes: IppAttributes = {
      'job-id': ipp.integer(jobId),
      ...USER,
      'document-format': ipp.mimeMediaType('application/pdf'),
      'last-document': ipp.boolean(true),
    };
    const answer = await this.#ask(OPERATION.sendDocument, attributes, limitMs, { data: pdf });
    return answer.ok ? ok() : answer;
  }

  async job(jobId: number, limitMs: number): Answer<DocumentJobStatus> {
    const attributes = { 'job-id': ipp.integer(jobId), ...USER, ...this.#requested(JOB_STATUS) };
    const answer = await this.#ask(OPERATION.getJobAttributes, attributes, limitMs);
    if (!answer.ok) return answer;
    const [job] = jobsOf(answer.value);
    return job ? ok(job) : err({ reason: 'lost', detail: 'answer without a job' });
  }

  async jobs(which: 'completed' | 'not-completed', limitMs: number): Answer<DocumentJobStatus[]> {
    const attributes = { ...USER, 'which-jobs': ipp.keyword(which), ...this.#requested(JOB_STATUS) };
    const answer = await this.#ask(OPERATION.getJobs, attributes, limitMs);
    return answer.ok ? ok(jobsOf(answer.value)) : answer;
  }

  async cancel(jobId: number, limitMs: number): Answer<void> {
    const attributes = { 'job-id': ipp.integer(jobId), ...USER };
    const answer = await this.#ask(OPERATION.cancelJob, attributes, limitMs);
    return answer.ok ? ok() : answer;
  }

  #requested(names: readonly string[]): IppAttributes {
    const [first, ...rest] = names;
    return { 'requested-attributes': ipp.keyword(first!, ...rest) };
  }

  async #ask(
    operation: number,
    attributes: IppAttributes,
    limitMs: number,
    more: { readonly template?: IppAttributes; readonly data?: Uint8Array } = {},
  ): Answer<IppMessage> {
    const requestId = ++this.#requestId;
    // Charset, language and target come first and in this order; printers refuse anything else.
    const first: IppAttributes = {
      'attributes-charset': ipp.charset('utf-8'),
      'attributes-natural-language': ipp.naturalLanguage('zh-cn'),
      'printer-uri': ipp.uri(this.uri),
    };
    const groups = [
      { tag: GROUP.operation, attributes: { ...first, ...attributes } },
      ...(more.template ? [{ tag: GROUP.job, attributes: more.template }] : []),
    ];
    const data = more.data ?? new Uint8Array();
    const request = encodeIpp({ version: [2, 0], code: operation, requestId, groups, data });
    this.#trace?.('out', request, [[request.length - data.length, request.length]]);
    const answer = await this.#post(request, limitMs);
    if (!answer.ok) return answer;
    // A queue that others use too tells the names of their jobs.
    const named = operation === OPERATION.getJobs || operation === OPERATION.getJobAttributes;
    this.#trace?.('in', answer.value, named ? [[HEADER_BYTES, answer.value.length]] : []);
    const message = decodeIpp(answer.value);
    if (!message.ok) return err({ reason: 'lost', detail: `answer is not IPP: ${message.error}` });
    if (message.value.requestId !== requestId) return err({ reason: 'lost', detail: 'answer to another request' });
    const status = message.value.code;
    if (status > 0x00ff) return err({ reason: 'refused', status, detail: `IPP status 0x${status.toString(16)}` });
    return ok(message.value);
  }

  #post(body: Uint8Array, limitMs: number): Answer<Uint8Array> {
    const { promise, resolve } = Promise.withResolvers<Result<Uint8Array, IppFailure>>();
    const send = this.#url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(this.#url, {
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/ipp', 'content-length': body.length },
    });
    let connected = false;
    const failed = (detail: string) => {
      resolve(err({ reason: connected ? 'lost' : 'unreachable', detail }));
      request.destroy();
    };
    const stopTimer = this.#clock.after(limitMs, () => failed(`no answer within ${limitMs} ms`));
    request.on('socket', (socket) => socket.once('connect', () => (connected = true)));
    request.on('error', (error) => failed(error.message));
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > LARGEST_ANSWER) failed('answer is too long');
      });
      response.on('error', (error) => failed(error.message));
      response.on('end', () => {
        if (response.statusCode === 200) resolve(ok(Buffer.concat(chunks)));
        else failed(`HTTP ${response.statusCode}`);
      });
    });
    request.end(body);
    void promise.then(stopTimer);
    return promise;
  }
}

/** Whether a refusal says that the printer does not know the job (any more). */
export function isNotFound(failure: IppFailure): boolean {
  return failure.reason === 'refused' && failure.status === STATUS.notFound;
}
