import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { newId } from '@kiosk/contract/kernel/ids.ts';
import { ippDocumentPrinter } from '@kiosk/device-drivers/drivers/document-ipp/driver.ts';
import type { DocumentPrinterDevice, PrintProgress } from '@kiosk/device-drivers/drivers/driver.ts';
import { blankPdf } from '@kiosk/device-drivers/suites/blank-pdf.ts';
import { spawnSimulator } from '../process.ts';
import type { DocumentPrinterFault, DocumentPrinterOptions, PrintedJob } from './simulator.ts';

const never = new AbortController().signal;

interface Bench {
  readonly printer: DocumentPrinterDevice;
  jobs(): Promise<readonly PrintedJob[]>;
  /** Sheets of paper, as the driver counts them. */
  sheets(): number;
  /** Sheets that the printer drew from its tray. */
  drawn(): Promise<number>;
  fault(fault: DocumentPrinterFault): Promise<unknown>;
}

const TRAY = 100;

async function withPrinter(
  can: Pick<DocumentPrinterOptions, 'pdf' | 'duplex' | 'counts'>,
  machine: { readonly sides?: string },
  use: (bench: Bench) => Promise<void>,
): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'a4-capabilities-'));
  const simulator = await spawnSimulator(new URL('./main.ts', import.meta.url), {
    dir,
    millisecondsPerPage: 5,
    sheets: TRAY,
    ...can,
  });
  let sheets = 0;
  const created = ippDocumentPrinter.create(
    { id: 'under-test', driver: 'ipp', port: String(simulator.ready['port']), options: { pollMs: 20, ...machine } },
    {
      clock: systemClock,
      log: () => {},
      onStatus: () => {},
      onEvent: (event) => {
        if (event.type === 'counted' && event.counter === 'sheets') sheets += event.by;
      },
    },
  );
  assert.ok(created.ok, 'the driver refused its configuration');
  try {
    await use({
      printer: created.value,
      jobs: async () => (await simulator.call('jobs')) as PrintedJob[],
      sheets: () => sheets,
      drawn: async () => TRAY - ((await simulator.call('sheets')) as number),
      fault: (fault) => simulator.call('fault', fault),
    });
  } finally {
    await created.value.stop();
    await simulator.stop();
    rmSync(dir, { recursive: true });
  }
}

const print = (printer: DocumentPrinterDevice, pages = 2, onProgress: (step: PrintProgress) => void = () => {}) => {
  const deadline = new AbortController();
  return printer.print(
    { operationId: newId(), pdf: blankPdf(pages), pages, jobName: 'test page' },
    {
      signal: deadline.signal,
      onJob: () => {},
      onProgress(step) {
        onProgress(step);
        // Nobody comes to clear it.
        if (step.stoppedBy) deadline.abort('E9002');
      },
    },
  );
};
const failures = async (printer: DocumentPrinterDevice) =>
  (await printer.selfTest({ signal: never })).flatMap(({ name, passed, code }) => (passed ? [] : [[name, code]]));

test('a machine that says nothing of sides prints on one', () =>
  withPrinter({}, {}, async ({ printer, jobs }) => {
    assert.deepEqual(await print(printer), { ok: true, value: { outcome: 'done', printed: 2, sheets: 2 } });
    assert.equal((await jobs())[0]?.sides, 'one-sided');
  }));

test('a machine that wants both sides, and a printer that can', () =>
  withPrinter({}, { sides: 'two-sided-long-edge' }, async ({ printer, jobs }) => {
    assert.deepEqual(await failures(printer), []);
    assert.deepEqual(await print(printer), { ok: true, value: { outcome: 'done', printed: 2, sheets: 1 } });
    assert.equal((await jobs())[0]?.sides, 'two-sided-long-edge');
  }));

test('a machine that wants both sides, and a printer that cannot: the self-test says so, pages come on one', () =>
  withPrinter({ duplex: false }, { sides: 'two-sided-long-edge' }, async ({ printer, jobs }) => {
    assert.deepEqual(await failures(printer), [['sides', 'E4113']]);
    assert.deepEqual(await print(printer), { ok: true, value: { outcome: 'done', printed: 2, sheets: 2 } });
    assert.equal((await jobs())[0]?.sides, 'one-sided');
  }));

const IMPRESSIONS = 'job-impressions-completed';
const SHEETS = 'job-media-sheets-completed';
const BOTH_SIDES = { sides: 'two-sided-long-edge' };

for (const [told, counts] of [
  ['sides and sheets', [IMPRESSIONS, SHEETS]],
  ['sides only', [IMPRESSIONS]],
  ['sheets only', [SHEETS]],
  ['nothing', []],
] as const) {
  test(`five pages on both sides are three sheets, at a printer that counts ${told}`, () =>
    withPrinter({ counts }, BOTH_SIDES, async ({ printer, sheets, drawn }) => {
      assert.deepEqual(await print(printer, 5), { ok: true, value: { outcome: 'done', printed: 5, sheets: 3 } });
      assert.deepEqual([sheets(), await drawn()], [3, 3], 'sheets as the driver counts them, and those that are gone');
    }));

  const counted = counts.length > 0;
  const said = counted ? 'failed, with two sheets and four pages' : 'nobody can say what is out';
  test(`it jams at the fifth page of six, at a printer that counts ${told}: ${said}`, () =>
    withPrinter({ counts }, BOTH_SIDES, async ({ printer, sheets, drawn, fault }) => {
      await fault({ kind: 'jamAtPage', page: 5 });
      const result = await print(printer, 6);
      const value = counted
        ? { outcome: 'failed', code: 'E4103', printed: 4, sheets: 2 }
        : { outcome: 'unknown', code: 'E4107', printed: 0, sheets: 0 };
      assert.deepEqual(result, { ok: true, value });
      assert.deepEqual([sheets(), await drawn()], [counted ? 2 : 0, 2]);
    }));
}

test('a printer that cannot print on both sides draws a sheet for every page', () =>
  withPrinter({ duplex: false }, BOTH_SIDES, async ({ printer, sheets, drawn }) => {
    await print(printer, 3);
    assert.deepEqual([sheets(), await drawn()], [3, 3]);
  }));

test('a printer that takes raster only is told at the self-test, and is sent nothing', () =>
  withPrinter({ pdf: false }, {}, async ({ printer, jobs }) => {
    const steps = await printer.selfTest({ signal: never });
    const failed = steps.filter(({ passed }) => !passed);
    assert.deepEqual(
      failed.map(({ name, code }) => [name, code]),
      [['pdf', 'E4112']],
    );
    assert.match(failed[0]?.detail ?? '', /image\/pwg-raster image\/urf/, 'what it takes instead');
    const result = await print(printer);
    assert.equal(!result.ok && result.error.code, 'E4112');
    assert.deepEqual(await jobs(), []);
  }));

test('supplies: one that tells its percentage, and one that only says that some is left', () =>
  withPrinter({}, {}, async ({ printer }) => {
    await print(printer);
    assert.deepEqual(printer.status().supplies, [
      { kind: 'paper', level: 'full' },
      { kind: 'toner', name: 'Black', level: 'full', percent: 62 },
      { kind: 'other', name: 'Waste', level: 'full' },
    ]);
  }));

test('sides that IPP does not know are refused with the machine file', () => {
  const created = ippDocumentPrinter.create(
    { id: 'a4', driver: 'ipp', port: 'ipp://127.0.0.1:1/ipp/print', options: { sides: 'both' } },
    { clock: systemClock, log: () => {}, onStatus: () => {}, onEvent: () => {} },
  );
  assert.equal(!created.ok && created.error.code, 'E8101');
});
