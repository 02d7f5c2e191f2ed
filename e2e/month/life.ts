// The terminal's agent in a process of its own, so that its memory is nobody else's: it hears the platform once, lives for
// days without a line, is started anew, and is relieved of what it holds. Told what to do by month.ts, and tells it back.

import { once } from 'node:events';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { TerminalConfig, socketPath } from '@kiosk/contract/config.ts';
import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { Snapshot } from '@kiosk/contract/kernel/service.ts';
import { connectService } from '@kiosk/contract/rpc/client.ts';
import { syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { startAgent } from '@kiosk/sync-agent/agent/agent.ts';
import { LeapingClock } from './clock.ts';
import type { Life, Told } from './month.ts';

const HOUR_MS = 3_600_000;
const REQUESTS_A_DAY = 8;
/** As many as stand at the door of the agent at once. */
const AT_ONCE = 64;

const life = JSON.parse(process.argv[2]!) as Life;
const config = TerminalConfig.parse(life.config);
const clock = new LeapingClock();
const { name, idNumber, phone } = syntheticPerson('ordinary', '2026-11-21');
const client = connectService(syncAgent, { path: socketPath(config.socketDir, 'sync-agent'), token: life.token });

const options = {
  ...{ config, token: life.token, version: '0.1.0', clock, random: Math.random, log: () => {} },
  heartbeatMs: life.heartbeatMs,
};
let agent = must(await startAgent(options));
await until(({ link, catalogue }) => link.state === 'online' && catalogue !== null);
await told({ what: 'ready' }, 'dark');

await passes(HOUR_MS, ({ link }) => link.state === 'offline');
let n = 0;
for (let day = 1; day <= life.days; day++) {
  const morning = clock.now();
  for (let hour = 0; hour < 24; hour++) {
    for (let passed = 0; passed < HOUR_MS; passed += life.heartbeatMs) {
      clock.leap(life.heartbeatMs);
      await turn();
    }
    if (hour < REQUESTS_A_DAY) must(await request(`${day}-${hour}`));
    const upTo = Math.round((life.records * ((day - 1) * 24 + hour + 1)) / (life.days * 24));
    while (n < upTo) {
      const some = Array.from({ length: Math.min(AT_ONCE, upTo - n) }, () => entry(n++));
      for (const recorded of await Promise.all(some.map((data) => client.call('record', { data })))) must(recorded);
    }
  }
  await passes(
    60_000,
    ({ journal, reconciliation }) =>
      (journal.backup?.at ?? 0) >= morning && (reconciliation?.waiting ?? 0) >= Math.min(day, life.days - 1),
  );
  process.send!({ what: 'day', day, pending: pending(client.snapshot!), ...memory() } satisfies Told);
}
clock.leap(2 * 24 * HOUR_MS);
const tooLate = await request('too late');

await agent.stop();
const began = performance.now();
agent = must(await startAgent(options));
const seconds = (performance.now() - began) / 1_000;
const snapshot = await until(({ accepting }) => accepting);
await told(
  {
    ...{ what: 'over', startSeconds: seconds, pending: pending(snapshot), ...memory() },
    refused: tooLate.ok ? 'taken' : tooLate.error.code,
  },
  'light',
);

// A leap ends the patience of a heartbeat that is under way: each gets its time.
await passes(HOUR_MS, ({ link }) => link.state === 'online', 5_000);
const light = performance.now();
// A leap would be the end of a batch's patience: the drain has the machine's own time.
await until((now) => pending(now) === 0);
process.send!({ what: 'drained', drainSeconds: (performance.now() - light) / 1_000, ...memory() } satisfies Told);
await passes(60_000, (now) => pending(now) === 0 && now.reconciliation?.waiting === 0, 2_000);
process.send!({ what: 'compared', cases: client.snapshot!.reconciliation?.cases ?? -1 } satisfies Told);
await agent.stop();
client.close();
process.disconnect();

/** Mostly what a hall leaves: what depositors do, what is audited of it, how long each step took. */
function entry(k: number): EntryData {
  const sessionId = `session-${Math.floor(k / 8)}`;
  switch (k % 8) {
    case 0:
      return { type: 'session.opened', sessionId, mode: 'depositor' };
    case 1:
      return { type: 'operation.intended', sessionId, operationId: `print-${k}`, kind: 'printSlip' };
    case 2:
      return { type: 'operation.settled', sessionId, operationId: `print-${k - 1}`, outcome: 'done', printed: 1 };
    case 3:
      return { type: 'service.rated', sessionId, score: 'satisfied' };
    case 4:
    case 5:
      return { type: 'query.answered', sessionId, item: 'Q01', period: { from: '2026-01', to: '2026-11' } };
    case 6:
      return { type: 'step.timed', sessionId, step: 'overview', milliseconds: 1_234 };
    default:
      return { type: 'session.closed', sessionId, reason: 'finished' };
  }
}

function request(operationId: string) {
  return client.call('submitRequest', {
    ...{ sessionId: `visit-${operationId}`, operationId, level: 'L1' },
    form: { item: 'S01', topicId: 'complaint', text: '窗口排队时间较长，希望增加自助设备。' },
    person: { name, idNumber, phone },
  });
}

function memory() {
  globalThis.gc!();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heldMb: (heapUsed + external) / 1e6, rssMb: rss / 1e6 };
}

type AgentSnapshot = Snapshot<typeof syncAgent>;

function pending({ queue }: AgentSnapshot): number {
  return queue.business.pending + queue.audit.pending + queue.telemetry.pending;
}

function until(wanted: (snapshot: AgentSnapshot) => boolean): Promise<AgentSnapshot> {
  return new Promise((resolve) => {
    const off = client.onSnapshot((snapshot) => {
      if (snapshot === undefined || !wanted(snapshot)) return;
      resolve(snapshot);
      queueMicrotask(() => off());
    });
  });
}

/** Steps of time until it is so, after each some of the machine's own for what the step set going. */
async function passes(stepMs: number, wanted: (snapshot: AgentSnapshot) => boolean, ownMs = 150): Promise<void> {
  let there = false;
  const found = until(wanted).then(() => (there = true));
  while (!there) {
    clock.leap(stepMs);
    const pause = new AbortController();
    await Promise.race([found, wait(ownMs, undefined, pause)]).catch(() => undefined);
    pause.abort();
  }
}

async function told(what: Told, order: 'dark' | 'light'): Promise<void> {
  const ordered = once(process, 'message');
  process.send!(what);
  const [heard] = (await ordered) as [unknown];
  if (heard !== order) throw new Error(`expected ${order}, heard ${String(heard)}`);
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.detail ?? ''}`);
  return result.value;
}
