import type { Measure } from '../harness/figure.ts';
import { median, percentile, rounded } from '../harness/statistics.ts';
import { drainBacklog } from './backlog.ts';

const RUNS = 3;
const RECORDS = 10_000;
/** Enough that it is not gone when the depositor has identified and asked. The first calls only warm the programs up. */
const RECORDS_WHILE_ASKING = 40_000;
const WARM_UP_CALLS = 5;

/** Seconds from the link's first "online" to the platform's last acknowledgement. */
export const drainSeconds: Measure = async ({ signal, tell }) => {
  const runs: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    tell(`draining ${RECORDS} records, run ${i + 1} of ${RUNS}`);
    runs.push((await drainBacklog(RECORDS, false, signal)).seconds);
  }
  return { runs, against: { 'records per s': Math.round(RECORDS / median(runs)) } };
};

/** How much longer a depositor waits for an answer while the backlog is sent. */
export const foregroundSlowdown: Measure = async ({ signal, tell }) => {
  const runs: number[] = [];
  const during: number[] = [];
  const afterwards: number[] = [];
  const beside: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    tell(`asking while ${RECORDS_WHILE_ASKING} records are sent, run ${i + 1} of ${RUNS}`);
    const run = await drainBacklog(RECORDS_WHILE_ASKING, true, signal);
    const calls = run.during.slice(WARM_UP_CALLS);
    if (calls.length < 15) return { reason: `the drain ended after ${run.during.length} interactive calls` };
    runs.push(percentile(calls, 95) / percentile(run.afterwards, 95));
    during.push(...calls);
    afterwards.push(...run.afterwards);
    beside.push(run.besideThem ?? 0);
  }
  const line = (ms: number[]) => [median(ms), percentile(ms, 95), Math.max(...ms)].map(rounded);
  return {
    runs,
    against: {
      'ms while draining (p50, p95, max)': line(during),
      'ms with nothing to send (p50, p95, max)': line(afterwards),
      'ratio of the medians': rounded(median(during) / median(afterwards)),
      'records per s while somebody asks': rounded(median(beside)),
    },
  };
};
