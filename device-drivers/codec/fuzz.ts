/**
 * Mutated frames for the tests of codecs: real frames with bits turned, bytes put in, taken out and repeated, cut and
 * glued. The same seed gives the same frames.
 */
export function* mutations(seeds: readonly Uint8Array[], count: number, seed: number): Generator<Uint8Array> {
  const random = numbers(seed);
  for (let i = 0; i < count; i++) {
    let bytes = [...seeds[random(seeds.length)]!];
    for (let times = 1 + random(4); times > 0; times--) bytes = mutate(bytes, seeds, random);
    yield Uint8Array.from(bytes);
  }
}

function mutate(bytes: number[], seeds: readonly Uint8Array[], random: (below: number) => number): number[] {
  const at = random(bytes.length + 1);
  switch (random(6)) {
    case 0:
      return bytes.map((byte, i) => (i === at ? byte ^ (1 << random(8)) : byte));
    case 1:
      return bytes.toSpliced(at, 0, random(256));
    case 2:
      return bytes.toSpliced(at, 1 + random(4));
    case 3:
      return bytes.slice(0, at);
    case 4:
      return [...bytes, ...seeds[random(seeds.length)]!].slice(0, 8_192);
    default:
      return bytes.map((byte, i) => (i === at ? random(256) : byte));
  }
}

/** Small and fast (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
