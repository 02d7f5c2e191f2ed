import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sourceOf } from '../crash/subjects.ts';

export interface FaultFindings {
  readonly lives: number;
  /** Lives in which something failed; a call that was never made did not. */
  readonly injected: number;
  /** Calls that failed, of all of them. */
  readonly failed: number;
  /** Lives with a failure, by error and call. */
  readonly byCall: Readonly<Record<string, number>>;
  readonly broken: readonly string[];
}

/** Compiles the library into `folder` and gives its path. */
export function buildFailing(folder: string): string {
  const library = join(folder, 'fail-calls.so');
  const source = join(import.meta.dirname, 'fail-calls.c');
  const built = spawnSync('gcc', ['-shared', '-fPIC', '-O1', '-Wall', '-o', library, source, '-ldl'], {
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`fail-calls.c does not compile:\n${built.stderr}`);
  return library;
}

export interface Faulty {
  /** The sources of the agent. */
  readonly source?: string;
  readonly folder: string;
  /** Gives the faults. */
  readonly seed: number;
  readonly injected: number;
}

/** Journal and ledger on a disk that fails, until so many faults have happened. */
export async function faultyLives(options: Faulty): Promise<FaultFindings> {
  const { source = sourceOf('journal'), folder, seed, injected } = options;
  const home = join(folder, `lives-${seed}`);
  mkdirSync(home);
  const worker = join(import.meta.dirname, 'fault-worker.ts');
  const child = spawn(process.execPath, [worker, source, home, String(seed), String(injected)], {
    env: { ...process.env, LD_PRELOAD: buildFailing(home), KIOSK_FAIL_FOLDER: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [told, said] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  if (code !== 0) throw new Error(`the faulty lives ended with ${code ?? signal}: ${said}`);
  return JSON.parse(told) as FaultFindings;
}
