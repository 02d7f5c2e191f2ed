// A PostgreSQL of its own for whoever started this program over a process channel. It ends, and its folder goes, when that
// channel closes, however the other end came to its end.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { findPostgres, runsAs } from './postgres-programs.ts';

/** What it is told, and answers with the same word when it is done. */
export type Order = 'stall' | 'release' | 'restart' | 'kill';
export type Told = { readonly ready: string } | { readonly done: Order } | { readonly failed: string };

const tell = (message: Told): void => void (process.connected && process.send!(message));

const bin = findPostgres()!;
const user = runsAs()!;
const folder = mkdtempSync(join(tmpdir(), 'kiosk-pg-'));
if (user.uid !== undefined) chownSync(folder, user.uid, user.gid!);
const data = join(folder, 'data');
let server: ChildProcess | undefined;
let over = false;

async function start(): Promise<void> {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: folder,
    max_connections: '200',
    shared_buffers: '64MB',
    // The databases of a test are small and many.
    autovacuum: 'off',
    log_checkpoints: 'off',
    ...(JSON.parse(process.argv[2] ?? '{}') as Record<string, string>),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(join(bin, 'postgres'), ['-D', data, ...options], {
    ...user,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  server = child;
  const lines = createInterface({ input: child.stderr! });
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      if (line.includes('ready to accept connections')) resolve();
      if (said.length < 50) said.push(line);
    });
    child.once('exit', () => reject(new Error(`PostgreSQL does not start: ${said.join('\n')}`)));
  });
}

async function stop(signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): Promise<void> {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  signalAll('SIGCONT');
  const ended = once(server, 'exit');
  server.kill(signal);
  await ended;
}

/** The server and every process it made; a connection has one of its own. */
function signalAll(signal: NodeJS.Signals): void {
  const parent = server!.pid!;
  const children = readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
    } catch {
      return false;
    }
  });
  for (const pid of [parent, ...children.map(Number)]) {
    try {
      process.kill(pid, signal);
    } catch {
      // Ended in between.
    }
  }
}

async function obey(order: Order): Promise<void> {
  if (order === 'stall') signalAll('SIGSTOP');
  if (order === 'release') signalAll('SIGCONT');
  if (order === 'kill' || order === 'restart') await stop(order === 'kill' ? 'SIGKILL' : 'SIGINT');
  if (order === 'restart') await start();
  tell({ done: order });
}

async function end(): Promise<void> {
  if (over) return;
  over = true;
  // Nobody needs what is in it: at once, and without writing it all down first.
  await stop('SIGQUIT');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(0);
}

process.on('disconnect', () => void end());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());
process.on('message', (order: Order) => void obey(order));

try {
  const options = [
    '-D',
    data,
    '-U',
    'kiosk',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
    '--no-instructions',
  ];
  await promisify(execFile)(join(bin, 'initdb'), options, { ...user, cwd: folder });
  await start();
  tell({ ready: folder });
} catch (error) {
  tell({ failed: error instanceof Error ? error.message : String(error) });
  await end();
}
