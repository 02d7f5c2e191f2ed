import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import {
  type FleetPlatform,
  type PlatformOptions,
  openFleetStore,
  preparePlatform,
  startFleetPlatform,
} from '@kiosk/bench/fleet/platform.ts';
import type { Address } from '@kiosk/bench/fleet/simulator/connection.ts';
import { type FleetCredentials, fleetCredentials } from '@kiosk/bench/fleet/simulator/credentials.ts';
import { Fleet } from '@kiosk/bench/fleet/simulator/fleet.ts';
import { LeapClock } from '@kiosk/bench/fleet/simulator/leap-clock.ts';
import { Lines } from '@kiosk/bench/fleet/simulator/lines.ts';
import type { TerminalRules } from '@kiosk/bench/fleet/simulator/machine.ts';
import { loadConfig } from '@kiosk/central-platform/config.ts';
import { keySigner } from '@kiosk/central-platform/downlink/signer.ts';
import { startPlatform } from '@kiosk/central-platform/platform.ts';
import type { Store } from '@kiosk/central-platform/store/store.ts';
import { type Clock, systemClock } from '@kiosk/contract/kernel/clock.ts';

export const TERMINALS = 100;
/** Entries in each of the three streams of a terminal. */
export const ENTRIES = 6;
const SEED = 20_261_122;
/** Real time, for a machine that is much slower than ours. */
const LINE_DEADLINE_MS = 60_000;
const RULES: TerminalRules = { heartbeatMs: 30_000, batch: 3, jitter: true, heedsRetryAfter: true };

export interface Storm {
  readonly fleet: Fleet;
  readonly lines: Lines;
  openStore(): Promise<Store>;
}

export interface Weather {
  readonly rules?: Partial<TerminalRules>;
  readonly limits?: PlatformOptions['limits'];
  readonly databaseUrl?: string | undefined;
}

/** A platform that is a program of its own and can be killed, and a fleet that has not begun; both by the machine's clock. */
export async function brewOutside(t: TestContext, weather: Weather = {}): Promise<Storm & { platform: FleetPlatform }> {
  const options = await optionsOf(t, weather);
  const platform = await startFleetPlatform(options);
  t.after(() => platform.stop());
  const storm = fleetFor(t, options, platform.address(0), weather, systemClock);
  return { ...storm, platform };
}

/** The same in this process, by a clock that only goes on when everybody waits. */
export async function brewInside(t: TestContext, weather: Weather = {}): Promise<Storm> {
  const options = await optionsOf(t, weather);
  const clock = new LeapClock();
  const config = loadConfig(await preparePlatform(options, 0));
  if (!config.ok) throw new Error(config.error.detail);
  const signer = keySigner(readFileSync(config.value.configurationKeyFile, 'utf8'));
  const started = await startPlatform(config.value, { clock, signer, log: () => undefined });
  if (!started.ok) throw new Error(`${started.error.code} ${started.error.detail}`);
  t.after(() => started.value.close());
  const address = { port: Number(new URL(started.value.terminalUrl).port), ca: options.credentials.ca };
  const storm: Storm = fleetFor(t, options, address, weather, clock, () => clock.leap(() => storm.fleet.asking > 0));
  return storm;
}

let credentials: Promise<FleetCredentials> | undefined;

async function optionsOf(t: TestContext, { limits, databaseUrl }: Weather): Promise<PlatformOptions> {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const known = await (credentials ??= fleetCredentials(TERMINALS, join(folder, 'certificates')));
  return { folder, credentials: known, databaseUrl, ...(limits === undefined ? {} : { limits }) };
}

function fleetFor(
  t: TestContext,
  options: PlatformOptions,
  address: Address,
  weather: Weather,
  clock: Clock,
  onAllWaiting: () => void = () => undefined,
): Storm {
  const { members } = options.credentials;
  const lines = new Lines({
    address: () => address,
    identity: (n) => members[n]!.identity,
    most: 100,
    deadlineMs: LINE_DEADLINE_MS,
    resume: true,
  });
  const rules = { ...RULES, ...weather.rules };
  const streams = ['business', 'audit', 'telemetry'] as const;
  const fleet = new Fleet({ members, streams, seed: SEED, rules, clock, lines, onAllWaiting });
  for (const { journals } of fleet.machines) for (const journal of journals.values()) journal.write(ENTRIES);
  t.after(async () => {
    await fleet.stop();
    lines.hangUp();
  });
  return { fleet, lines, openStore: () => openFleetStore(options) };
}

/** Resolves when so many requests have been answered. */
export function afterAnswers({ fleet }: Storm, count: number): Promise<void> {
  return new Promise((resolve) => fleet.report.whenAnswered(count, resolve));
}
