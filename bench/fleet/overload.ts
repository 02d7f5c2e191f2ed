import { setTimeout as wait } from 'node:timers/promises';
import type { Measure, MeasureContext } from '../harness/figure.ts';
import { median, percentile, rounded } from '../harness/statistics.ts';
import { type Sender, closedLoop, hangUp, openLoop, senders } from './load.ts';
import { ROOM_FOR_ALL, type World, whyNoDatabase, withWorld } from './world.ts';

const RUNS = 3;
const SECONDS = 8;
const OVER = 3;
/** Of what is offered; the rest is telemetry, which is worth least. */
const BUSINESS_SHARE = 0.2;

/** What is good a second at three times the load ÷ what the same platform does when it is just full. */
export const overload: Measure = async (context) => {
  const reason = whyNoDatabase();
  if (reason !== undefined) return { reason };
  const runs: { share: number; business: number; refused: number; p99: number; without: number }[] = [];
  for (let run = 0; run < RUNS && !context.signal.aborted; run++) {
    context.tell(`${OVER} times the load, run ${run + 1} of ${RUNS}`);
    runs.push(await withWorld('postgres', { terminals: 1_000, limits: ROOM_FOR_ALL }, (world) => once(world, context)));
  }
  return {
    runs: runs.map(({ share }) => share),
    against: {
      'business batches refused': runs.reduce((sum, { business }) => sum + business, 0),
      'telemetry batches refused': runs.reduce((sum, { refused }) => sum + refused, 0),
      'refusals other than 429 and 503 with a code': runs.reduce((sum, { without }) => sum + without, 0),
      'p99 ms of a business batch meanwhile': rounded(median(runs.map(({ p99 }) => p99))),
      note: 'the generator pays for the refused requests on the same cores',
    },
  };
};

async function once(world: World, { signal }: MeasureContext) {
  const { address } = world.platform;
  const make = (from: number, count: number, stream: 'business' | 'telemetry', batches: number): Promise<Sender[]> =>
    senders(address, world.credentials, { from, count, batches, size: 1, stream });
  const full = [...(await make(0, 12, 'business', 700)), ...(await make(12, 36, 'telemetry', 700))];
  await closedLoop(full, { seconds: 1, signal });
  const capacity = await closedLoop(full, { seconds: SECONDS / 2, signal });
  hangUp(full);
  const perSecond = capacity.requests / capacity.seconds;
  const offered = perSecond * OVER;
  const business = await make(100, 300, 'business', Math.ceil((offered * BUSINESS_SHARE * SECONDS) / 200));
  const telemetry = await make(400, 500, 'telemetry', Math.ceil((offered * SECONDS) / 300));
  const options = { seconds: SECONDS, signal, heedRetryAfter: true };
  const [important, other] = await Promise.all([
    openLoop(business, { ...options, perSecond: offered * BUSINESS_SHARE }),
    openLoop(telemetry, { ...options, perSecond: offered * (1 - BUSINESS_SHARE) }),
  ]);
  hangUp([...business, ...telemetry]);
  const count = (refusals: Readonly<Record<string, number>>, wanted: (name: string) => boolean) =>
    Object.entries(refusals).reduce((sum, [name, n]) => sum + (wanted(name) ? n : 0), 0);
  const busy = (name: string) => /^(429|503) E\d+$/.test(name);
  return {
    share: (important.withinTime + other.withinTime) / SECONDS / perSecond,
    business: count(important.refusals, () => true),
    refused: count(other.refusals, () => true),
    without: count(important.refusals, (name) => !busy(name)) + count(other.refusals, (name) => !busy(name)),
    p99: important.latency.percentile(99),
  };
}

const STALL_SECONDS = 30;
const WATCH_SECONDS = 75;
/** Four fifths of what it can do, as before an ordinary Monday's stall. */
const LOAD_SHARE = 0.8;
/** p99 over so many seconds is one point of the curve. */
const WINDOW_SECONDS = 5;

/** Seconds from the release of a database that stood still until the p99 of five seconds is what it was before, twice over. */
export const stall: Measure = async ({ signal, tell }) => {
  const reason = whyNoDatabase();
  if (reason !== undefined) return { reason };
  return withWorld('postgres', { terminals: 1_000, limits: ROOM_FOR_ALL }, async (world) => {
    const { address } = world.platform;
    const probe = await senders(address, world.credentials, { from: 0, count: 48, batches: 500, size: 1 });
    const capacity = await closedLoop(probe, { seconds: 4, signal });
    hangUp(probe);
    const perSecond = Math.round((capacity.requests / capacity.seconds) * LOAD_SHARE);
    const seconds = 10 + STALL_SECONDS + WATCH_SECONDS;
    tell(`${perSecond} a second, the database stands still for ${STALL_SECONDS} s`);
    const all = await senders(address, world.credentials, {
      ...{ from: 100, count: 400, batches: Math.ceil((perSecond * seconds) / 300), size: 1 },
    });
    const points: { at: number; ms: number }[] = [];
    const began = performance.now();
    const load = openLoop(all, {
      ...{ perSecond, seconds, signal, heedRetryAfter: true },
      onAnswer: (ms) => points.push({ at: (performance.now() - began) / 1_000, ms }),
    });
    await wait(10_000, undefined, { signal });
    await world.postgres!.server.stall();
    await wait(STALL_SECONDS * 1_000, undefined, { signal });
    await world.postgres!.server.release();
    const released = (performance.now() - began) / 1_000;
    const loaded = await load;
    hangUp(all);
    const p99 = (from: number) =>
      percentile([0, ...points.filter(({ at }) => at >= from && at < from + WINDOW_SECONDS).map(({ ms }) => ms)], 99);
    const normal = Math.max(p99(2), p99(5));
    const limit = Math.max(50, 2 * normal);
    let back: number | undefined;
    for (let at = released; at + WINDOW_SECONDS <= seconds; at++) {
      if (p99(at) <= limit) back ??= at - released;
      else back = undefined;
    }
    if (back === undefined)
      return { reason: `p99 was not below ${Math.round(limit)} ms again ${WATCH_SECONDS} s after the release` };
    return {
      runs: [back],
      against: {
        'p99 ms before': rounded(normal),
        'requests a second': perSecond,
        'requests sent ÷ answered': rounded(
          (loaded.requests + Object.values(loaded.refusals).reduce((a, b) => a + b, 0)) / loaded.requests,
        ),
        refusals:
          Object.entries(loaded.refusals)
            .map(([what, n]) => `${what}: ${n}`)
            .join(', ') || 'none',
      },
    };
  });
};
