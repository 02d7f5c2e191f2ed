import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { setTimeout as wait } from 'node:timers/promises';
import type { Measure } from '../harness/figure.ts';
import { rounded } from '../harness/statistics.ts';
import { compareWithStore } from './simulator/check.ts';
import { Fleet } from './simulator/fleet.ts';
import { Lines } from './simulator/lines.ts';
import { used, usedSince } from './processors.ts';
import { whyNoDatabase, withWorld } from './world.ts';

const TERMINALS = 10_000;
/** What eight dark hours leave in a terminal: ten business and ten audit entries; 200,000 in all. */
const ENTRIES = 10;
/** Long enough that every terminal has failed several times and waits its longest. */
const DARK_SECONDS = 45;
/**
 * Open at once in the generator, and so in the platform: a line for each, as kiosks keep theirs between two heartbeats. With
 * fewer places a terminal that is back would shake hands anew at every heartbeat, and that, not the outage, is measured then.
 */
const CONNECTIONS = TERMINALS;

/**
 * Ten thousand terminals, each with its own certificate, look for a platform that is away, as they do: heartbeat with full jitter. It
 * comes back with the limits it is shipped with. Seconds from its word that it is ready until the last terminal is
 * online, compared and empty.
 */
export const reconnect: Measure = async ({ signal, tell }) => {
  const reason = whyNoDatabase();
  if (reason !== undefined) return { reason };
  return withWorld('postgres', { terminals: TERMINALS }, async ({ credentials, platform }) => {
    await platform.kill();
    const lines = new Lines({
      address: platform.address,
      identity: (n) => credentials.members[n]!.identity,
      most: CONNECTIONS,
      deadlineMs: 30_000,
      resume: true,
    });
    const fleet = new Fleet({
      members: credentials.members,
      streams: ['business', 'audit'],
      seed: 20_261_122,
      rules: { heartbeatMs: 30_000, batch: 250, jitter: true, heedsRetryAfter: true },
      clock: systemClock,
      lines,
    });
    for (const { journals } of fleet.machines) for (const journal of journals.values()) journal.write(ENTRIES);
    fleet.start();
    tell(`${TERMINALS} terminals look for a platform that is away, ${DARK_SECONDS} s`);
    await wait(DARK_SECONDS * 1_000, undefined, { signal });
    await platform.start();
    const began = performance.now();
    const before = used(platform.pids());
    const progress = setInterval(() => tell(`${fleet.unsettled} are not back`), 10_000);
    try {
      await fleet.settled(signal);
    } finally {
      clearInterval(progress);
      await fleet.stop();
      lines.hangUp();
    }
    const seconds = (performance.now() - began) / 1_000;
    const { generator, platform: gateway, database } = usedSince(before, platform.pids());
    tell('comparing what the store has with the journals');
    const store = await platform.openStore();
    const differences = await compareWithStore(fleet, store);
    await store.close();
    const { report } = fleet;
    return {
      runs: [seconds],
      against: {
        'records a second meanwhile': rounded((TERMINALS * 2 * ENTRIES) / seconds),
        'new TLS sessions a second': rounded(lines.counts.opened / seconds),
        'connections open at most': lines.counts.most,
        refusals: words(report.refusals),
        'answers without a code, or 5xx': report.wrong.length,
        conflicts: report.conflicts,
        'requests before the time they were asked for': report.tooEarly,
        'lost, surplus, out of order, acknowledged and lost': [
          ...[differences.lost, differences.surplus, differences.outOfOrder, differences.acknowledgedLost],
        ],
        'requests ÷ those that were answered': rounded((report.requests - lostBefore(report.lost)) / report.answered),
        'processor s (generator, platform, database)': [generator, gateway, database].map(rounded),
      },
    };
  });
};

/** While nobody was there, every question was lost, as it should be. */
function lostBefore(lost: Readonly<Record<string, number>>): number {
  return Object.entries(lost).reduce((sum, [why, count]) => sum + (why.includes('ECONNREFUSED') ? count : 0), 0);
}

const words = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([what, count]) => `${what}: ${count}`)
    .join(', ') || 'none';
