import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const READER_LIBRARY = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';
/** Where vpcd waits for the card, 0x8C7B. */
const CARD_PORT = 35963;

/** Debian's reader without hardware listens on every address and its service on one well-known socket. */
const UNSHARE = ['--net', '--mount'];

/** Why the virtual reader cannot run on this machine; undefined where it can. */
export function whyNoVirtualReader(): string | undefined {
  if (process.platform !== 'linux') return 'needs Linux';
  const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
  for (const [program, packageName] of [
    ['pcscd', 'pcscd'],
    ['socat', 'socat'],
    ['ip', 'iproute2'],
  ] as const) {
    if (!has(program)) return `${program} is not installed (package ${packageName})`;
  }
  if (!existsSync(READER_LIBRARY)) return 'the virtual reader is not installed (package vsmartcard-vpcd)';
  const apart = spawnSync('unshare', [...UNSHARE, 'true']);
  if (apart.status !== 0)
    return 'this user may not make a network of its own (unshare), and the reader is kept off the real one';
  return undefined;
}

/**
 * pcscd with the virtual reader, in a network and a mount namespace of its own: nothing listens on the machine's
 * network, the machine's own pcscd is not touched, and several may run at once. Its two doors are sockets in `dir`.
 */
export class PcscService {
  readonly #dir: string;
  #process: ChildProcess | undefined;

  constructor(dir: string) {
    this.#dir = dir;
    mkdirSync(join(dir, 'run'), { recursive: true });
    mkdirSync(join(dir, 'conf'), { recursive: true });
    writeFileSync(
      join(dir, 'conf', 'vpcd'),
      [
        'FRIENDLYNAME "Virtual PCD"',
        `DEVICENAME /dev/null:0x${CARD_PORT.toString(16)}`,
        `LIBPATH ${READER_LIBRARY}`,
        `CHANNELID 0x${CARD_PORT.toString(16)}`,
        '',
      ].join('\n'),
    );
  }

  /** For PCSCLITE_CSOCK_NAME of the programs that shall use it. */
  get socket(): string {
    return join(this.#dir, 'run', 'pcscd.comm');
  }

  /** The card's side of the reader. */
  get cardSocket(): string {
    return join(this.#dir, 'card.sock');
  }

  get isRunning(): boolean {
    return this.#process !== undefined;
  }

  async start(): Promise<void> {
    if (this.#process) return;
    for (const old of [this.socket, this.cardSocket, join(this.#dir, 'run', 'pcscd.pid')]) rmSync(old, { force: true });
    const script = [
      'ip link set lo up',
      // The place the service uses, as this one sees it; the machine's is left alone.
      'mount -t tmpfs tmpfs /run',
      'mkdir /run/pcscd',
      'mount --bind "$1/run" /run/pcscd',
      `socat UNIX-LISTEN:"$1/card.sock",fork TCP:127.0.0.1:${CARD_PORT} 2>/dev/null &`,
      'exec pcscd --foreground --config "$1/conf" >/dev/null 2>&1',
    ].join('\n');
    // A group of its own, so that the relay ends with it.
    const child = spawn('unshare', [...UNSHARE, 'sh', '-ec', script, 'sh', this.#dir], {
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.#process = child;
    const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`pcscd ended with ${code}`)));
    ended.catch(() => {});
    await Promise.race([ended, this.#untilThere()]);
  }

  /** As if it had crashed. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    process.kill(-child.pid, 'SIGKILL');
    await ended;
    rmSync(this.socket, { force: true });
    rmSync(this.cardSocket, { force: true });
  }

  async #untilThere(): Promise<void> {
    while (this.#process && !(existsSync(this.socket) && existsSync(this.cardSocket))) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
