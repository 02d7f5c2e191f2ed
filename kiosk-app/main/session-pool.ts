import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Action } from '@kiosk/contract/screen/action.ts';
import { CrashTracker } from './crash-tracker.ts';
import { type SessionCommand, SessionProcess } from './session-process.ts';

/** What shows a session: the kiosk window, or the preview's browser. */
export interface SessionStage {
  /** A new session is active: resolve when people can see it. The one before is killed after that. */
  show(session: SessionProcess): Promise<void>;
  /** No session can be kept running; shown until `show` is called again. */
  outOfService(code: string): void;
}

export interface SessionPoolOptions {
  readonly command: SessionCommand;
  readonly stage: SessionStage;
  /** Sessions show themselves to the screen that meets them, in letters that nobody in between can read. */
  readonly sealed?: boolean;
  readonly clock: Clock;
  readonly log: (event: string, detail?: Readonly<Record<string, unknown>>) => void;
}

/** Someone who left must not wait on the screen for somebody else's window. */
const SHOW_MS = 3_000;
/** From the start of a process to its being active, on a slow machine. */
const START_MS = 15_000;
const RETRY_MS = 30_000;

/**
 * One session that is seen and one warm in reserve. When the first ends, by itself or not, the reserve takes its place
 * and the first is killed with everything it knew.
 */
export class SessionPool {
  readonly #options: SessionPoolOptions;
  readonly #crashes: CrashTracker;
  #current: SessionProcess | undefined;
  #reserve: SessionProcess | undefined;
  #replacing = false;
  /** The current session, or its screen, ended while it was being shown. */
  #lost = false;
  #stopped = false;
  #cancelRetry = (): void => {};
  readonly #alive = new Set<SessionProcess>();
  readonly #farewells = new Map<SessionProcess, () => void>();

  constructor(options: SessionPoolOptions) {
    this.#options = options;
    this.#crashes = new CrashTracker(options.clock);
  }

  /** The session people see, if there is one. */
  get current(): SessionProcess | undefined {
    return this.#current;
  }

  start(): void {
    void this.#bringUp();
  }

  act(action: Action): void {
    void this.#current?.act(action).then((result) => {
      if (!result.ok) this.#options.log('action refused', { action: action.type, code: result.error.code });
    });
  }

  letter(sealed: string): void {
    void this.#current?.letter(sealed).then((result) => {
      if (!result.ok) this.#options.log('action refused', { code: result.error.code });
    });
  }

  /** The screen of the session failed: the session goes with it, and the next one comes. */
  replace(reason: string): void {
    if (this.#stopped) return;
    this.#options.log('session replaced', { reason });
    // The screen that is just coming up failed: it is given up as soon as the change is over.
    if (this.#replacing) this.#lost = true;
    else if (this.#crashes.count()) this.#rest('E9009');
    else void this.#bringUp();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelRetry();
    const gone = [...this.#alive].map((session) => new Promise<void>((done) => this.#farewells.set(session, done)));
    for (const session of this.#alive) session.kill();
    await Promise.all(gone);
  }

  async #bringUp(): Promise<void> {
    if (this.#stopped || this.#replacing) return;
    this.#replacing = true;
    const next = this.#reserve ?? this.#spawn();
    this.#reserve = undefined;
    const cancel = this.#options.clock.after(START_MS, () => next.kill());
    const activated = await next.activate(this.#options.sealed ?? false);
    cancel();
    if (this.#stopped) return;
    if (!activated.ok || next.gone) {
      this.#replacing = false;
      next.kill();
      return this.#failed('session did not start', activated.ok ? 'E9009' : activated.error.code);
    }
    const before = this.#current;
    this.#current = next;
    this.#lost = false;
    next.onEnded(() => {
      if (next !== this.#current) return;
      if (this.#replacing) this.#lost = true;
      else void this.#bringUp();
    });
    await this.#shown(next);
    before?.kill();
    this.#replacing = false;
    if (this.#stopped) return;
    if (next.gone || this.#lost) return this.#failed('session ended while it was being shown', 'E9009');
    this.#reserve ??= this.#spawn();
  }

  async #shown(session: SessionProcess): Promise<void> {
    let cancel = (): void => {};
    const late = new Promise<void>((done) => (cancel = this.#options.clock.after(SHOW_MS, done)));
    await Promise.race([this.#options.stage.show(session), late]);
    cancel();
  }

  #spawn(): SessionProcess {
    const session: SessionProcess = new SessionProcess(
      this.#options.command,
      { onExit: (gone) => this.#onExit(gone), onLog: (line) => this.#options.log('session says', { line }) },
      this.#options.clock,
    );
    this.#alive.add(session);
    return session;
  }

  #onExit(session: SessionProcess): void {
    this.#alive.delete(session);
    this.#farewells.get(session)?.();
    if (this.#stopped) return;
    if (session === this.#reserve) {
      // Nobody was served by it: a new one is started when it is needed.
      this.#reserve = undefined;
      return this.#options.log('reserve ended', { pid: session.pid });
    }
    if (session !== this.#current || this.#replacing) return;
    this.#failed('session ended unexpectedly', 'E9009');
  }

  #failed(event: string, code: string): void {
    this.#options.log(event, { code });
    if (this.#crashes.count()) this.#rest(code);
    else void this.#bringUp();
  }

  /** Says that the machine is out of service and tries again, calmly. */
  #rest(code: string): void {
    this.#options.log('out of service', { code });
    this.#current?.kill();
    this.#current = undefined;
    this.#options.stage.outOfService(code);
    this.#cancelRetry();
    this.#cancelRetry = this.#options.clock.after(RETRY_MS, () => void this.#bringUp());
  }
}
