import type { NameChange, Survivors } from './disk.ts';
import type { Change } from './image.ts';

/** A number in [0, 1); the same seed gives the same numbers (mulberry32). */
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

/** What a disk writes whole or not at all, in bytes. */
const SECTOR = 512;

/** Nothing that was not synced survives. */
const nothing: Survivors = { name: 'nothing', nameChange: () => false, change: () => [] };
/** The disk was quick: all of it survives. */
const everything: Survivors = { name: 'everything', nameChange: () => true, change: (change) => [change] };
/** The names changed, the contents did not follow. */
const namesOnly: Survivors = { name: 'names only', nameChange: () => true, change: () => [] };
/** The contents are there, the names are the old ones. */
const contentOnly: Survivors = { name: 'content only', nameChange: () => false, change: (change) => [change] };
/** Everything but the last sector of the last write. */
const tornEnd: Survivors = {
  name: 'torn end',
  nameChange: () => true,
  change: (change, index, count) => (index === count - 1 ? torn(change, (i, sectors) => i < sectors - 1) : [change]),
};

/** Everything but one change of a name. */
const withoutName = (lost: number): Survivors => ({
  name: `all but name ${lost}`,
  nameChange: (_change, index) => index !== lost,
  change: (change) => [change],
});

/** Some writes survive, some do not, some in part, in any combination; few in one state and most in another. */
function some(random: () => number, number: number): Survivors {
  const survives = random();
  const tears = random() * 0.5;
  return {
    name: `some ${number}`,
    nameChange: () => random() < survives,
    change(change) {
      if (random() >= survives) return [];
      if (random() >= tears) return [change];
      const kept = random();
      return torn(change, () => random() < kept);
    },
  };
}

/** Sectors are whole or absent; of a longer write any of them may have arrived. */
function torn(change: Change, keep: (sector: number, sectors: number) => boolean): readonly Change[] {
  if (change.op === 'truncate') return [change];
  const { offset, data } = change;
  const first = Math.floor(offset / SECTOR);
  const sectors = Math.ceil((offset + data.length) / SECTOR) - first;
  const pieces: Change[] = [];
  for (let i = 0; i < sectors; i++) {
    if (!keep(i, sectors)) continue;
    const start = Math.max(0, (first + i) * SECTOR - offset);
    pieces.push({
      op: 'write',
      offset: offset + start,
      data: data.subarray(start, (first + i + 1) * SECTOR - offset),
    });
  }
  return pieces;
}

/** More than so many changes of names at once are only drawn, not gone through one by one. */
const MOST_NAMES = 6;

/** The certain ways in which a cut can end, and `randoms` drawn ones. */
export const fates = (
  random: () => number,
  randoms: number,
  openNames: readonly NameChange[],
): readonly Survivors[] => [
  nothing,
  everything,
  namesOnly,
  contentOnly,
  tornEnd,
  ...(openNames.length > 1 ? openNames.map((_, i) => withoutName(i)).slice(-MOST_NAMES) : []),
  ...Array.from({ length: randoms }, (_, i) => some(random, i + 1)),
];
