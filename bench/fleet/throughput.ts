import { type Against, type Measure, type MeasureContext, shared } from '../harness/figure.ts';
import { median, rounded } from '../harness/statistics.ts';
import { type Loaded, closedLoop, hangUp, openLoop, senders } from './load.ts';
import { pgbench } from './pgbench.ts';
import { type Used, used, usedSince } from './processors.ts';
import { ROOM_FOR_ALL, type World, whyNoDatabase, withWorld } from './world.ts';

const RUNS = 3;
const SECONDS = 6;
/** Requests under way at once: enough that nobody is idle, few enough that the queue is not what is measured. */
const AT_ONCE = 48;
const AIM_PER_SECOND = 2_500;
/** At more than this share of what a platform can do, a queue is all there is to measure. */
const SHARE = 0.8;

interface Run {
  readonly single: Loaded;
  readonly used: Used;
  readonly paced: Loaded & { readonly perSecond: number };
  readonly pgbench: number | { readonly reason: string };
  readonly sqlite: Loaded;
}

const measure = shared(async ({ signal, tell }: MeasureContext): Promise<readonly Run[] | { reason: string }> => {
  const reason = whyNoDatabase();
  if (reason !== undefined) return { reason };
  const runs: Run[] = [];
  for (let run = 0; run < RUNS && !signal.aborted; run++) {
    tell(`single records, run ${run + 1} of ${RUNS}`);
    const found = await withWorld('postgres', { terminals: 1_000, limits: ROOM_FOR_ALL }, async (world) => {
      const bench = { clients: 8, seconds: 5, terminals: 1_000, bodyBytes: 150 };
      const early = run % 2 === 0 ? undefined : await pgbench(world.postgres!.url, world.folder, bench);
      // Those that pgbench left alone: it writes chains of its own.
      const fresh = early === undefined ? 0 : 1;
      if (fresh === 1) await forget(world);
      const { loaded, processors } = await singles(world, 0, signal);
      const perSecond = Math.min(AIM_PER_SECOND, SHARE * (loaded.requests / loaded.seconds));
      const all = await senders(world.platform.address, world.credentials, {
        ...{ from: AT_ONCE, count: 200, batches: Math.ceil((perSecond * SECONDS) / 120), size: 1 },
      });
      const paced = await openLoop(all, { perSecond, seconds: SECONDS, signal });
      hangUp(all);
      const raw = early ?? (await pgbench(world.postgres!.url, world.folder, bench));
      return { single: loaded, used: processors, paced: { ...paced, perSecond }, pgbench: raw };
    });
    const sqlite = await withWorld('sqlite', { terminals: AT_ONCE, limits: ROOM_FOR_ALL }, (world) =>
      singles(world, 0, signal),
    );
    runs.push({ ...found, sqlite: sqlite.loaded });
  }
  return runs;
});

async function forget(world: World): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: world.postgres!.url });
  await client.connect();
  await client.query('TRUNCATE stream_head, entry_key, entry_body');
  await client.end();
}

async function singles(world: World, from: number, signal: AbortSignal): Promise<{ loaded: Loaded; processors: Used }> {
  const all = await senders(world.platform.address, world.credentials, { from, count: AT_ONCE, batches: 900, size: 1 });
  // A second to warm up: code that was never run, connections that were never used.
  await closedLoop(all, { seconds: 1, signal });
  const before = used(world.platform.pids());
  const loaded = await closedLoop(all, { seconds: SECONDS, signal });
  const processors = usedSince(before, world.platform.pids());
  hangUp(all);
  return { loaded, processors };
}

export const singleRate: Measure = async (context) => {
  const runs = await measure(context);
  if ('reason' in runs) return runs;
  const rate = ({ requests, seconds }: Loaded) => requests / seconds;
  const raw = runs.flatMap((run) => (typeof run.pgbench === 'number' ? [run.pgbench] : []));
  const rates = runs.map(({ single }) => rate(single));
  return {
    runs: rates,
    against: {
      ...(raw.length > 0
        ? {
            'pgbench 1/s, same statement': rounded(median(raw)),
            'share of pgbench': rounded(median(rates) / median(raw)),
          }
        : { pgbench: (runs[0]!.pgbench as { reason: string }).reason }),
      'SQLite 1/s': rounded(median(runs.map(({ sqlite }) => rate(sqlite)))),
      ...microseconds(runs.map((run) => ({ used: run.used, requests: run.single.requests }))),
      'p50, p99 ms at that rate': [50, 99].map((p) =>
        rounded(median(runs.map((run) => run.single.latency.percentile(p)))),
      ),
      note: `${AT_ONCE} requests under way, signed beforehand; generator, platform and PostgreSQL share the cores`,
    },
  };
};

export const singleTail: Measure = async (context) => {
  const runs = await measure(context);
  if ('reason' in runs) return runs;
  return {
    runs: runs.map(({ paced }) => paced.latency.percentile(99)),
    against: {
      'requests per s, whoever answers how fast': rounded(median(runs.map(({ paced }) => paced.perSecond))),
      'p50 ms': rounded(median(runs.map(({ paced }) => paced.latency.percentile(50)))),
      'max ms': rounded(Math.max(...runs.map(({ paced }) => paced.latency.most))),
      refused: runs.reduce((sum, { paced }) => sum + Object.values(paced.refusals).reduce((a, b) => a + b, 0), 0),
      note: `of ${AIM_PER_SECOND} a second, or ${SHARE} of what this machine did if that is less; a request's time counts from when it was due`,
    },
  };
};

const BATCH = 50;
const BATCH_SENDERS = 24;

const batches = shared(async ({ signal, tell }: MeasureContext) => {
  const reason = whyNoDatabase();
  if (reason !== undefined) return { reason };
  const runs: { fresh: Loaded; freshUsed: Used; again: Loaded; againUsed: Used; kept: number }[] = [];
  for (let run = 0; run < RUNS && !signal.aborted; run++) {
    tell(`batches of ${BATCH}, then the same again, run ${run + 1} of ${RUNS}`);
    runs.push(
      await withWorld('postgres', { terminals: BATCH_SENDERS, limits: ROOM_FOR_ALL }, async (world) => {
        const wanted = { from: 0, count: BATCH_SENDERS, batches: 120, size: BATCH };
        const all = await senders(world.platform.address, world.credentials, wanted);
        const before = used(world.platform.pids());
        const fresh = await closedLoop(all, { seconds: SECONDS, signal });
        const freshUsed = usedSince(before, world.platform.pids());
        // From the beginning once more: all of it is there already.
        const known = all.map((sender) => ({ ...sender, requests: sender.requests.slice(0, sender.next), next: 0 }));
        const middle = used(world.platform.pids());
        const again = await closedLoop(known, { seconds: SECONDS, again: true, signal });
        const againUsed = usedSince(middle, world.platform.pids());
        hangUp(all);
        const store = await world.platform.openStore();
        const standings = await Promise.all(
          world.credentials.members.map(({ terminalId }) => store.journal.standing(terminalId, 'audit')),
        );
        await store.close();
        const kept = standings.reduce((sum, { durableUpTo }) => sum + durableUpTo, 0);
        return { fresh, freshUsed, again, againUsed, kept };
      }),
    );
  }
  return runs;
});

export const batchRate: Measure = async (context) => {
  const runs = await batches(context);
  if ('reason' in runs) return runs;
  return {
    runs: runs.map(({ fresh }) => (fresh.requests * BATCH) / fresh.seconds),
    against: {
      ...microseconds(runs.map(({ fresh, freshUsed }) => ({ used: freshUsed, requests: fresh.requests * BATCH }))),
      'p99 ms of a batch': rounded(median(runs.map(({ fresh }) => fresh.latency.percentile(99)))),
    },
  };
};

export const duplicateRate: Measure = async (context) => {
  const runs = await batches(context);
  if ('reason' in runs) return runs;
  return {
    runs: runs.map(({ again }) => (again.requests * BATCH) / again.seconds),
    against: {
      ...microseconds(runs.map(({ again, againUsed }) => ({ used: againUsed, requests: again.requests * BATCH }))),
      'entries kept beyond the first delivery': runs.reduce(
        (sum, { kept, fresh }) => sum + kept - fresh.requests * BATCH,
        0,
      ),
    },
  };
};

/** Processor time of one request (or record), by who used it. */
export function microseconds(runs: readonly { readonly used: Used; readonly requests: number }[]): Against {
  const of = (who: keyof Used) => rounded(median(runs.map((run) => (run.used[who] * 1e6) / run.requests)));
  return { 'µs of processor each (generator, platform, database)': [of('generator'), of('platform'), of('database')] };
}
