import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialCodeScanner } from '@kiosk/device-drivers/drivers/code-scanner-serial/driver.ts';
import { type ScannerBench, codeScannerSuite } from '@kiosk/device-drivers/suites/code-scanner.suite.ts';
import { spawnSimulator } from '../process.ts';
import { badBarcodes, badText } from './corpus.ts';
import { HEARTBEAT, TRIGGER } from './commands.ts';

const FAULTS: Readonly<Record<string, { kind: string; times?: number }>> = {
  silentOnce: { kind: 'silent', times: 1 },
  silent: { kind: 'silent' },
};

codeScannerSuite('code scanner, simulated on a pseudo-terminal', openBench, true);

async function openBench(): Promise<ScannerBench> {
  const dir = mkdtempSync(join(tmpdir(), 'code-scanner-'));
  const main = new URL('./main.ts', import.meta.url);
  const simulator = await spawnSimulator(main, { dir, seed: 20261121, slowMs: 520 });
  const call = async (method: string, argument?: unknown) => void (await simulator.call(method, argument));
  const listeners = new Set<() => void>();
  simulator.on('asked', () => listeners.forEach((listener) => listener()));
  return {
    driver: serialCodeScanner,
    port: String(simulator.ready['port']),
    options: {
      heartbeat: HEARTBEAT,
      trigger: TRIGGER,
      answerMs: 450,
      heartbeatMs: 150,
      gapMs: 100,
      backOffFirstMs: 60,
      backOffMostMs: 250,
    },
    hands: {
      show: (code, end) => call('show', { codeHex: Buffer.from(code).toString('hex'), end }),
      fault: (kind) => (kind === 'unplug' ? call(kind) : call('fault', FAULTS[kind] ?? { kind, times: 1 })),
      clearFaults: () => call('clearFaults'),
      unplug: () => call('unplug'),
      plug: () => call('plug'),
      asked: (times) =>
        new Promise((resolve) => {
          let left = times;
          const listener = () => {
            if (--left > 0) return;
            listeners.delete(listener);
            resolve();
          };
          listeners.add(listener);
        }),
    },
    hostile: [...badBarcodes, ...badText],
    async close() {
      await simulator.stop();
      rmSync(dir, { recursive: true });
    },
  };
}
