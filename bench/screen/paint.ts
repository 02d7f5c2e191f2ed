import { SAMPLES, VARIANTS, viewOf } from '@kiosk/kiosk-app/renderer/gallery/fixtures.ts';
import { type Measure, type MeasureContext, shared } from '../harness/figure.ts';
import { median, percentile, rounded } from '../harness/statistics.ts';
import { type BuiltScreen, openBuiltScreen } from './built-screen.ts';

/** As fast as a kiosk's small processor beside a server's core. */
const THROTTLE = 4;
const RUNS = 3;
/** Of a keypad or a list, so that a screen full of keys does not outvote the others. */
const TAPS_PER_SCREEN = 6;

interface Round {
  readonly screens: readonly number[];
  readonly taps: readonly number[];
}

/** Every sample of every screen of every flow, each tapped; one walk for both figures. */
const walks = shared(async ({ signal, tell }: MeasureContext) => {
  const screen = await openBuiltScreen(THROTTLE);
  try {
    // Once through without counting: a kiosk has shown every screen before, and its code is compiled.
    await walk(screen, signal);
    const rounds: Round[] = [];
    for (let i = 0; i < RUNS && !signal.aborted; i++) {
      tell(`${SAMPLES.length} screens at ${THROTTLE}× throttle, run ${i + 1} of ${RUNS}`);
      rounds.push(await walk(screen, signal));
    }
    return { rounds, version: screen.version };
  } finally {
    await screen.close();
  }
});

async function walk(screen: BuiltScreen, signal: AbortSignal): Promise<Round> {
  const screens: number[] = [];
  const taps: number[] = [];
  for (const sample of SAMPLES) {
    if (signal.aborted) break;
    screens.push(await screen.show(viewOf(sample, VARIANTS[0]!)));
    const buttons = await screen.page.locator('button:enabled').all();
    for (const button of buttons.slice(0, TAPS_PER_SCREEN)) {
      const box = await button.boundingBox();
      if (box) taps.push(await screen.tap({ x: box.x + box.width / 2, y: box.y + box.height / 2 }));
    }
  }
  return { screens, taps };
}

const figureOf =
  (pick: (round: Round) => readonly number[]): Measure =>
  async (context) => {
    const { rounds, version } = await walks(context);
    const all = rounds.flatMap(pick);
    return {
      runs: rounds.map((round) => percentile(pick(round), 95)),
      against: {
        'p50 ms': rounded(median(all)),
        'slowest ms': rounded(Math.max(...all)),
        'measured a run': pick(rounds[0]!).length,
        'CPU throttle': THROTTLE,
        'Chromium version': version,
      },
    };
  };

export const tapPaint = figureOf(({ taps }) => taps);
export const screenPaint = figureOf(({ screens }) => screens);
