import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pcscMatrix } from '@kiosk/device-drivers/suites/bank-card-pcsc.matrix.ts';
import { cellsOf } from '@kiosk/device-drivers/suites/matrix.ts';
import { SYNTHETIC_CARDS } from '@kiosk/device-drivers/suites/synthetic-card.ts';
import { InMemoryPcsc, recoversPcsc, runPcscCell } from './in-memory.ts';

describe('every fault at every step of a bank card reader behind PC/SC', { timeout: 120_000 }, () => {
  for (const { step, fault, cell } of cellsOf(pcscMatrix)) {
    if ('notApplicable' in cell) continue;
    test(`${pcscMatrix.steps[step]}, ${pcscMatrix.faults[fault]}: ${cell.ends}`, async () => {
      const bench = new InMemoryPcsc();
      try {
        assert.equal(await runPcscCell(bench, step, fault), cell.ends);
        assert.ok(await recoversPcsc(bench), 'no card can be read afterwards');
      } finally {
        await bench.stop();
      }
      for (const card of Object.values(SYNTHETIC_CARDS)) {
        assert.ok(!bench.said.join().includes(card.number.slice(0, -4)), 'a card number stands in the log');
      }
    });
  }
});
