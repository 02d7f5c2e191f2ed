import { SAMPLES, VARIANTS, viewOf } from '@kiosk/kiosk-app/renderer/gallery/fixtures.ts';
import { type Measure, type MeasureContext, shared } from '../harness/figure.ts';
import { median, percentile, rounded } from '../harness/statistics.ts';
import { type BuiltScreen, openBuiltScreen } from './built-screen.ts';

/** As fast as a kiosk's small processor beside a server's core. */
const THROTTLE = 4;
const RUNS = 3;
/** Of a keypad or a list, so that a screen full of keys does not outvote the others: the first, one in the middle, the last. */
const TAPS_PER_SCREEN = 3;
/** What stands between two screens while something is asked: each screen comes anew, and nothing of a tap is left over. */
const BETWEEN = SAMPLES.find(({ name }) => name === 'working')!;

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
  const comes = async (sample: (typeof SAMPLES)[number]): Promise<number> => {
    await screen.show(viewOf(BETWEEN, VARIANTS[0]!));
    return screen.show(viewOf(sample, VARIANTS[0]!));
  };
  for (const sample of SAMPLES) {
    if (signal.aborted) break;
    screens.push(await comes(sample));
    const places = await screen.buttons();
    const middle = Math.floor(places.length / 2);
    const wanted = new Set([0, middle, places.length - 1].slice(0, TAPS_PER_SCREEN).map((at) => places[at]));
    for (const place of [...wanted].filter((one) => one !== undefined)) {
      taps.push(await screen.tap(place));
      await comes(sample);
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
