import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modbusIoBoard } from '@kiosk/device-drivers/drivers/io-board-modbus/driver.ts';
import { type BoardBench, ioBoardSuite } from '@kiosk/device-drivers/suites/io-board.suite.ts';
import { spawnSimulator } from '../process.ts';

const FAULTS: Readonly<Record<string, { kind: string; times?: number }>> = {
  silentOnce: { kind: 'silent', times: 1 },
  silent: { kind: 'silent' },
  refuseOnce: { kind: 'refuse', times: 1 },
  refuse: { kind: 'refuse' },
};
const VALUES = { off: 0, on: 1, slow: 2, fast: 3 };

ioBoardSuite('I/O board, simulated on a pseudo-terminal', openBench, true);

async function openBench(): Promise<BoardBench> {
  const dir = mkdtempSync(join(tmpdir(), 'io-board-'));
  const main = new URL('./main.ts', import.meta.url);
  const simulator = await spawnSimulator(main, { dir, seed: 20261121, slowMs: 520 });
  const call = async (method: string, argument?: unknown) => void (await simulator.call(method, argument));
  const listeners = new Set<() => void>();
  simulator.on('asked', () => listeners.forEach((listener) => listener()));
  const asked = (times: number) =>
    new Promise<void>((resolve) => {
      let left = times;
      const listener = () => {
        if (--left > 0) return;
        listeners.delete(listener);
        resolve();
      };
      listeners.add(listener);
    });
  return {
    driver: modbusIoBoard,
    port: String(simulator.ready['port']),
    options: {
      pollMs: 25,
      verifyMs: 150,
      answerMs: 450,
      backOffFirstMs: 60,
      backOffMostMs: 250,
      map: {
        inputs: {
          doorOpen: { address: 0, debounceMs: 40 },
          tampered: { address: 1, debounceMs: 0 },
          personPresent: { address: 2, debounceMs: 60 },
        },
        sounder: { soundMs: 150 },
      },
    },
    hands: {
      set: (inputs) => call('set', inputs),
      async shows(output, light) {
        for (;;) {
          const next = asked(1);
          const shown = (await simulator.call('outputs')) as Record<string, number>;
          if (shown[output] === VALUES[light]) return;
          await next;
        }
      },
      fault: (kind) =>
        kind === 'unplug' || kind === 'forget' ? call(kind) : call('fault', FAULTS[kind] ?? { kind, times: 1 }),
      clearFaults: () => call('clearFaults'),
      unplug: () => call('unplug'),
      plug: () => call('plug'),
      asked,
    },
    async close() {
      await simulator.stop();
      rmSync(dir, { recursive: true });
    },
  };
}
