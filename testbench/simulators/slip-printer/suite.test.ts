import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { escposSlipPrinter } from '@kiosk/device-drivers/drivers/slip-escpos/driver.ts';
import { slipPrinterFaults } from '@kiosk/device-drivers/suites/slip-printer.faults.ts';
import { type SlipPrinterBench, slipPrinterSuite } from '@kiosk/device-drivers/suites/slip-printer.suite.ts';
import { spawnSimulator } from '../process.ts';
import type { CutSlip } from './simulator.ts';

/** Short, so that what is lost is missed soon. */
const OPTIONS = { answerMs: 400, heartbeatMs: 200, reconnectMs: [50, 200], printMs: 2_500 };

slipPrinterSuite('slip printer, simulated on TCP', () => openBench('port'), true);
slipPrinterSuite('slip printer, simulated on a pseudo-terminal', () => openBench('serial'), true);
slipPrinterFaults('slip printer, every fault at every step', () => openBench('port'));

async function openBench(cable: 'port' | 'serial'): Promise<SlipPrinterBench> {
  const dir = mkdtempSync(join(tmpdir(), 'slip-printer-'));
  const serial = cable === 'serial' ? { serialLink: join(dir, 'slip-printer') } : {};
  const simulator = await spawnSimulator(new URL('./main.ts', import.meta.url), serial);
  const news = new EventEmitter();
  for (const event of ['begun', 'asked']) simulator.on(event, () => news.emit(event));
  const heard = async (event: string, times = 1) => {
    for (let left = times; left > 0; left--) await once(news, event);
  };
  return {
    driver: escposSlipPrinter,
    port: String(simulator.ready[cable]),
    options: OPTIONS,
    hands: {
      fault: async (fault) => void (await simulator.call('fault', fault)),
      clearFaults: async () => void (await simulator.call('clearFaults')),
      unplug: async () => void (await simulator.call('unplug')),
      plug: async () => void (await simulator.call('plug')),
      slips: async () => ((await simulator.call('slips')) as CutSlip[]).map(({ text }) => text),
      begun: () => heard('begun'),
      asked: (times) => heard('asked', times),
      unknownCommands: async () => (await simulator.call('unknownCommands')) as string[],
    },
    async close() {
      await simulator.stop();
      rmSync(dir, { recursive: true });
    },
  };
}
