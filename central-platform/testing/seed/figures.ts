import { addDays, shanghaiDate } from '@kiosk/domain/dates.ts';
import { hourOf } from '../../management/figures/fold.ts';
import type { FigureCount } from '../../store/figures-store.ts';
import type { Store } from '../../store/store.ts';
import type { Random } from './random.ts';

const DAYS = 35;
/** How a day runs, 8 to 18 o'clock. */
const HOURS: readonly (readonly [hour: number, share: number])[] = [
  ...([
    [8, 0.05],
    [9, 0.16],
    [10, 0.18],
    [11, 0.12],
    [12, 0.06],
    [13, 0.08],
  ] as const),
  ...([
    [14, 0.14],
    [15, 0.11],
    [16, 0.07],
    [17, 0.03],
  ] as const),
];
const ITEMS = [
  ['P01', 0.34],
  ['Q01', 0.3],
  ['Q02', 0.2],
  ['B08', 0.08],
  ['S01', 0.05],
] as const;
const TOPICS = ['deposit', 'withdrawal', 'loan', 'staff', 'machine', 'other'] as const;
const LEFT = ['ended', 'idle', 'lost', 'failed'] as const;
const FAILURES = ['E4102 print', 'E1105 card', 'E3101 statement', 'E1201 code'] as const;

/** Five weeks of use of every terminal, summed as the counter would have, and the calls of the other channels. */
export async function seedFigures(
  store: Store,
  now: number,
  terminals: readonly string[],
  random: Random,
): Promise<void> {
  const today = shanghaiDate(now);
  const all: FigureCount[] = [];
  for (let back = DAYS; back >= 0; back--) {
    const day = addDays(today, -back);
    const weekend = [0, 6].includes(new Date(`${day}T12:00:00+08:00`).getUTCDay());
    const rows: FigureCount[] = [];
    // Terminals are summed into one row a branch by their first: a picture needs no more.
    for (const terminalId of terminals.slice(0, 4)) {
      const visits = random.between(60, 110) * (weekend ? 0.35 : 1);
      for (const [hour, share] of HOURS) {
        if (back === 0 && hour > hourOf(now)) continue;
        rows.push(...hourRows(day, hour, terminalId, Math.round(visits * share * (0.8 + random.next() * 0.4)), random));
      }
    }
    all.push(...rows);
    for (const [code, most] of [
      ['10', 900],
      ['20', 700],
      ['30', 260],
      ['40', 420],
      ['60', 180],
    ] as const) {
      const calls = Math.round(most * (weekend ? 0.6 : 1) * (0.8 + random.next() * 0.4));
      await store.channels.use(code, day, 'calls', calls, Number.MAX_SAFE_INTEGER);
    }
    const steps = [
      ['account', 18],
      ['statement', 21],
      ['sendCode', 16],
      ['details', 19],
    ] as const;
    await store.figures.addTimings(
      steps.flatMap(([step, middle]) =>
        [-2, -1, 0, 1, 2, 4].map((off) => ({
          day,
          step,
          bucket: middle + off,
          amount: Math.max(1, 40 - 9 * Math.abs(off)),
        })),
      ),
    );
  }
  await store.figures.add(all);
}

function hourRows(day: string, hour: number, terminalId: string, visits: number, random: Random): FigureCount[] {
  if (visits === 0) return [];
  const row = (name: string, label: string, amount: number) => ({
    ...{ day, hour, channelId: '50', terminalId, name, label, amount: Math.round(amount) },
  });
  const finished = Math.round(visits * (0.86 + random.next() * 0.08));
  const prints = visits * 0.34;
  const rows = [
    ...[row('session', '', visits), row('closed', 'finished', finished)],
    row('closed', random.of(LEFT), visits - finished),
    ...ITEMS.flatMap(([item, share]) => [
      row('item.used', item, visits * share),
      row('item.done', item, visits * share * (item === 'P01' ? 0.96 : 1)),
    ]),
    ...[row('print', 'intended', prints), row('print', 'done', prints * 0.97), row('print', 'failed', prints * 0.03)],
    ...[row('rating', 'satisfied', visits * 0.22), row('rating', 'fair', visits * 0.05)],
    ...[row('rating', 'dissatisfied', random.next() < 0.2 ? 1 : 0), row('request', '', visits * 0.13)],
    ...[
      row('topic', random.of(TOPICS), visits * 0.05),
      row('failure', random.of(FAILURES), random.next() < 0.15 ? 1 : 0),
    ],
    ...[row('identity', 'ok', visits * 0.8), row('identity', 'failed', visits * 0.04)],
  ];
  return rows.filter(({ amount }) => amount > 0);
}
