import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parsePromises } from '../crash/promises.ts';
import { SUBJECTS, type SubjectName } from '../crash/subjects.ts';
import type { Volume } from './volume.ts';

/** Compiles the program that cuts the power into `folder` and gives its path. */
export function buildCut(folder: string): string {
  const program = join(folder, 'cut-power');
  const source = join(import.meta.dirname, 'cut-power.c');
  const built = spawnSync('gcc', ['-O1', '-Wall', '-o', program, source], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`cut-power.c does not compile:\n${built.stderr}`);
  return program;
}

/** How far a workload comes at most before the power goes, in bytes of what it wrote down: about 300 promises. */
const MOST_BYTES = 30_000;
/** More steps than the power lasts for. */
const STEPS = 100_000;

export interface Cycle {
  readonly volume: Volume;
  /** A folder on another disk. */
  readonly folder: string;
  readonly cut: string;
  readonly subject: SubjectName;
  /** The sources the workload runs on: the real ones or a weakened copy. Checked is always with the real ones. */
  readonly source: string;
  readonly seed: number;
  /** In [0, 1): how late the power goes. */
  readonly moment: number;
}

export interface Cut {
  /** Promises made before the power went, and those made while it did. */
  readonly promised: number;
  readonly inDoubt: number;
  readonly problem: string | undefined;
}

/**
 * Journal or ledger at work on a file system, in a process of its own, until the power goes; then the file system comes
 * back, it is opened as its program does, and held to what it promised. A promise that is made while the power goes may
 * or may not be kept: the files must be those of some moment from just before the cut until the program's end.
 */
export async function cutPower({ volume, folder, cut, subject, source, seed, moment }: Cycle): Promise<Cut> {
  const promises = join(folder, 'promises');
  const home = join(volume.place, `life-${seed}`);
  closeSync(openSync(promises, 'w'));
  volume.mount();
  mkdirSync(home);
  const { workload, check } = SUBJECTS[subject];
  const program = spawn(process.execPath, [workload, source, home, seed, 1, STEPS, promises].map(String), {
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  program.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(program, 'close');
  const breaker = spawn(cut, [home, promises, String(1 + Math.floor(moment * MOST_BYTES))]);
  let told = '';
  for (const stream of [breaker.stdout, breaker.stderr])
    stream.on('data', (chunk: Buffer) => (told += chunk.toString()));
  const broke = once(breaker, 'close');
  await Promise.race([ended, broke]);
  breaker.kill();
  await broke;
  // A program whose disk is gone may wait for it.
  program.kill('SIGKILL');
  await ended;
  volume.unmount();
  const before = Number(told);
  if (!(before > 0)) return { promised: 0, inDoubt: 0, problem: `no power cut: ${told}${said}` };

  volume.mount();
  const bytes = readFileSync(promises);
  const [certain, all] = [parsePromises(bytes.subarray(0, before)), parsePromises(bytes)];
  const dataDir = join(home, 'round-1');
  mkdirSync(dataDir, { recursive: true });
  const held = check(dataDir, all);
  let problem: string | undefined;
  for (let until = certain.length; until <= all.length; until++) {
    problem = held(all.slice(0, until));
    if (problem === undefined) break;
  }
  rmSync(home, { recursive: true });
  volume.unmount();
  return { promised: certain.length, inDoubt: all.length - certain.length, problem };
}
