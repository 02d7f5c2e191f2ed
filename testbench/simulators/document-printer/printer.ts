import { EventEmitter } from 'node:events';

/** Faults of the paper path; they stay until cleared. jamAtPage jams while that page of any job is drawn in. */
export type PaperFault =
  | { readonly kind: 'jam' | 'coverOpen' | 'outputFull' | 'tonerLow' | 'tonerEmpty' | 'paperEmpty' | 'abortJob' }
  | { readonly kind: 'jamAtPage'; readonly page: number };

/** IPP job-state. */
export const JOB = {
  pending: 3,
  held: 4,
  processing: 5,
  stopped: 6,
  canceled: 7,
  aborted: 8,
  completed: 9,
} as const;
export type JobStateNumber = (typeof JOB)[keyof typeof JOB];

export interface Job {
  readonly id: number;
  readonly name: string;
  /** As the job asked for it; empty when it did not. */
  readonly sides: string;
  state: JobStateNumber;
  /** Of the document; 0 until it came. */
  pages: number;
  /** Pages and sheets that lie in the output tray. */
  printed: number;
  sheetsOut: number;
  /** Where the document was stored; empty until it came. */
  pdfPath: string;
}

export interface PrinterOptions {
  readonly millisecondsPerPage: number;
  /** Sheets in the tray. */
  readonly sheets: number;
}

/** From here on the tray says that it is nearly empty. */
const LOW_SHEETS = 20;

const REASONS: Readonly<Record<string, string>> = {
  jam: 'media-jam-error',
  coverOpen: 'cover-open-error',
  outputFull: 'output-area-full-error',
  tonerEmpty: 'toner-empty-error',
};

/** Tray, engine and queue of a page printer. Emits 'page' for each page that lies in the output tray, and 'job'. */
export class PagePrinter extends EventEmitter<{ page: [Job, number]; job: [Job] }> {
  readonly jobs: Job[] = [];
  readonly #options: PrinterOptions;
  readonly #faults = new Map<string, PaperFault>();
  #sheets: number;
  #nextId = 1;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: PrinterOptions) {
    super();
    this.#options = options;
    this.#sheets = options.sheets;
  }

  get sheets(): number {
    return this.#sheets;
  }

  /** printer-state-reasons, with the suffixes that printers of this kind use. */
  get reasons(): string[] {
    const reasons = Object.entries(REASONS).flatMap(([kind, reason]) => (this.#faults.has(kind) ? [reason] : []));
    if (this.#isEmpty) reasons.push(this.#current ? 'media-needed-error' : 'media-empty-error');
    else if (this.#sheets <= LOW_SHEETS) reasons.push('media-low-warning');
    if (this.#faults.has('tonerLow')) reasons.push('toner-low-report');
    return reasons.length > 0 ? reasons : ['none'];
  }

  get tonerPercent(): number {
    return this.#faults.has('tonerLow') ? 4 : 62;
  }

  get #isEmpty(): boolean {
    return this.#sheets <= 0 || this.#faults.has('paperEmpty');
  }

  get isStopped(): boolean {
    return this.#isEmpty || Object.keys(REASONS).some((kind) => this.#faults.has(kind));
  }

  /** IPP printer-state: 3 idle, 4 processing, 5 stopped. */
  get state(): 3 | 4 | 5 {
    if (this.isStopped) return 5;
    return this.#current ? 4 : 3;
  }

  loadPaper(sheets: number): void {
    this.#sheets = sheets;
    this.#faults.delete('paperEmpty');
    this.#work();
  }

  setFault(fault: PaperFault): void {
    this.#faults.set(fault.kind, fault);
    this.#work();
  }

  clearFaults(): void {
    this.#faults.clear();
    this.#work();
  }

  newJob(name: string, sides: string): Job {
    const job: Job = {
      id: this.#nextId++,
      name,
      sides,
      state: JOB.held,
      pages: 0,
      printed: 0,
      sheetsOut: 0,
      pdfPath: '',
    };
    this.jobs.push(job);
    this.emit('job', job);
    return job;
  }

  /** The document of a job came; it takes its place in the queue. */
  print(job: Job, pdfPath: string, pages: number): void {
    Object.assign(job, { pdfPath, pages });
    this.#enter(job, JOB.pending);
    this.#work();
  }

  /** False when the job has ended already. */
  cancel(job: Job): boolean {
    if (job.state >= JOB.canceled) return false;
    this.#enter(job, JOB.canceled);
    this.#work();
    return true;
  }

  /** Power off and on: running jobs are lost, and so is what the printer knew. */
  forgetJobs(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.jobs.length = 0;
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  get #current(): Job | undefined {
    return this.jobs.find(({ state }) => state === JOB.processing || state === JOB.stopped || state === JOB.pending);
  }

  #enter(job: Job, state: JobStateNumber): void {
    if (job.state === state) return;
    job.state = state;
    this.emit('job', job);
  }

  /** Draws in one sheet after another; a fault holds the job where it is. */
  #work(): void {
    const job = this.#current;
    if (this.#stopped || !job) return;
    if (this.#faults.has('abortJob')) {
      this.#faults.delete('abortJob');
      this.#enter(job, JOB.aborted);
      return this.#work();
    }
    const jam = this.#faults.get('jamAtPage');
    const next = onNextSheet(job);
    if (jam?.kind === 'jamAtPage' && jam.page > job.printed && jam.page <= job.printed + next) {
      this.#faults.delete('jamAtPage');
      this.#faults.set('jam', { kind: 'jam' });
    }
    if (this.isStopped) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      return this.#enter(job, JOB.stopped);
    }
    this.#enter(job, JOB.processing);
    this.#timer ??= setTimeout(() => this.#sheetOut(), this.#options.millisecondsPerPage * next);
  }

  #sheetOut(): void {
    this.#timer = undefined;
    const job = this.#current;
    if (job && !this.isStopped) {
      for (let left = onNextSheet(job); left > 0; left--) this.emit('page', job, ++job.printed);
      job.sheetsOut++;
      this.#sheets--;
      if (job.printed >= job.pages) this.#enter(job, JOB.completed);
    }
    this.#work();
  }
}

/** Pages that the next sheet of a job will bear. */
function onNextSheet({ sides, pages, printed }: Job): number {
  return Math.min(sides.startsWith('two-sided') ? 2 : 1, Math.max(1, pages - printed));
}
