import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import type { Measure } from '../harness/figure.ts';
import { commandLine, withDescendants } from '../harness/processes.ts';
import { median, ratios, rounded } from '../harness/statistics.ts';
import { closedLoop, hangUp, senders } from './load.ts';
import { type Used, used, usedSince } from './processors.ts';
import { ROOM_FOR_ALL, type World, whyNoDatabase, withWorld } from './world.ts';

const ROUNDS = 3;
const SECONDS = 5;

/**
 * Everything (generator, platform, PostgreSQL) on one core, then on two, in turns. The prediction for two is twice what one
 * gives: the processor time of a request does not change. Outside 20 % of it nothing may be extrapolated by cores.
 */
export const cores: Measure = async ({ signal, tell }) => {
  const reason = whyNoDatabase() ?? whyNoTaskset();
  if (reason !== undefined) return { reason };
  return withWorld('postgres', { terminals: 1_000, limits: ROOM_FOR_ALL }, async (world) => {
    const found = { one: [] as number[], two: [] as number[] };
    const processors: Record<'one' | 'two', number[]> = { one: [], two: [] };
    let from = 0;
    try {
      for (let round = 0; round < ROUNDS && !signal.aborted; round++) {
        for (const name of round % 2 === 0 ? (['one', 'two'] as const) : (['two', 'one'] as const)) {
          tell(`on ${name}, round ${round + 1} of ${ROUNDS}`);
          pin(world, name === 'one' ? '0' : '0,1');
          const all = await senders(world.platform.address, world.credentials, {
            from,
            count: 48,
            batches: 500,
            size: 1,
          });
          from += 48;
          await closedLoop(all, { seconds: 1, signal });
          const before = used(world.platform.pids());
          const { requests, seconds } = await closedLoop(all, { seconds: SECONDS, signal });
          processors[name].push((sum(usedSince(before, world.platform.pids())) * 1e6) / requests);
          found[name].push(requests / seconds);
          hangUp(all);
        }
      }
    } finally {
      pin(world, `0-${cpus().length - 1}`);
    }
    return {
      runs: ratios(found.two, found.one).map((ratio) => ratio / 2),
      against: {
        '1/s on one core': rounded(median(found.one)),
        '1/s on two cores': rounded(median(found.two)),
        'µs of processor a request on one, on two': [rounded(median(processors.one)), rounded(median(processors.two))],
        note: 'one platform process serves on one core at a time; what is left of the second is PostgreSQL’s and the generator’s',
      },
    };
  });
};

/** taskset moves threads that run; those that are started later inherit. */
function pin(world: World, processors: string): void {
  const database = withDescendants(process.pid).filter((pid) => /(^|\/)postgres[: ]/.test(commandLine(pid)));
  const pids = [process.pid, ...world.platform.pids().flatMap(withDescendants), ...database];
  for (const pid of new Set(pids)) {
    try {
      execFileSync('taskset', ['-a', '-c', '-p', processors, String(pid)], { stdio: 'ignore' });
    } catch {
      // Ended in between.
    }
  }
}

const sum = ({ generator, platform, database }: Used): number => generator + platform + database;

function whyNoTaskset(): string | undefined {
  if (cpus().length < 2) return 'this machine has one core';
  try {
    execFileSync('taskset', ['-V'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'taskset is not installed';
  }
}
