import { commandLine, withDescendants } from '../harness/processes.ts';
import type { Measure } from '../harness/figure.ts';
import { attractDrawn, withKiosk } from './kiosk.ts';

const RUNS = 3;
/** The fifth failure within five minutes puts the kiosk out of service, as it should. */
const KILLS = 4;

/** From kill -9 of every renderer to the attract screen on a new one; a run's value is its worst. */
export const rendererRecovery: Measure = ({ signal, tell }) =>
  withKiosk(async (kiosk) => {
    const worst: number[] = [];
    for (let run = 0; run < RUNS && !signal.aborted; run++) {
      tell(`killing renderers, run ${run + 1} of ${RUNS}`);
      const app = await kiosk.open();
      try {
        await attractDrawn(app, signal);
        const main = app.process().pid!;
        const seconds: number[] = [];
        for (let kill = 0; kill < KILLS; kill++) {
          const began = performance.now();
          for (const renderer of renderersOf(main)) process.kill(renderer, 'SIGKILL');
          await attractDrawn(app, signal);
          seconds.push((performance.now() - began) / 1000);
        }
        worst.push(Math.max(...seconds));
      } finally {
        await app.close();
      }
    }
    return { runs: worst, against: { 'kills a run': KILLS, Electron: kiosk.electron } };
  });

function renderersOf(main: number): number[] {
  return withDescendants(main).filter((pid) => commandLine(pid).includes('--type=renderer'));
}
