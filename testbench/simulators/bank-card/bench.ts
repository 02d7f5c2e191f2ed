import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BankCardBench, BankCardHands } from '@kiosk/device-drivers/suites/bank-card-reader.suite.ts';
import { type RunningSimulator, spawnSimulator } from '../process.ts';

/** A simulator of any of the readers as the bench of the suite. */
export async function openBankCardBench(
  main: URL,
  driver: BankCardBench['driver'],
  options: { readonly driver: Readonly<Record<string, unknown>>; readonly simulator: object; readonly motor: boolean },
): Promise<BankCardBench & { readonly simulator: RunningSimulator }> {
  const dir = mkdtempSync(join(tmpdir(), 'bank-card-'));
  const simulator = await spawnSimulator(main, { dir, seed: 20261121, ...options.simulator });
  const call = async (method: string, argument?: unknown) => void (await simulator.call(method, argument));
  const hands: BankCardHands = {
    insert: (which) => call('insert', which),
    take: async () => (await simulator.call('take')) === true,
    empty: () => call('empty'),
    fault: (kind, at, times) => call('fault', { kind, at, times }),
    clearFaults: () => call('clearFaults'),
    unplug: () => call('unplug'),
    plug: () => call('plug'),
    state: async () => (await simulator.call('state')) as Awaited<ReturnType<BankCardHands['state']>>,
    ...(options.motor ? { powerLoss: () => call('powerLoss'), fillBin: () => call('fillBin') } : {}),
  };
  return {
    driver,
    port: String(simulator.ready['port']),
    options: options.driver,
    hands,
    simulator,
    async close() {
      await simulator.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Short times, so that waiting for what does not come costs little; what decides between right and wrong keeps its own. */
export const SHORT_TIMES = {
  answerMs: 2_000,
  pollMs: 10,
  heartbeatMs: 200,
  backOffFirstMs: 20,
  backOffMostMs: 100,
} as const;
