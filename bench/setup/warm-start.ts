import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Measure } from '../harness/figure.ts';
import { withFolder } from '../harness/scratch.ts';

const ROOT = join(import.meta.dirname, '../..');
const RUNS = 3;

/** `npm start` when everything is there, from the command to its line "The terminal is up". */
export const warmStart: Measure = ({ signal, tell }) =>
  withFolder(async (dir) => {
    const runs: number[] = [];
    // The first makes the keys and certificates of this folder and is not counted.
    for (let i = 0; i <= RUNS && !signal.aborted; i++) {
      const seconds = await startOnce(dir, signal);
      if (i > 0) runs.push(seconds);
      tell(`npm start: ${seconds.toFixed(1)} s`);
    }
    return { runs, against: { note: 'the window has been started by then; when it is drawn, see ui.cold_start_s' } };
  });

async function startOnce(dir: string, signal: AbortSignal): Promise<number> {
  const began = performance.now();
  const child = spawn('npm', ['start', '--silent', '--', '--once', '--dir', dir], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
    killSignal: 'SIGTERM',
  });
  let up: number | undefined;
  let said = '';
  createInterface({ input: child.stdout }).on('line', (line) => {
    said += `${line}\n`;
    if (line.startsWith('The terminal is up')) up = (performance.now() - began) / 1000;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (up === undefined || code !== 0)
    throw new Error(`npm start ended with ${code}: ${said.trim().split('\n').at(-1)}`);
  return up;
}
