import { createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { startTestPlatform } from '@kiosk/central-platform/testing/installation.ts';
import { socketPath } from '@kiosk/contract/config.ts';
import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import { type Clock, systemClock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { Snapshot } from '@kiosk/contract/kernel/service.ts';
import { connectService } from '@kiosk/contract/rpc/client.ts';
import { refusing } from '@kiosk/contract/rpc/refusing.ts';
import { hostService } from '@kiosk/contract/rpc/server.ts';
import { type DeviceStatus, deviceHost } from '@kiosk/contract/services/device-host.ts';
import { type Reconciliation, syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { type AgentOptions, type RunningAgent, startAgent } from '@kiosk/sync-agent/agent/agent.ts';
import { openTerminalJournal } from '@kiosk/sync-agent/agent/files.ts';
import { layCable } from '../agent/cable.ts';
import { TECHNICIAN, TERMINAL, provision } from '../agent/provision.ts';

export const DAY_MS = 86_400_000;

/** The machine's clock, whose calendar a test may turn on. It begins at noon in China, so that no midnight comes by itself. */
class CalendarClock implements Clock {
  #ahead = Date.parse(`${shanghaiDate(systemClock.now())}T04:00:00Z`) - systemClock.now();
  now = () => systemClock.now() + this.#ahead;
  monotonic = () => systemClock.monotonic();
  after = systemClock.after;
  turnOn(days: number): void {
    this.#ahead += days * DAY_MS;
  }
}

export interface DifferenceCase {
  readonly caseId: string;
  readonly kind: string;
  readonly subject: string;
  readonly number: number | null;
  readonly firstSeq: number | null;
  readonly terminalValue: string;
  readonly platformValue: string;
  readonly state: string;
  readonly owner: string;
  readonly reports: number;
}

type AgentSnapshot = Snapshot<typeof syncAgent>;

export const printer = (sheets: number, more: Partial<DeviceStatus> = {}): DeviceStatus => ({
  ...{ id: 'a4-printer', kind: 'documentPrinter', driver: 'ipp', state: 'ready', warnings: [], since: 0 },
  ...{ identity: 'Printer of a test', counters: { sheets } },
  ...more,
});

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.detail ?? ''}`);
  return result.value;
}

/** A platform and a terminal's agent with its real journal, over HTTPS, and a device-host that counts as it is told. */
export async function startPair(t: TestContext) {
  const clock = new CalendarClock();
  const platform = await startTestPlatform({
    config: {
      limits: { terminalPerSecond: 10_000, terminalBurst: 10_000, publicPerSecond: 1_000, publicBurst: 1_000 },
    },
    parts: { clock },
  });
  const { installation } = platform;
  const cable = await layCable(t, Number(new URL(platform.running.terminalUrl).port));
  const { config, token } = await provision(join(installation.dir, 'terminal'), installation, cable.port);
  const { socketDir } = config;

  const devices = (list: readonly DeviceStatus[]): Snapshot<typeof deviceHost> => ({
    ...{ version: '0.1.0', startedAt: 0, devices: [...list], lastEvent: 0 },
  });
  const host = hostService(deviceHost, {
    ...{ token, snapshot: devices([printer(0)]), handlers: refusing(deviceHost) },
  });
  await host.listen(socketPath(socketDir, 'device-host'));

  const client = connectService(syncAgent, { path: socketPath(socketDir, 'sync-agent'), token });
  let agent: RunningAgent | undefined;
  // Nothing writes any more when the folder goes.
  t.after(async () => {
    await agent?.stop();
    client.close();
    await host.close();
    await platform.end();
  });

  const until = (wanted: (snapshot: AgentSnapshot) => boolean) =>
    new Promise<AgentSnapshot>((resolve) => {
      const off = client.onSnapshot((snapshot) => {
        if (snapshot === undefined || !wanted(snapshot)) return;
        resolve(snapshot);
        queueMicrotask(() => off());
      });
    });

  const signIn = async () => must(await client.call('signIn', { ...TECHNICIAN, by: 'cli' })).technicianToken;
  let marks = 0;
  const heartbeatNames = async (device: string): Promise<boolean> => {
    const terminals = (await (await platform.management('terminals')).json()) as {
      terminalId: string;
      heartbeat: { devices: { id: string }[] } | null;
    }[];
    const own = terminals.find(({ terminalId }) => terminalId === TERMINAL);
    return own?.heartbeat?.devices.some(({ id }) => id === device) === true;
  };
  const nextSnapshot = () =>
    new Promise<void>((resolve) => {
      let seen = 0;
      const off = client.onSnapshot(() => {
        // The first is the one that is there already.
        if (++seen < 2) return;
        resolve();
        queueMicrotask(() => off());
      });
    });

  const pair = {
    clock,
    config,
    client,
    until,
    /** Entries that are there before the program starts. */
    fill(entries: readonly EntryData[]): void {
      const { journal } = must(
        openTerminalJournal(
          config,
          createPublicKey(installation.centreKey.export({ type: 'spki', format: 'pem' })),
          clock,
        ),
      );
      for (let i = 0; i < entries.length; i += 500) must(journal.recordAll(entries.slice(i, i + 500)));
      journal.close();
    },
    async start(more: Partial<AgentOptions> = {}): Promise<void> {
      agent = must(
        await startAgent({
          ...{ config, token, version: '0.1.0', clock, random: () => 0.01, log: () => {}, heartbeatMs: 100 },
          ...more,
        }),
      );
    },
    async stop(): Promise<void> {
      const gone = new Promise<void>((resolve) => {
        const off = client.onSnapshot((snapshot) => {
          if (snapshot !== undefined) return;
          resolve();
          queueMicrotask(() => off());
        });
      });
      await agent?.stop();
      agent = undefined;
      await gone;
    },
    /** What the device-host tells from now on; settles when the agent has heard it. */
    async count(list: readonly DeviceStatus[]): Promise<void> {
      const mark = `mark-${++marks}`;
      host.publish(devices([...list, printer(0, { id: mark, kind: 'ioBoard', counters: {} })]));
      // The agent passes states on with its heartbeat, and tells its own clients after each.
      while (agent && !(await heartbeatNames(mark))) await nextSnapshot();
    },
    /** The same while nothing reaches the platform: the agent notes every change of a device. */
    async hear(list: readonly DeviceStatus[]): Promise<void> {
      const { queue } = await until(() => true);
      const before = queue.telemetry.pending;
      host.publish(devices([...list, printer(0, { id: `mark-${++marks}`, kind: 'ioBoard', counters: {} })]));
      await until((snapshot) => snapshot.queue.telemetry.pending > before);
    },
    dark: (dark: boolean) => cable.cut(dark),
    record: async (data: EntryData) => must(await client.call('record', { data })),
    /** A document of so many pages, printed and settled. */
    async print(operationId: string, pages: number): Promise<void> {
      const inSession = { sessionId: 'session-1', operationId };
      await pair.record({ type: 'operation.intended', ...inSession, kind: 'printDocument', pages });
      await pair.record({ type: 'operation.settled', ...inSession, outcome: 'done', printed: pages, sheets: pages });
    },
    /** The midnight of the hall, then every close compared. */
    async nextDay(days = 1): Promise<Reconciliation> {
      clock.turnOn(days);
      return pair.reconcile();
    },
    /** A technician has everything compared now. */
    async reconcile(): Promise<Reconciliation> {
      const technicianToken = await signIn();
      let state = must(await client.call('reconcile', { technicianToken, now: true }));
      while (state.waiting > 0) {
        await nextSnapshot();
        state = must(await client.call('reconcile', { technicianToken, now: false }));
      }
      return state;
    },
    /** So many closes wait for the link. */
    async closedOffline(waiting: number): Promise<void> {
      const refused = await client.call('reconcile', { technicianToken: await signIn(), now: true });
      if (refused.ok) throw new Error('there was a link');
      await until(({ reconciliation }) => reconciliation?.waiting === waiting);
    },
    /** The journal as it is when the answer to a close never came. */
    forgetAnswer: (number: number) =>
      change(join(config.dataDir, 'journal.db'), 'UPDATE day_close SET answer = NULL WHERE number = ?', number),
    /** Links that the terminal has asked the platform for. */
    probes: () => platform.logLines.filter((line) => line.includes('POST /v1/reconciliation/links')).length,
    cases: async () => (await (await platform.management('reconciliation/cases')).json()) as DifferenceCase[],
    closes: async () =>
      (await (await platform.management('reconciliation/closes')).json()) as {
        close: { number: number; day: string; windows: { stream: string; from: number; to: number }[] };
        statement: string;
        equal: boolean | null;
      }[],
    /** The platform's own file, as somebody with the machine could change it. */
    alter: (sql: string, ...values: (string | number)[]) =>
      change(join(installation.dir, 'data', 'platform.db'), sql, ...values),
    platform,
  };
  return pair;
}

function change(file: string, sql: string, ...values: (string | number)[]): void {
  const db = new Database(file);
  const { changes } = db.prepare(sql).run(...values);
  db.close();
  if (changes !== 1) throw new Error(`${changes} rows changed`);
}
