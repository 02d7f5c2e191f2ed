import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Installation } from '@kiosk/central-platform/testing/installation.ts';

/** The real platform in a process of its own, to be killed and started again on the same store. */
export class PlatformProcess {
  readonly #main: string;
  readonly #installation: Installation;
  readonly #backup: string;
  #child: ChildProcess | undefined;
  #ready: Promise<URL> | undefined;

  /** `room` holds the sources of the central platform, the real ones or a weakened copy. */
  constructor(room: string, installation: Installation) {
    this.#main = join(room, 'main.ts');
    this.#installation = installation;
    this.#backup = join(installation.dir, 'backup');
  }

  /** Where it answers, once it does. */
  get ready(): Promise<URL> {
    this.#ready ??= this.#start();
    return this.#ready;
  }

  /** The power goes. The next one to ask for `ready` starts it again. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Keeps a copy of the store, as a nightly backup does. */
  async backUp(): Promise<void> {
    await this.stop();
    rmSync(this.#backup, { recursive: true, force: true });
    cpSync(this.#installation.config.dataDir, this.#backup, { recursive: true });
  }

  /** Puts the copy back: the platform stands where it stood then. */
  async restore(): Promise<void> {
    if (!existsSync(this.#backup)) return;
    await this.stop();
    rmSync(this.#installation.config.dataDir, { recursive: true });
    cpSync(this.#backup, this.#installation.config.dataDir, { recursive: true });
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    await this.#ready?.catch(() => undefined);
    const child = this.#child;
    this.#ready = undefined;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  async #start(): Promise<URL> {
    const { dir, config } = this.#installation;
    const file = join(dir, 'platform.json');
    writeFileSync(file, JSON.stringify(config));
    const child = spawn(process.execPath, [this.#main], {
      env: { ...process.env, PLATFORM_CONFIG: file },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#child = child;
    const line = once(createInterface({ input: child.stdout! }), 'line') as Promise<[string]>;
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the platform ended with ${String(code)} before it was ready`);
    });
    ended.catch(() => undefined);
    const [said] = await Promise.race([line, ended]);
    return new URL((JSON.parse(said) as { terminalUrl: string }).terminalUrl);
  }
}
