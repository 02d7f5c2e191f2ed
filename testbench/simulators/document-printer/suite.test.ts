import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ippDocumentPrinter } from '@kiosk/device-drivers/drivers/document-ipp/driver.ts';
import { documentPrinterFaults } from '@kiosk/device-drivers/suites/document-printer.faults.ts';
import {
  type DocumentPrinterBench,
  documentPrinterSuite,
} from '@kiosk/device-drivers/suites/document-printer.suite.ts';
import { spawnSimulator } from '../process.ts';
import type { PrintedJob } from './simulator.ts';

/** Short, so that what is lost is missed soon. The product asks once a second. */
const OPTIONS = { answerMs: 500, sendMs: 2_000, pollMs: 20, idleMs: 100, lostMs: 1_500, cancelMs: 2_000 };

documentPrinterSuite('A4 printer, simulated', () => openBench(true), true);
documentPrinterSuite('A4 printer without Create-Job, simulated', () => openBench(false), true);
documentPrinterFaults('A4 printer, every fault at every step', () => openBench(true));

async function openBench(createJob: boolean): Promise<DocumentPrinterBench> {
  const dir = mkdtempSync(join(tmpdir(), 'a4-printer-'));
  const simulator = await spawnSimulator(new URL('./main.ts', import.meta.url), {
    dir,
    createJob,
    millisecondsPerPage: 30,
  });
  const call = async (method: string, argument?: unknown) => void (await simulator.call(method, argument));
  return {
    driver: ippDocumentPrinter,
    port: String(simulator.ready['port']),
    options: OPTIONS,
    hands: {
      fault: (fault) => call('fault', fault),
      clearFaults: () => call('clearFaults'),
      loadPaper: (sheets) => call('loadPaper', sheets),
      unplug: () => call('unplug'),
      plug: () => call('plug'),
      forgetJobs: () => call('forgetJobs'),
      jobs: async () => (await simulator.call('jobs')) as PrintedJob[],
    },
    async close() {
      await simulator.stop();
      rmSync(dir, { recursive: true });
    },
  };
}
