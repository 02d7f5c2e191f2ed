import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { IppClient } from '@kiosk/device-drivers/drivers/document-ipp/client.ts';
import { pause } from '@kiosk/device-drivers/drivers/document-ipp/job-watch.ts';

const DAEMON = '/usr/sbin/cupsd';
const ADMIN = '/usr/sbin/lpadmin';
/** Takes PDF to what an "everywhere" queue sends on (Debian: cups-filters-core-drivers). */
const FILTER = '/usr/lib/cups/filter/pdftopdf';

/** Why CUPS cannot run on this machine; undefined where it can. */
export function whyNoCups(): string | undefined {
  if (process.platform !== 'linux') return 'needs Linux';
  const missing = [
    [DAEMON, 'cups-daemon'],
    [ADMIN, 'cups-client'],
    [FILTER, 'cups-filters-core-drivers'],
  ].flatMap(([program, packageName]) => (existsSync(program!) ? [] : [packageName]));
  return missing.length > 0 ? `not installed: ${missing.join(', ')}` : undefined;
}

/** What the product gives a technician for CUPS: lines for cupsd.conf, and what systemd does before cupsd starts. */
const part = (name: string) =>
  readFileSync(new URL(import.meta.resolve(`@kiosk/device-drivers/drivers/document-ipp/cups/${name}`)), 'utf8');
const SETTINGS = part('kiosk.conf');
const EMPTY_SPOOL = /^ExecStartPre=(.*)$/m.exec(part('empty-spool.conf'))![1]!;

export interface CupsSetUp {
  /** printer-error-policy of the queue; default as the product sets it. */
  readonly errorPolicy?: 'abort-job' | 'retry-job';
  /** false: a CUPS as it comes, which finds its old jobs when it starts. */
  readonly emptySpool?: boolean;
}

/**
 * A CUPS of its own, in the foreground, set up as the product wants it, with everything it writes under `dir` and its
 * one door on loopback. It writes down what it knows at once, and not half a minute later: that is the bad case, in
 * which it still has a job when it starts again.
 */
export class CupsService {
  readonly #dir: string;
  readonly #setUp: CupsSetUp;
  #port = 0;
  #process: ChildProcess | undefined;

  constructor(dir: string, setUp: CupsSetUp = {}) {
    this.#dir = dir;
    this.#setUp = setUp;
    for (const name of ['root', 'run', 'cache', 'state', 'tmp', 'log', 'spool']) mkdirSync(join(dir, name));
    // Started by root it works as lp, who must come through.
    chmodSync(dir, 0o755);
  }

  get spool(): string {
    return join(this.#dir, 'spool');
  }

  queueUri(name: string): string {
    return `ipp://127.0.0.1:${this.#port}/printers/${name}`;
  }

  /** Its process and those of the print jobs. */
  get processes(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => pid === this.#process?.pid || this.#isOurs(pid));
  }

  async start(): Promise<void> {
    if (this.#process && this.#process.exitCode === null && this.#process.signalCode === null) return;
    this.#port ||= await freePort();
    this.#configure();
    if (this.#setUp.emptySpool ?? true) this.#emptySpool();
    // It ends with this process even when that is killed (setpriv is part of util-linux).
    const args = [
      '--pdeathsig',
      'TERM',
      DAEMON,
      '-f',
      '-c',
      this.#file('cupsd.conf'),
      '-s',
      this.#file('cups-files.conf'),
    ];
    // The folder for temporary files marks it and, from the moment they are forked, its children.
    const child = spawn('setpriv', args, { stdio: 'ignore', env: { ...process.env, TMPDIR: this.#file('tmp') } });
    this.#process = child;
    while (!(await opens(this.#port))) {
      if (child.exitCode !== null) throw new Error(`cupsd ended before it listened: ${this.#log()}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** A driverless queue, made from what the printer says of itself. */
  async addQueue(name: string, printerUri: string): Promise<void> {
    const args = ['-h', `127.0.0.1:${this.#port}`, '-p', name, '-E', '-v', printerUri, '-m', 'everywhere'];
    const added = spawnSync(ADMIN, args, { encoding: 'utf8', timeout: 30_000 });
    if (added.status !== 0) throw new Error(`lpadmin: ${added.stderr}${this.#log()}`);
    // CUPS goes on asking the printer what it can after lpadmin has ended.
    const queue = new IppClient(this.queueUri(name), systemClock);
    for (;;) {
      const can = await queue.capabilities(10_000);
      if (!can.ok) throw new Error(`queue ${name}: ${can.error.detail}${this.#log()}`);
      if (can.value.a4) return;
      await pause(systemClock, 20);
    }
  }

  /** Ends at once, in whatever it is doing, with its children, as systemd sees to. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (!child) throw new Error('CUPS was not started');
    const ended = once(child, 'exit');
    await this.#killAll();
    await ended;
  }

  /** It ends itself; what its print jobs leave behind (it tells them to end and does not wait) ends as under systemd. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    await this.#killAll();
  }

  /** Looks again after killing: a process that is being started when we look is seen the next time. */
  async #killAll(): Promise<void> {
    for (let left = this.processes; left.length > 0; left = this.processes) {
      for (const pid of left) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it ended by itself meanwhile
        }
      }
      await pause(systemClock, 5);
    }
  }

  #file = (name: string) => join(this.#dir, name);

  /** What stands in the unit of systemd, in our folder. */
  #emptySpool(): void {
    const [program, ...args] = EMPTY_SPOOL.replace('/var/spool/cups', this.spool).split(' ');
    const done = spawnSync(program!, args, { encoding: 'utf8', timeout: 30_000 });
    if (done.status !== 0) throw new Error(`${EMPTY_SPOOL}: ${done.stderr}`);
  }

  #configure(): void {
    const places = {
      ServerRoot: 'root',
      RequestRoot: 'spool',
      CacheDir: 'cache',
      StateDir: 'run',
      TempDir: 'tmp',
      ErrorLog: 'log/error',
      AccessLog: 'log/access',
      PageLog: 'log/page',
    };
    const files = Object.entries(places).map(([name, place]) => `${name} ${this.#file(place)}`);
    if (process.getuid?.() === 0) files.push('User lp', 'Group lp', 'SystemGroup root');
    writeFileSync(this.#file('cups-files.conf'), `${files.join('\n')}\n`);
    writeFileSync(
      this.#file('cupsd.conf'),
      `Listen 127.0.0.1:${this.#port}
${SETTINGS.replace('ErrorPolicy abort-job', `ErrorPolicy ${this.#setUp.errorPolicy ?? 'abort-job'}`)}
DefaultAuthType None
LogLevel debug
JobRetryInterval 1
DirtyCleanInterval 0
<Location />
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
`,
    );
  }

  #log(): string {
    const path = this.#file('log/error');
    return existsSync(path) ? `\n${readFileSync(path, 'utf8').slice(-2_000)}` : '';
  }

  /** Everything that it starts has its folder for temporary files (CUPS sets it as well). */
  #isOurs(pid: number): boolean {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`TMPDIR=${this.#file('tmp')}\0`);
    } catch {
      return false; // ended, or somebody else's
    }
  }
}

/** Local addresses, as /proc/net writes them, on which a process waits for others. */
export function listeningAddresses(pid: number): string[] {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return []; // closed meanwhile
      }
    }),
  );
  const LISTENING = '0A';
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((family) => {
    const path = `/proc/${pid}/net/${family}`;
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, 'utf8').trim().split('\n').slice(1);
    return lines.flatMap((line) => {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      const waits = family.startsWith('udp') || state === LISTENING;
      return waits && local && inode && sockets.has(inode) ? [`${family} ${local.split(':')[0]}`] : [];
    });
  });
}

async function opens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const open = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  socket.destroy();
  return open;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
