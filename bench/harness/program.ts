import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '../..');

export interface Program {
  readonly pid: number;
  /** The first line on standard output, JSON; of programs that say when they are ready. */
  readonly ready: Promise<Record<string, unknown>>;
  stop(): Promise<void>;
  /** Without a word, as a program ends whose machine loses power. */
  kill(): Promise<void>;
}

/** Starts one of our programs from its source, as the dev runner does, its log in `logFile`. */
export function startProgram(entry: string, env: Readonly<Record<string, string>>, logFile: string): Program {
  const child = spawn(process.execPath, [join(ROOT, entry)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.pipe(createWriteStream(logFile));
  const ready = new Promise<Record<string, unknown>>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) =>
      resolve(JSON.parse(line) as Record<string, unknown>),
    );
    child.once('exit', (code) => reject(new Error(`${entry} ended with ${code} before it was ready`)));
  });
  ready.catch(() => undefined);
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return { pid: child.pid!, ready, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}
