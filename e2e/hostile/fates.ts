/** What the network does to one exchange. */
export const FATES = {
  pass: 52,
  /** Never arrives; the connection is cut. */
  loseRequest: 6,
  /** Half of it arrives. */
  cutRequest: 3,
  /** Arrives and is carried out; the answer never comes. */
  loseAnswer: 8,
  /** Arrives twice, one after the other. */
  twice: 4,
  /** Arrives twice at the same moment, over two connections. */
  twiceAtOnce: 3,
  /** An old request of this stream arrives once more. */
  replay: 4,
  /** Arrives after a later one; the sender hears nothing. */
  late: 4,
  /** The answer to an older request comes instead of this one's. */
  staleAnswer: 3,
  /** Half-open: it arrives or not, and the line stays silent until the sender gives up. */
  silent: 2,
  /** The answer comes in small pieces. */
  slow: 3,
  /** A gateway answers instead of the platform, before or after it was asked. */
  gatewayError: 4,
  /** An answer that is none: a page, JSON of another shape, half a receipt, bytes that are no HTTP. */
  garbage: 3,
  /** A gateway lets through less than was sent. */
  tooLarge: 1,
} as const;
export type Fate = keyof typeof FATES;

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The chance that goes with one exchange: depends on the seed, the path and how often it was asked, on nothing else. */
export function chanceOf(seed: number, path: string, nth: number): () => number {
  let hash = seed ^ Math.imul(nth, 0x9e3779b1);
  for (const letter of path) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return seeded(hash);
}

const TOTAL = Object.values(FATES).reduce((sum, weight) => sum + weight, 0);

export function drawFate(random: () => number): Fate {
  let left = random() * TOTAL;
  for (const [fate, weight] of Object.entries(FATES)) {
    left -= weight;
    if (left < 0) return fate as Fate;
  }
  return 'pass';
}
