import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type WriteStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** Five exits within five minutes: something is wrong that starting again does not mend. */
const EXITS = 5;
const WITHIN_MS = 300_000;
const FIRST_WAIT_MS = 100;
const STOP_MS = 8_000;

export interface ProgramSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Take the first JSON line of stdout as the sign of readiness; without it the program is ready once started. */
  readonly readyLine?: boolean;
}

export interface ProgramState {
  readonly name: string;
  readonly pid: number | null;
  readonly starts: number;
  /** running, waiting for its next start, given up, or stopped on purpose. */
  readonly state: 'running' | 'restarting' | 'gaveUp' | 'stopped';
}

/**
 * Keeps one program running, as the operating system's supervisor does on a kiosk: starts it again when it ends,
 * whatever the reason, and gives up visibly when it keeps ending. Each program leads a process group of its own, so
 * that Ctrl+C reaches only the runner and nothing a program started can outlive it.
 */
export class Supervised {
  readonly spec: ProgramSpec;
  readonly #log: WriteStream;
  readonly #onChange: (state: ProgramState) => void;
  #child: ChildProcess | undefined;
  #ended: number[] = [];
  #starts = 0;
  #state: ProgramState['state'] = 'stopped';
  #timer: NodeJS.Timeout | undefined;
  #ready = Promise.withResolvers<Record<string, unknown>>();
  #wasReady = false;

  constructor(spec: ProgramSpec, onChange: (state: ProgramState) => void = () => {}) {
    this.spec = spec;
    this.#log = createWriteStream(spec.logFile, { flags: 'a' });
    this.#onChange = onChange;
  }

  get state(): ProgramState {
    return { name: this.spec.name, pid: this.#child?.pid ?? null, starts: this.#starts, state: this.#state };
  }

  /** Resolves with the ready line of the current run; rejects when the program gives up before. */
  get ready(): Promise<Record<string, unknown>> {
    return this.#ready.promise;
  }

  start(): void {
    const { command, args, env, readyLine } = this.spec;
    const child = spawn(command, args, {
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    this.#child = child;
    this.#starts += 1;
    this.#set('running');
    this.#log.write(`--- ${this.spec.name} started, pid ${child.pid}\n`);
    child.stderr.pipe(this.#log, { end: false });
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.#log.write(line + '\n');
      if (readyLine && line.startsWith('{')) this.#becomeReady(parse(line));
    });
    if (!readyLine) child.once('spawn', () => this.#becomeReady({}));
    child.once('error', (error) => this.#log.write(`--- cannot start: ${error.message}\n`));
    child.once('close', (code, signal) => this.#onClose(code, signal));
  }

  /** kill -9, for trying what a crash does. The program comes back by itself. */
  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    const child = this.#child;
    this.#set('stopped');
    this.#ready.promise.catch(() => {});
    this.#ready.reject(new Error(`${this.spec.name} was stopped`));
    if (child?.pid && child.exitCode === null && child.signalCode === null) {
      const closed = once(child, 'exit');
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await closed;
      clearTimeout(hard);
    }
    if (child?.pid) endGroup(child.pid);
    await new Promise<void>((resolve) => this.#log.end(resolve));
  }

  #onClose(code: number | null, signal: string | null): void {
    if (this.#child?.pid) endGroup(this.#child.pid);
    if (this.#state === 'stopped') return;
    this.#log.write(`--- ${this.spec.name} ended, ${signal ?? `code ${code}`}\n`);
    const now = Date.now();
    this.#ended = [...this.#ended.filter((t) => now - t < WITHIN_MS), now];
    if (this.#ended.length >= EXITS) {
      this.#ready.reject(new Error(`${this.spec.name} keeps ending; see ${this.spec.logFile}`));
      this.#ready.promise.catch(() => {});
      return this.#set('gaveUp');
    }
    // Whoever waits for the first readiness goes on waiting; after that, each run has a readiness of its own.
    if (this.#wasReady) this.#renewReadiness();
    this.#set('restarting');
    this.#timer = setTimeout(() => this.start(), FIRST_WAIT_MS * 2 ** (this.#ended.length - 1));
  }

  #becomeReady(line: Record<string, unknown>): void {
    this.#wasReady = true;
    this.#ready.resolve(line);
  }

  #renewReadiness(): void {
    this.#wasReady = false;
    this.#ready = Promise.withResolvers();
    this.#ready.promise.catch(() => {});
  }

  #set(state: ProgramState['state']): void {
    this.#state = state;
    this.#onChange(this.state);
  }
}

/** Ends whatever is left of a program's process group: browser helpers, session processes. */
export function endGroup(pid: number): void {
  if (process.platform === 'win32') return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: the group is gone, which is what we want.
  }
}

function parse(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return {};
  }
}
