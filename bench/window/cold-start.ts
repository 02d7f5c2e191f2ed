import type { Measure } from '../harness/figure.ts';
import { attractDrawn, withKiosk } from './kiosk.ts';

const WARM_UP = 1;
const RUNS = 5;

/**
 * From the start of the Electron process to the attract screen's first frame, the other programs running. Playwright's
 * own start is in it. The program's files are in the page cache.
 */
export const coldStart: Measure = ({ signal }) =>
  withKiosk(async (kiosk) => {
    const runs: number[] = [];
    for (let i = 0; i < WARM_UP + RUNS && !signal.aborted; i++) {
      const began = performance.now();
      const app = await kiosk.open();
      try {
        await attractDrawn(app, signal);
        if (i >= WARM_UP) runs.push((performance.now() - began) / 1000);
      } finally {
        await app.close();
      }
    }
    return { runs, against: { Electron: kiosk.electron } };
  });
