import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { integers, strings } from '@kiosk/device-drivers/codec/ipp-status.ts';
import {
  GROUP,
  type IppAttributes,
  type IppGroup,
  type IppMessage,
  OPERATION,
  STATUS,
  ipp,
} from '@kiosk/device-drivers/codec/ipp.ts';
import { countPages } from './pages.ts';
import { JOB, type Job, type PagePrinter } from './printer.ts';

const A4 = 'iso_a4_210x297mm';

export interface IppServerOptions {
  readonly uri: () => string;
  /** Documents are kept here. */
  readonly dir: string;
  readonly accepting: () => boolean;
  /** false: an old printer that knows Print-Job only. */
  readonly createJob: boolean;
  /** false: it takes raster only. */
  readonly pdf: boolean;
  readonly duplex: boolean;
  readonly counts: readonly Count[];
}

/** What a printer may tell of a job under way; many tell one of them, or none. */
export type Count = 'job-impressions-completed' | 'job-media-sheets-completed';

/** Answers IPP requests for one printer, as strict as RFC 8011 wants printers to be. */
export class IppServer {
  readonly #printer: PagePrinter;
  readonly #options: IppServerOptions;
  readonly #startedAt = performance.now();

  constructor(printer: PagePrinter, options: IppServerOptions) {
    this.#printer = printer;
    this.#options = options;
  }

  async answer(request: IppMessage): Promise<IppMessage> {
    const operation = request.groups[0];
    const names = Object.keys(operation?.attributes ?? {});
    const inOrder = names[0] === 'attributes-charset' && names[1] === 'attributes-natural-language';
    if (operation?.tag !== GROUP.operation || !inOrder) return this.#reply(request, STATUS.badRequest);
    if (!strings(operation.attributes, 'printer-uri')[0]) return this.#reply(request, STATUS.badRequest);
    return this.#perform(request, operation.attributes);
  }

  async #perform(request: IppMessage, operation: IppAttributes): Promise<IppMessage> {
    const job = this.#printer.jobs.find(({ id }) => id === integers(operation, 'job-id')[0]);
    switch (request.code) {
      case OPERATION.getPrinterAttributes:
        return this.#reply(request, STATUS.ok, [
          { tag: GROUP.printer, attributes: requested(operation, this.#describePrinter()) },
        ]);
      case OPERATION.validateJob:
        return this.#reply(request, this.#refusal(operation) ?? STATUS.ok);
      case OPERATION.printJob: {
        const refusal = this.#refusal(operation);
        if (refusal !== undefined) return this.#reply(request, refusal);
        return this.#take(request, this.#printer.newJob(nameOf(operation), sidesOf(request)));
      }
      case OPERATION.createJob: {
        if (!this.#options.createJob) return this.#reply(request, STATUS.operationNotSupported);
        const refusal = this.#refusal(operation);
        if (refusal !== undefined) return this.#reply(request, refusal);
        return this.#replyJob(request, this.#printer.newJob(nameOf(operation), sidesOf(request)));
      }
      case OPERATION.sendDocument: {
        if (!job) return this.#reply(request, STATUS.notFound);
        const refusal = this.#refusal(operation);
        if (refusal !== undefined) return this.#reply(request, refusal);
        if (job.state !== JOB.held) return this.#reply(request, STATUS.notPossible);
        return this.#take(request, job);
      }
      case OPERATION.getJobAttributes:
        return job ? this.#replyJob(request, job, operation) : this.#reply(request, STATUS.notFound);
      case OPERATION.getJobs: {
        const ended = strings(operation, 'which-jobs')[0] === 'completed';
        const jobs = this.#printer.jobs.filter(({ state }) => state >= JOB.canceled === ended);
        const groups = jobs.map((one) => ({
          tag: GROUP.job,
          attributes: requested(operation, this.#describeJob(one)),
        }));
        return this.#reply(request, STATUS.ok, groups);
      }
      case OPERATION.cancelJob:
        if (!job) return this.#reply(request, STATUS.notFound);
        return this.#reply(request, this.#printer.cancel(job) ? STATUS.ok : STATUS.notPossible);
      default:
        return this.#reply(request, STATUS.operationNotSupported);
    }
  }

  get #formats(): readonly [string, ...string[]] {
    return this.#options.pdf ? ['application/pdf', 'application/octet-stream'] : ['image/pwg-raster', 'image/urf'];
  }

  #refusal(operation: IppAttributes): number | undefined {
    if (!this.#options.accepting()) return STATUS.notAcceptingJobs;
    const format = strings(operation, 'document-format')[0];
    return format === undefined || this.#formats.includes(format) ? undefined : STATUS.documentFormatNotSupported;
  }

  async #take(request: IppMessage, job: Job): Promise<IppMessage> {
    const path = join(this.#options.dir, `job-${job.id}.pdf`);
    writeFileSync(path, request.data);
    this.#printer.print(job, path, await countPages(path));
    return this.#replyJob(request, job);
  }

  #replyJob(request: IppMessage, job: Job, operation: IppAttributes = {}): IppMessage {
    const attributes = requested(operation, this.#describeJob(job));
    return this.#reply(request, STATUS.ok, [{ tag: GROUP.job, attributes }]);
  }

  #reply(request: IppMessage, code: number, groups: readonly IppGroup[] = []): IppMessage {
    const head = {
      tag: GROUP.operation,
      attributes: {
        'attributes-charset': ipp.charset('utf-8'),
        'attributes-natural-language': ipp.naturalLanguage('en'),
      },
    };
    const { version, requestId } = request;
    return { version, code, requestId, groups: [head, ...groups], data: new Uint8Array() };
  }

  #describePrinter(): IppAttributes {
    const [reason, ...reasons] = this.#printer.reasons;
    const operations = Object.values(OPERATION).filter(
      (operation) =>
        this.#options.createJob || (operation !== OPERATION.createJob && operation !== OPERATION.sendDocument),
    );
    return {
      'printer-uri-supported': ipp.uri(this.#options.uri()),
      'printer-name': ipp.name('bench-a4'),
      'printer-make-and-model': ipp.text('Test bench page printer'),
      'printer-state': ipp.enum(this.#printer.state),
      'printer-state-reasons': ipp.keyword(reason!, ...reasons),
      'marker-names': ipp.name('Black', 'Waste'),
      'marker-types': ipp.keyword('toner', 'waste-toner'),
      'marker-levels': ipp.integer(this.#printer.tonerPercent, -3),
      'marker-low-levels': ipp.integer(10, -1),
      'printer-is-accepting-jobs': ipp.boolean(this.#options.accepting()),
      'printer-up-time': ipp.integer(1 + Math.floor((performance.now() - this.#startedAt) / 1000)),
      'queued-job-count': ipp.integer(this.#printer.jobs.filter(({ state }) => state < JOB.canceled).length),
      'ipp-versions-supported': ipp.keyword('1.1', '2.0'),
      'operations-supported': ipp.enum(operations[0]!, ...operations.slice(1)),
      'document-format-supported': ipp.mimeMediaType(...this.#formats),
      'media-supported': ipp.keyword(A4),
      'media-default': ipp.keyword(A4),
      'sides-supported': ipp.keyword('one-sided', ...(this.#options.duplex ? ['two-sided-long-edge'] : [])),
      'copies-supported': ipp.range({ lower: 1, upper: 99 }),
      'media-col-ready': ipp.collection({
        members: {
          'media-size': ipp.collection({
            members: { 'x-dimension': ipp.integer(21_000), 'y-dimension': ipp.integer(29_700) },
          }),
          'media-source': ipp.keyword('tray-1'),
        },
      }),
    };
  }

  #describeJob(job: Job): IppAttributes {
    const counted = { 'job-impressions-completed': job.printed, 'job-media-sheets-completed': job.sheetsOut };
    return {
      'job-id': ipp.integer(job.id),
      'job-uri': ipp.uri(`${this.#options.uri()}/${job.id}`),
      'job-name': ipp.name(job.name),
      'job-state': ipp.enum(job.state),
      'job-state-reasons': ipp.keyword(jobReason(job)),
      'job-impressions': ipp.integer(job.pages),
      ...Object.fromEntries(this.#options.counts.map((name) => [name, ipp.integer(counted[name])])),
    };
  }
}

const nameOf = (operation: IppAttributes) => strings(operation, 'job-name')[0] ?? 'untitled';

const sidesOf = (request: IppMessage) =>
  request.groups.flatMap(({ attributes }) => strings(attributes, 'sides'))[0] ?? '';

function jobReason({ state }: Job): string {
  switch (state) {
    case JOB.held:
      return 'job-incoming';
    case JOB.pending:
      return 'job-queued';
    case JOB.processing:
      return 'job-printing';
    case JOB.stopped:
      return 'printer-stopped';
    case JOB.canceled:
      return 'job-canceled-by-user';
    case JOB.aborted:
      return 'aborted-by-system';
    case JOB.completed:
      return 'job-completed-successfully';
  }
}

/** Only what was asked for; `all` and group names mean everything. */
function requested(operation: IppAttributes, attributes: IppAttributes): IppAttributes {
  const names = strings(operation, 'requested-attributes');
  const everything = names.length === 0 || names.some((name) => name === 'all' || name.endsWith('-description'));
  return everything
    ? attributes
    : Object.fromEntries(Object.entries(attributes).filter(([name]) => names.includes(name)));
}
