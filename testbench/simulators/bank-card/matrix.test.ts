import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { crtDialect } from '@kiosk/device-drivers/drivers/bank-card-crt/driver.ts';
import { ictDialect } from '@kiosk/device-drivers/drivers/bank-card-ict/driver.ts';
import {
  MATRIX_FAULTS,
  MATRIX_STEPS,
  type MatrixFamily,
  type MatrixFault,
  type MatrixStep,
  expectedCell,
} from '@kiosk/device-drivers/suites/bank-card-reader.matrix.ts';
import { SYNTHETIC_CARDS } from '@kiosk/device-drivers/suites/synthetic-card.ts';
import { CRT_FAMILY, CRT_WIRE } from '../bank-card-crt/family.ts';
import { ICT_FAMILY, ICT_WIRE } from '../bank-card-ict/family.ts';
import { InMemoryPcsc, recoversPcsc, runPcscCell } from '../bank-card-pcsc/in-memory.ts';
import { recovers, runCell } from './cell.ts';
import { InMemoryReader } from './in-memory.ts';

const INITIALISE_DATA = Buffer.from('33323430', 'hex');
const OPEN = {
  crt: () => new InMemoryReader(crtDialect(0), CRT_FAMILY, CRT_WIRE, 0),
  ict: () => new InMemoryReader(ictDialect(INITIALISE_DATA), ICT_FAMILY, ICT_WIRE, 5),
} as const;
const FAULTS = Object.keys(MATRIX_FAULTS) as MatrixFault[];

async function motorCell(family: 'crt' | 'ict', step: MatrixStep, fault: MatrixFault) {
  const bench = OPEN[family]();
  try {
    await bench.until('the reader is ready', () => bench.device.status().state === 'ready');
    const ended = await runCell(bench, step, fault);
    return { ended, recovered: await recovers(bench), said: bench.said.join() };
  } finally {
    await bench.stop();
  }
}

async function pcscCell(step: MatrixStep, fault: MatrixFault) {
  const bench = new InMemoryPcsc();
  try {
    const ended = await runPcscCell(bench, step, fault);
    return { ended, recovered: await recoversPcsc(bench), said: bench.said.join() };
  } finally {
    await bench.stop();
  }
}

describe('every fault at every step of every bank card reader', { timeout: 600_000 }, () => {
  let cells = 0;
  let notApplicable = 0;

  for (const family of ['pcsc', 'crt', 'ict'] as const satisfies readonly MatrixFamily[]) {
    for (const fault of FAULTS) {
      test(`${family}: ${MATRIX_FAULTS[fault]}`, async () => {
        for (const step of MATRIX_STEPS) {
          cells++;
          const expected = expectedCell(family, step, fault);
          if (typeof expected !== 'string') {
            assert.ok(expected.notApplicable.length > 10, 'a cell that does not apply needs its reason');
            notApplicable++;
            continue;
          }
          const run = family === 'pcsc' ? pcscCell(step, fault) : motorCell(family, step, fault);
          const { ended, recovered, said } = await run;
          assert.equal(ended, expected, `${fault} at ${step} ends otherwise`);
          assert.ok(recovered, `after ${fault} at ${step} no card can be read`);
          for (const card of Object.values(SYNTHETIC_CARDS)) {
            assert.ok(!said.includes(card.number.slice(0, -4)), 'a card number stands in the log');
          }
        }
      });
    }
  }

  after(() => {
    const share = Math.round((100 * notApplicable) / cells);
    console.log(`fault matrix, bank card readers: ${cells} cells, ${share} % not applicable`);
  });
});
