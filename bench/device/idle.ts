import { setTimeout as wait } from 'node:timers/promises';
import type { Measure } from '../harness/figure.ts';
import { cpuSeconds } from '../harness/processes.ts';
import { withFolder } from '../harness/scratch.ts';
import { median, rounded } from '../harness/statistics.ts';
import { openDeviceWorld } from './device-world.ts';

const RUNS = 3;
const RUN_MS = 10_000;

/**
 * What the device-host costs when nobody is there: every device open, and a card waited for, as a kiosk does all day.
 * One core is 100.
 */
export const idleCpu: Measure = ({ signal }) =>
  withFolder(async (dir) => {
    const world = await openDeviceWorld(dir);
    const percent = async () => {
      const before = cpuSeconds(world.host.pid);
      await wait(RUN_MS, undefined, { signal });
      return ((cpuSeconds(world.host.pid) - before) * 100_000) / RUN_MS;
    };
    const repeated = async () => {
      const runs: number[] = [];
      for (let i = 0; i < RUNS; i++) runs.push(await percent());
      return runs;
    };
    const stop = new AbortController();
    try {
      // Starting up is not idling.
      await wait(2_000, undefined, { signal });
      const open = await repeated();
      const reading = world.client.call('readIdCard', {}, { signal: stop.signal });
      const runs = await repeated();
      stop.abort();
      await reading;
      return { runs, against: { 'devices open, no card waited for': rounded(median(open)) } };
    } finally {
      stop.abort();
      await world.close();
    }
  });
