import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Duplex, type Readable, type Writable } from 'node:stream';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail } from '@kiosk/contract/kernel/result.ts';
import { type ServiceClient, clientOver } from '@kiosk/contract/rpc/client.ts';
import type { Action } from '@kiosk/contract/screen/action.ts';
import { type Meeting, sessionScreen } from '@kiosk/contract/screen/service.ts';
import type { View } from '@kiosk/contract/screen/view.ts';
import type { ScreenKey } from '@kiosk/contract/services/devices.ts';
import type { SoundName } from '../preload/bridge.ts';

export interface SessionCommand {
  readonly node: string;
  /** The session's entry; run as `node entry`. */
  readonly entry: string;
  /** Environment beside the token, e.g. KIOSK_CONFIG. */
  readonly env: NodeJS.ProcessEnv;
}

export interface SessionEvents {
  /** The process is gone, whatever the reason; called once. */
  onExit(session: SessionProcess): void;
  /** One line of what the process wrote to standard error. */
  onLog(line: string): void;
}

/** One session: a Node process of its own, reached through its standard input and output. */
export class SessionProcess {
  readonly pid: number | undefined;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #client: ServiceClient<typeof sessionScreen>;
  readonly #welcomed: Promise<boolean>;
  #gone = false;

  constructor(command: SessionCommand, events: SessionEvents, clock: Clock) {
    const token = randomBytes(32).toString('base64url');
    const child = spawn(command.node, [command.entry], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...command.env, KIOSK_SESSION_TOKEN: token },
      windowsHide: true,
    });
    this.#child = child;
    this.pid = child.pid;
    createInterface({ input: child.stderr }).on('line', (line) => events.onLog(line));

    const { promise, resolve } = withResolvers<boolean>();
    this.#welcomed = promise;
    const gone = (): void => {
      if (this.#gone) return;
      this.#gone = true;
      resolve(false);
      events.onExit(this);
    };
    child.on('error', (error) => {
      events.onLog(error.message);
      gone();
    });
    child.on('exit', gone);

    const stream = Duplex.from({ readable: child.stdout, writable: child.stdin });
    this.#client = clientOver(sessionScreen, stream, token, clock);
    // A session that refuses us or speaks another contract is of no use to anybody.
    stream.on('close', () => this.kill());
    this.#client.onSnapshot((snapshot) => {
      if (snapshot !== undefined) resolve(true);
    });
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** The view of the moment; null before the session is activated or after it is gone, and always of a sealed one. */
  get view(): View | null {
    return this.#client.snapshot ?? null;
  }

  /** true once the process has greeted us; false when it ended before. */
  get welcomed(): Promise<boolean> {
    return this.#welcomed;
  }

  onView(listener: (view: View) => void): void {
    this.#client.onSnapshot((view) => {
      if (view) listener(view);
    });
  }

  onEnded(listener: () => void): void {
    this.#client.on('ended', () => listener());
  }

  onSound(listener: (name: SoundName) => void): void {
    this.#client.on('sound', ({ name }) => listener(name));
  }

  onKey(listener: (key: ScreenKey) => void): void {
    this.#client.on('key', ({ key }) => listener(key));
  }

  onLetter(listener: (sealed: string) => void): void {
    this.#client.on('letter', ({ sealed }) => listener(sealed));
  }

  /** sealed: what it shows is for the screen that it will meet, and for nobody else. */
  async activate(sealed: boolean): Promise<Result<object>> {
    return (await this.#welcomed)
      ? await this.#client.call('activate', { sealed })
      : fail('E9009', 'ended before it was ready');
  }

  act(action: Action): Promise<Result<object>> {
    return this.#client.call('act', action);
  }

  meet(publicKey: string): Promise<Result<Meeting>> {
    return this.#client.call('meet', { publicKey });
  }

  letter(sealed: string): Promise<Result<object>> {
    return this.#client.call('letter', { sealed });
  }

  /** Memory is cleared by ending the process that held it: no goodbye, no clean-up. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

/** Promise.withResolvers, which Electron 25 does not have. */
function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}
