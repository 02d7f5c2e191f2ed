import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { PrintCompletion } from '@kiosk/contract/services/device-host.ts';
import {
  type DocumentJobStatus,
  type DocumentPrinterCapabilities,
  type DocumentPrinterStatus,
  hasEnded,
} from '../../codec/ipp-status.ts';
import type {
  DeviceHealth,
  DocumentJob,
  DocumentPrinterDevice,
  DriverDeps,
  JobFinding,
  PrintProgress,
  SelfTestStep,
} from '../driver.ts';
import { stepTimer } from '../self-test.ts';
import { type IppClient, type IppFailure, type NewJob } from './client.ts';
import { type Counting, outOf } from './count.ts';
import { type Sides, stepsOf } from './self-test.ts';
import { type JobOutcome, type WatchTimes, outcomeOf, pause, watchJob } from './job-watch.ts';

export interface DocumentPrinterTimes extends WatchTimes {
  /** Pause between two looks at an idle printer. */
  readonly idleMs: number;
  /** How long the printer may take to receive a document. */
  readonly sendMs: number;
}

interface PrintOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PrintProgress) => void;
  readonly onJob: (jobRef: string) => void;
}

/** A job the printer has. `documentMayLack`: the line broke while the document was sent. */
interface Begun {
  readonly id: number;
  readonly documentMayLack: boolean;
}

/** Job names carry the operation, so that a job can be found again after any crash; printers cut long names. */
const LONGEST_NAME = 120;

export class DocumentPrinter implements DocumentPrinterDevice {
  readonly #client: IppClient;
  readonly #times: DocumentPrinterTimes;
  readonly #sides: Sides;
  readonly #deps: DriverDeps;
  readonly #stopping = new AbortController();
  #health: DeviceHealth = { state: 'starting', warnings: [] };
  #capabilities: DocumentPrinterCapabilities | undefined;
  #running: Promise<void> | undefined;
  #printing: Promise<unknown> | undefined;
  #missed = 0;

  constructor(client: IppClient, times: DocumentPrinterTimes, sides: Sides, deps: DriverDeps) {
    this.#client = client;
    this.#times = times;
    this.#sides = sides;
    this.#deps = deps;
  }

  start(): void {
    this.#running ??= this.#lookAfter();
  }

  status(): DeviceHealth {
    return this.#health;
  }

  async stop(): Promise<void> {
    this.#stopping.abort('E9001');
    await this.#printing;
    await this.#running;
  }

  async print(job: DocumentJob, options: PrintOptions): Promise<Result<PrintCompletion>> {
    const printing = this.#print(job, options);
    this.#printing = printing;
    const result = await printing.finally(() => (this.#printing = undefined));
    if (!result.ok) return result;
    const { outcome, code, printed, sheets } = result.value;
    if (sheets > 0) this.#deps.onEvent({ type: 'counted', counter: 'sheets', by: sheets });
    if (outcome !== 'done') this.#deps.log('warn', 'document not printed', { outcome, code, printed });
    await this.#look();
    return result;
  }

  async #print(job: DocumentJob, options: PrintOptions): Promise<Result<JobOutcome>> {
    const status = await this.#askStatus();
    if (!status.ok) return fail('E4101', status.error.detail);
    this.#show(status.value);
    if (status.value.code) return fail(status.value.code, status.value.reasons.join(' '));
    const capabilities = await this.#learn();
    if (!capabilities) return fail('E4101', 'printer does not tell its capabilities');
    const { pdf, a4 } = capabilities;
    if (!pdf || !a4) this.#deps.log('warn', 'printer does not claim PDF on A4', { uri: this.#client.uri, pdf, a4 });
    if (refusesPdf(capabilities)) return fail('E4112', capabilities.formats.join(' '));
    if (options.signal.aborted) return fail(String(options.signal.reason));
    const newJob: NewJob = {
      name: `${job.operationId} ${job.jobName}`.slice(0, LONGEST_NAME),
      media: a4,
      sides: this.#sidesFor(capabilities),
    };
    const begun = capabilities.createJob ? await this.#begin(newJob, job) : await this.#beginAtOnce(newJob, job);
    if (!begun.ok) return begun;
    if (!begun.value) return ok({ outcome: 'unknown', code: 'E4107', printed: 0, sheets: 0 });
    options.onJob(String(begun.value.id));
    const outcome = await watchJob(this.#client, begun.value.id, this.#times, this.#deps.clock, {
      counting: this.#counting(capabilities, job.pages),
      documentMayLack: begun.value.documentMayLack,
      signal: AbortSignal.any([options.signal, this.#stopping.signal]),
      onProgress: options.onProgress,
      onPrinter: (printer) => this.#show(printer),
    });
    return ok(outcome);
  }

  #counting(capabilities: DocumentPrinterCapabilities, pages: number): Counting {
    const perSheet = this.#sidesFor(capabilities)?.startsWith('two-sided') ? 2 : 1;
    return { pages, perSheet, spooler: capabilities.spooler };
  }

  /** As the machine wants it, or else on one side; nothing is said to a printer that names neither. */
  #sidesFor({ sides }: DocumentPrinterCapabilities): Sides | undefined {
    return [this.#sides, 'one-sided' as const].find((wanted) => sides.includes(wanted));
  }

  /**
   * The job first, then its document: the printer names the job before the first page can move, and a job whose
   * document never came prints nothing.
   */
  async #begin(newJob: NewJob, job: DocumentJob): Promise<Result<Begun>> {
    const created = await this.#client.createJob(newJob, this.#times.answerMs);
    if (!created.ok) return refusal(created.error);
    const sent = await this.#client.sendDocument(created.value, job.pdf, this.#times.sendMs);
    if (sent.ok) return ok({ id: created.value, documentMayLack: false });
    if (sent.error.reason === 'lost') return ok({ id: created.value, documentMayLack: true });
    // Nothing of the document arrived. The empty job goes, so that it does not block the queue.
    await this.#client.cancel(created.value, this.#times.answerMs);
    return refusal(sent.error);
  }

  /** Printers without Create-Job. When the answer is lost, the job is looked for by its name before anything is said. */
  async #beginAtOnce(newJob: NewJob, job: DocumentJob): Promise<Result<Begun | undefined>> {
    const printed = await this.#client.printJob(newJob, job.pdf, this.#times.sendMs);
    if (printed.ok) return ok({ id: printed.value, documentMayLack: false });
    if (printed.error.reason !== 'lost') return refusal(printed.error);
    const found = await this.#findByName(job.operationId);
    return ok(found.ok && found.value ? { id: found.value.id, documentMayLack: true } : undefined);
  }

  async findJob(
    job: { readonly operationId: string; readonly jobRef?: string | undefined },
    { signal }: { readonly signal: AbortSignal },
  ): Promise<Result<JobFinding>> {
    if (signal.aborted) return fail(String(signal.reason));
    const capabilities = await this.#learn();
    if (!capabilities) return fail('E4101', 'printer does not tell its capabilities');
    const id = Number(job.jobRef);
    if (job.jobRef !== undefined && Number.isSafeInteger(id)) {
      const known = await this.#client.job(id, this.#times.answerMs);
      // Printers count jobs from 1 again after a reset: the number alone may be somebody else's job.
      if (known.ok && known.value.name.startsWith(job.operationId)) {
        return ok(this.#finding(known.value, capabilities));
      }
      if (!known.ok && known.error.reason !== 'refused') return fail('E4101', known.error.detail);
    }
    const found = await this.#findByName(job.operationId);
    if (!found.ok) return fail('E4101', found.error.detail);
    return ok(found.value ? this.#finding(found.value, capabilities) : { state: 'notFound' });
  }

  /** Of a job of a former run, whose document nobody has here any more. */
  #finding(job: DocumentJobStatus, capabilities: DocumentPrinterCapabilities): JobFinding {
    const counting = this.#counting(capabilities, Infinity);
    if (!hasEnded(job.state)) return { state: 'underway', printed: outOf(job, counting).printed };
    return { state: 'ended', completion: outcomeOf(job, counting) };
  }

  async #findByName(operationId: string): Promise<Result<DocumentJobStatus | undefined, IppFailure>> {
    for (const which of ['not-completed', 'completed'] as const) {
      const jobs = await this.#client.jobs(which, this.#times.answerMs);
      if (!jobs.ok) return jobs;
      const job = jobs.value.find(({ name }) => name.startsWith(operationId));
      if (job) return ok(job);
    }
    return ok(undefined);
  }

  async selfTest(): Promise<readonly SelfTestStep[]> {
    const step = stepTimer(this.#deps.clock);
    const status = await this.#askStatus();
    if (!status.ok) return [step({ name: 'answer', passed: false, detail: status.error.detail, code: 'E4101' })];
    const answer = step({ name: 'answer', passed: true, detail: status.value.makeAndModel ?? this.#client.uri });
    this.#show(status.value);
    return [answer, ...stepsOf(step, status.value, await this.#learn(), this.#sides)];
  }

  async #lookAfter(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      // A running job asks often enough by itself.
      if (!this.#printing) await this.#look();
      await pause(this.#deps.clock, this.#times.idleMs, this.#stopping.signal);
    }
  }

  async #look(): Promise<void> {
    const status = await this.#askStatus();
    if (status.ok) return this.#show(status.value);
    this.#missed++;
    // One lost answer is not a lost printer, but a refused connection says it plainly.
    if (this.#missed >= 2 || status.error.reason === 'unreachable' || this.#health.state === 'starting') {
      this.#capabilities = undefined;
      this.#setHealth({ state: 'offline', code: 'E4101', warnings: [] });
    }
  }

  /**
   * A queue learns from its printer only while a job runs: idle, it tells for ever what held up the last one. So the
   * printer behind is asked itself; where it does not speak IPP, an idle queue's faults are not believed.
   */
  async #askStatus(): Promise<Result<DocumentPrinterStatus, IppFailure>> {
    const status = await this.#client.printer(this.#times.answerMs);
    if (!status.ok || status.value.state === 'stopped' || !status.value.acceptingJobs) return status;
    const capabilities = await this.#learn();
    if (!capabilities?.spooler) return status;
    const { deviceUri } = capabilities;
    if (!deviceUri || !/^ipps?:/.test(deviceUri)) {
      return status.value.state === 'idle' ? ok({ ...status.value, code: undefined }) : status;
    }
    const behind = await this.#client.to(deviceUri).printer(this.#times.answerMs);
    return behind.ok ? behind : status;
  }

  async #learn(): Promise<DocumentPrinterCapabilities | undefined> {
    if (this.#capabilities) return this.#capabilities;
    const capabilities = await this.#client.capabilities(this.#times.answerMs);
    if (!capabilities.ok) return undefined;
    // A queue that was just made, or is just starting, does not know its printer yet.
    if (capabilities.value.pdf && capabilities.value.a4) this.#capabilities = capabilities.value;
    return capabilities.value;
  }

  #show(status: DocumentPrinterStatus): void {
    if (this.#missed > 0 && this.#health.state === 'offline') {
      this.#deps.onEvent({ type: 'counted', counter: 'resets', by: 1 });
    }
    this.#missed = 0;
    const { code, warnings, makeAndModel: identity, supplies } = status;
    const state = code ? 'fault' : 'ready';
    this.#setHealth({ state, code, warnings: [...warnings], identity, supplies: [...supplies] });
  }

  #setHealth(health: DeviceHealth): void {
    if (JSON.stringify(health) === JSON.stringify(this.#health)) return;
    this.#health = health;
    this.#deps.onStatus(health);
  }
}

/** Nothing will come out: the printer was not reached or said no. */
function refusal(failure: IppFailure): Result<never> {
  return fail(failure.reason === 'refused' ? 'E4106' : 'E4101', failure.detail);
}

/** It names what it takes, and PDF is not among it: nothing on this machine makes raster of it. */
function refusesPdf({ pdf, formats }: DocumentPrinterCapabilities): boolean {
  return !pdf && formats.length > 0;
}
