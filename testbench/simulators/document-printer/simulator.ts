import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { OPERATION, decodeIpp, encodeIpp } from '@kiosk/device-drivers/codec/ipp.ts';
import type { StartSimulator } from '../process.ts';
import { type Count, IppServer } from './ipp-server.ts';
import { JOB, type Job, PagePrinter, type PaperFault } from './printer.ts';

export interface DocumentPrinterOptions {
  /** Printed documents are kept under here, in `documents/`. */
  readonly dir: string;
  /** TCP port on loopback; 0 or left out: any free one. */
  readonly port?: number;
  /** Default 2,000, as printers of halls need. */
  readonly millisecondsPerPage?: number;
  /** Sheets in the tray at the start. Default 250. */
  readonly sheets?: number;
  /** false: an old printer that knows Print-Job, but not Create-Job and Send-Document. */
  readonly createJob?: boolean;
  /** false: it takes raster only, as many small driverless printers. */
  readonly pdf?: boolean;
  /** Default true. */
  readonly duplex?: boolean;
  /** Default both. */
  readonly counts?: readonly Count[];
}

/**
 * Faults of the line, until cleared: silent (takes a request and never answers), garbage (answers what is not IPP),
 * httpError (500), refuse (server-error-not-accepting-jobs), dropConnection (cuts every connection),
 * dropDocument (cuts the line once, half-way through the next document), dropAnswer (takes the next document and cuts
 * the line before the answer).
 */
type LineFault = 'silent' | 'garbage' | 'httpError' | 'refuse' | 'dropConnection' | 'dropDocument' | 'dropAnswer';
export type DocumentPrinterFault = PaperFault | { readonly kind: LineFault };

const LINE_FAULTS: readonly string[] = [
  'silent',
  'garbage',
  'httpError',
  'refuse',
  'dropConnection',
  'dropDocument',
  'dropAnswer',
] satisfies LineFault[];

/** What the bench shows of a job. */
export interface PrintedJob {
  readonly id: number;
  readonly name: string;
  readonly sides: string;
  readonly state: keyof typeof JOB;
  readonly pages: number;
  readonly printed: number;
  readonly pdfPath: string;
}

/**
 * An A4 page printer that speaks IPP. ready: `{ port: 'ipp://127.0.0.1:…/ipp/print' }`. Methods: jobs, sheets,
 * loadPaper, fault, clearFaults, unplug, plug, forgetJobs. Events: `page` { id, page }, `job` (a PrintedJob).
 */
export const startDocumentPrinter: StartSimulator<DocumentPrinterOptions> = async (options, emit) => {
  const documents = join(options.dir, 'documents');
  mkdirSync(documents, { recursive: true });
  const printer = new PagePrinter({
    millisecondsPerPage: options.millisecondsPerPage ?? 2_000,
    sheets: options.sheets ?? 250,
  });
  const faults = new Set<string>();
  let port = 0;
  const uri = () => `ipp://127.0.0.1:${port}/ipp/print`;
  const ipp = new IppServer(printer, {
    uri,
    dir: documents,
    accepting: () => !faults.has('refuse'),
    createJob: options.createJob ?? true,
    pdf: options.pdf ?? true,
    duplex: options.duplex ?? true,
    counts: options.counts ?? ['job-impressions-completed', 'job-media-sheets-completed'],
  });
  printer.on('page', (job, page) => emit('page', { id: job.id, page }));
  printer.on('job', (job) => emit('job', describe(job)));

  const server = createServer((request, response) => void serve(request, response));
  server.keepAliveTimeout = 1_000;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (faults.has('dropConnection')) return void request.socket.resetAndDestroy();
    const body = await readBody(request, (soFar) => {
      // The operation stands in bytes 2 and 3; a document is what makes a request long.
      const carriesDocument = [OPERATION.printJob, OPERATION.sendDocument].some((code) => code === soFar[3]);
      const half = Number(request.headers['content-length']) / 2;
      return carriesDocument && soFar.length >= half && faults.delete('dropDocument');
    });
    if (!body || faults.has('silent')) return;
    if (faults.has('httpError')) return void response.writeHead(500).end('out of order');
    if (faults.has('garbage')) return void response.writeHead(200).end('<html>router login</html>');
    const message = decodeIpp(body);
    if (!message.ok) return void response.writeHead(400).end(message.error);
    const answer = encodeIpp(await ipp.answer(message.value));
    if (message.value.data.length > 0 && faults.delete('dropAnswer')) return void request.socket.resetAndDestroy();
    response.writeHead(200, { 'content-type': 'application/ipp', 'content-length': answer.length }).end(answer);
  }

  async function listen(wanted: number): Promise<void> {
    server.listen(wanted, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  }
  async function unplug(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }
  await listen(options.port ?? 0);

  return {
    ready: { port: uri() },
    methods: {
      jobs: () => printer.jobs.map(describe),
      sheets: () => printer.sheets,
      loadPaper: (sheets: number) => printer.loadPaper(sheets),
      fault(fault: DocumentPrinterFault) {
        if (LINE_FAULTS.includes(fault.kind)) faults.add(fault.kind);
        else printer.setFault(fault as PaperFault);
      },
      clearFaults() {
        faults.clear();
        printer.clearFaults();
      },
      /** The network cable; the engine prints on what it has. */
      unplug,
      plug: async () => (server.listening ? undefined : listen(port)),
      /** As after a power cut. */
      forgetJobs: () => printer.forgetJobs(),
    },
    async stop() {
      printer.stop();
      await unplug();
    },
  };
};

function describe(job: Job): PrintedJob {
  const { id, name, sides, pages, printed, pdfPath } = job;
  const state = (Object.keys(JOB) as (keyof typeof JOB)[]).find((key) => JOB[key] === job.state)!;
  return { id, name, sides, state, pages, printed, pdfPath };
}

/** The whole body; undefined when the connection ended before, or when `cutAt` wanted the line cut there. */
async function readBody(request: IncomingMessage, cutAt: (soFar: Buffer) => boolean): Promise<Buffer | undefined> {
  let body = Buffer.alloc(0);
  try {
    for await (const chunk of request) {
      body = Buffer.concat([body, chunk as Buffer]);
      if (!cutAt(body)) continue;
      // The rest may lie here already, and the stream would end as if nothing had been cut.
      request.socket.resetAndDestroy();
      return undefined;
    }
    return body;
  } catch {
    return undefined;
  }
}
