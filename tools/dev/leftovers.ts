import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endGroup } from './supervisor.ts';
import type { Stack } from './stack.ts';

interface Remembered {
  readonly pid: number;
  /** Start time in clock ticks since boot: a pid alone may belong to somebody else by now. */
  readonly startTicks: string;
}

const file = (dir: string) => join(dir, 'running.json');

/** Notes which processes this run has started, for the case that it is killed and cannot stop them itself. */
export function rememberRun(dir: string, stack: Stack): void {
  const processes = [...stack.programs.values()].flatMap(({ state }) => {
    const startTicks = state.pid === null ? undefined : ticksOf(state.pid);
    return state.pid !== null && startTicks ? [{ pid: state.pid, startTicks }] : [];
  });
  writeFileSync(file(dir), JSON.stringify(processes satisfies Remembered[]));
}

/** Ends what a killed run left behind, and only that. */
export async function clearLeftovers(dir: string): Promise<void> {
  if (!existsSync(file(dir))) return;
  const processes = JSON.parse(readFileSync(file(dir), 'utf8')) as Remembered[];
  for (const { pid, startTicks } of processes) if (ticksOf(pid) === startTicks) endGroup(pid);
  rmSync(file(dir));
}

/** Field 22 of /proc/<pid>/stat; undefined where there is no such process or no /proc. */
function ticksOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
