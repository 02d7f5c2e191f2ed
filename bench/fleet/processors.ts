import { commandLine, cpuSeconds, withDescendants } from '../harness/processes.ts';

/** Processor seconds by who used them: on shared cores the generator is part of what it measures. */
export interface Used {
  readonly generator: number;
  readonly platform: number;
  readonly database: number;
}

export function used(platformPids: readonly number[]): Used {
  const platform = platformPids.flatMap(withDescendants);
  const database = withDescendants(process.pid).filter((pid) => /(^|\/)postgres[: ]/.test(commandLine(pid)));
  const sum = (pids: readonly number[]) => pids.reduce((total, pid) => total + secondsOf(pid), 0);
  return { generator: sum([process.pid]), platform: sum(platform), database: sum(database) };
}

export function usedSince(before: Used, platformPids: readonly number[]): Used {
  const now = used(platformPids);
  return {
    generator: now.generator - before.generator,
    platform: now.platform - before.platform,
    database: now.database - before.database,
  };
}

/** A process that ended meanwhile takes its count along. */
function secondsOf(pid: number): number {
  try {
    return cpuSeconds(pid);
  } catch {
    return 0;
  }
}
