/**
 * Letters as they are typed, cut into syllables. `v` stands for ü. The last part may be unfinished (`zh`, `jia`), and an
 * apostrophe cuts where two readings are possible (`xi'an`).
 */
export interface Cut {
  /** Whole syllables from the left. */
  readonly whole: readonly string[];
  /** What is left and may still become a syllable; empty: nothing. */
  readonly rest: string;
}

/** What is said alike in much of the country, each way: either letter finds the other's characters. */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/^zh/, 'z'],
  [/^ch/, 'c'],
  [/^sh/, 's'],
  [/^l/, 'n'],
  [/ang$/, 'an'],
  [/eng$/, 'en'],
  [/ing$/, 'in'],
];

/** Two syllables that sound alike to a speaker of another region have the same sound key. */
export function soundKey(syllable: string): string {
  return ALIKE.reduce((key, [from, to]) => key.replace(from, to), syllable);
}

/**
 * All ways to read the letters as syllables of `known`, the one with the fewest and longest first; at most `most`. Letters that no
 * syllable begins with stay in `rest`.
 */
export function cut(letters: string, known: ReadonlySet<string>, most = 4): readonly Cut[] {
  const LONGEST = 6;
  const found: Cut[] = [];
  const step = (at: number, whole: readonly string[]): void => {
    if (found.length >= most * 4) return;
    if (letters[at] === "'") return step(at + 1, whole);
    let went = false;
    for (let length = Math.min(LONGEST, letters.length - at); length > 0; length--) {
      const part = letters.slice(at, at + length);
      if (!known.has(part)) continue;
      went = true;
      step(at + length, [...whole, part]);
    }
    const rest = letters.slice(at);
    const mayGrow = rest === '' || [...known].some((syllable) => syllable.startsWith(rest));
    if (mayGrow || !went) found.push({ whole, rest });
  };
  step(0, []);
  const size = ({ whole, rest }: Cut) => whole.length + (rest === '' ? 0 : 1.5);
  const grows = ({ rest }: Cut) => rest === '' || [...known].some((syllable) => syllable.startsWith(rest));
  const good = found.filter(grows);
  return (good.length > 0 ? good : found).sort((a, b) => size(a) - size(b)).slice(0, most);
}
