import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, rmSync } from 'node:fs';
import { type Server, type Socket, createServer } from 'node:net';
import { type LineSettings, lineSettings } from './line-settings.ts';

/**
 * A serial port that can be pulled out: a pseudo-terminal that socat makes and joins to a local socket of ours.
 * Pulling it out ends socat, and with it the port on the machine's side.
 */
export class Pty {
  readonly port: string;
  readonly #socketPath: string;
  readonly #server: Server;
  readonly #onData: (chunk: Buffer) => void;
  #socat: ChildProcess | undefined;
  #socket: Socket | undefined;
  #holder: number | undefined;

  constructor(port: string, onData: (chunk: Buffer) => void) {
    this.port = port;
    this.#socketPath = `${port}.sock`;
    this.#server = createServer();
    this.#onData = onData;
  }

  async listen(): Promise<void> {
    rmSync(this.#socketPath, { force: true });
    this.#server.listen(this.#socketPath);
    await once(this.#server, 'listening');
  }

  get isPlugged(): boolean {
    return this.#socat !== undefined;
  }

  /** What the program at the other end set the line to, so that a device can be deaf at a wrong speed. */
  get settings(): LineSettings | undefined {
    return this.#holder === undefined ? undefined : lineSettings(this.#holder);
  }

  async plug(): Promise<void> {
    if (this.#socat) return;
    rmSync(this.port, { force: true });
    const ends = [`PTY,raw,echo=0,link=${this.port}`, `UNIX-CONNECT:${this.#socketPath}`];
    const socat = spawn('socat', ends, { stdio: ['ignore', 'inherit', 'inherit'] });
    this.#socat = socat;
    // socat makes the port before it connects, so a connection means that the port is there.
    const connected = once(this.#server, 'connection') as Promise<[Socket]>;
    const failed = once(socat, 'exit').then(([code]) => Promise.reject(new Error(`socat ended with ${code}`)));
    // Without a reader of its exit, a later end of socat would be an unhandled rejection.
    failed.catch(() => {});
    const [socket] = await Promise.race([connected, failed]);
    socket.on('data', this.#onData).on('error', () => socket.destroy());
    this.#socket = socket;
    // Held open, unread: when the last program closes a pseudo-terminal, socat takes it for unplugged and ends.
    this.#holder = openSync(this.port, constants.O_RDWR | constants.O_NOCTTY);
  }

  async unplug(): Promise<void> {
    const socat = this.#socat;
    if (!socat) return;
    this.#socat = undefined;
    this.#socket?.destroy();
    this.#socket = undefined;
    if (this.#holder !== undefined) closeSync(this.#holder);
    this.#holder = undefined;
    if (socat.exitCode === null && socat.signalCode === null) {
      const ended = once(socat, 'exit');
      socat.kill('SIGKILL');
      await ended;
    }
    rmSync(this.port, { force: true });
  }

  write(bytes: Uint8Array): void {
    this.#socket?.write(bytes);
  }

  async close(): Promise<void> {
    await this.unplug();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
