import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { crtDialect } from '@kiosk/device-drivers/drivers/bank-card-crt/driver.ts';
import { ictDialect } from '@kiosk/device-drivers/drivers/bank-card-ict/driver.ts';
import {
  MATRIX_FAMILIES,
  MATRIX_FAULTS,
  MATRIX_STEPS,
  type MatrixFamily,
  type MatrixFault,
  type MatrixStep,
  expectedCell,
} from '@kiosk/device-drivers/suites/bank-card-motor.matrix.ts';
import { SYNTHETIC_CARDS } from '@kiosk/device-drivers/suites/synthetic-card.ts';
import { CRT_FAMILY, CRT_WIRE } from '../bank-card-crt/family.ts';
import { ICT_FAMILY, ICT_WIRE } from '../bank-card-ict/family.ts';
import { recovers, runCell } from './cell.ts';
import { InMemoryReader } from './in-memory.ts';

const INITIALISE_DATA = Buffer.from('33323430', 'hex');
const OPEN = {
  crt: () => new InMemoryReader(crtDialect(0), CRT_FAMILY, CRT_WIRE, 0),
  ict: () => new InMemoryReader(ictDialect(INITIALISE_DATA), ICT_FAMILY, ICT_WIRE, 5),
} as const;
const FAULTS = Object.keys(MATRIX_FAULTS) as MatrixFault[];

async function cellOf(family: MatrixFamily, step: MatrixStep, fault: MatrixFault) {
  const bench = OPEN[family]();
  try {
    await bench.until('the reader is ready', () => bench.device.status().state === 'ready');
    const ended = await runCell(bench, step, fault);
    return { ended, recovered: await recovers(bench), said: bench.said.join() };
  } finally {
    await bench.stop();
  }
}

describe('every fault at every step of every motorised bank card reader', { timeout: 600_000 }, () => {
  let cells = 0;
  let notApplicable = 0;

  for (const family of MATRIX_FAMILIES) {
    for (const fault of FAULTS) {
      test(`${family}: ${MATRIX_FAULTS[fault]}`, async () => {
        for (const step of MATRIX_STEPS[family]) {
          cells++;
          const expected = expectedCell(family, step, fault);
          if (typeof expected !== 'string') {
            assert.ok(expected.notApplicable.length > 10, 'a cell that does not apply needs its reason');
            notApplicable++;
            continue;
          }
          const { ended, recovered, said } = await cellOf(family, step, fault);
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
    console.log(`fault matrix, motorised bank card readers: ${cells} cells, ${share} % not applicable`);
  });
});
