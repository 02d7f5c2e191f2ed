import { type Cut, cut, soundKey } from './syllables.ts';

/** Something to choose: what is written, and how many of the typed letters it takes. */
export interface Candidate {
  readonly text: string;
  readonly letters: number;
}

export interface Dictionary {
  readonly syllables: ReadonlySet<string>;
  /** Texts by sound, most used first: `zhang` → characters, `jiang zhou` → words. */
  readonly bySound: ReadonlyMap<string, readonly string[]>;
  /** Sounds of the same sound key, in each of which a syllable may be said like another. */
  readonly alike: ReadonlyMap<string, readonly string[]>;
  /** Sounds of words by the first letters of their syllables: `jz` → `jiang zhou`. */
  readonly byInitials: ReadonlyMap<string, readonly string[]>;
}

const keyOf = (sound: string): string => sound.split(' ').map(soundKey).join(' ');

function grouped(sounds: Iterable<string>, key: (sound: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const sound of sounds) {
    const group = groups.get(key(sound));
    if (group) group.push(sound);
    else groups.set(key(sound), [sound]);
  }
  return groups;
}

/** From dictionary.txt: a sound, a tab, then characters in a row or words with spaces between. */
export function readDictionary(text: string): Dictionary {
  const bySound = new Map<string, readonly string[]>();
  for (const line of text.split('\n')) {
    const [sound = '', texts = ''] = line.split('\t');
    if (sound !== '') bySound.set(sound, sound.includes(' ') ? texts.split(' ') : [...texts]);
  }
  const sounds = [...bySound.keys()];
  return {
    bySound,
    syllables: new Set(sounds.filter((sound) => !sound.includes(' '))),
    alike: grouped(sounds, keyOf),
    byInitials: grouped(
      sounds.filter((sound) => sound.includes(' ')),
      (sound) =>
        sound
          .split(' ')
          .map((syllable) => syllable[0])
          .join(''),
    ),
  };
}

/** Letters a candidate takes: the syllables themselves and the apostrophes before and between them. */
function lettersOf(typed: string, plain: number): number {
  let at = 0;
  for (let left = plain; at < typed.length && left > 0; at++) if (typed[at] !== "'") left--;
  while (typed[at] === "'") at++;
  return at;
}

/** Exactly as typed first, then what sounds alike. */
function textsOf(dictionary: Dictionary, syllables: readonly string[]): string[] {
  const sound = syllables.join(' ');
  const like = (dictionary.alike.get(keyOf(sound)) ?? []).filter((other) => other !== sound);
  return [sound, ...like].flatMap((one) => dictionary.bySound.get(one) ?? []);
}

/** Characters of the syllables that begin with what is typed: `zh` offers 张 before 猪. */
function unfinished(dictionary: Dictionary, start: string): string[] {
  const sounds = [...dictionary.syllables].filter((syllable) => syllable.startsWith(start));
  const rows = sounds.map((sound) => dictionary.bySound.get(sound) ?? []);
  return [0, 1, 2, 3].flatMap((rank) => rows.flatMap((row) => row.slice(rank, rank + 1)));
}

/**
 * What the typed letters may mean, best first, each text once: words of all syllables, words of their first letters, the
 * characters of the first syllable. `most` of them.
 */
export function candidates(dictionary: Dictionary, typed: string, most: number): Candidate[] {
  const letters = typed.toLowerCase().replaceAll('ü', 'v');
  if (letters.replaceAll("'", '') === '') return [];
  const cuts = cut(letters, dictionary.syllables);
  const found = new Map<string, Candidate>();
  const offer = (texts: readonly string[], plain: number): void => {
    for (const text of texts) {
      if (found.size >= most) return;
      if (!found.has(text)) found.set(text, { text, letters: lettersOf(letters, plain) });
    }
  };
  for (const one of cuts) {
    for (let count = one.whole.length; count > 1; count--) {
      const taken = one.whole.slice(0, count);
      offer(textsOf(dictionary, taken), taken.join('').length);
    }
  }
  offer(initials(dictionary, letters), letters.replaceAll("'", '').length);
  const firsts = new Set(cuts.flatMap(({ whole }) => whole.slice(0, 1)));
  for (const first of firsts) offer(textsOf(dictionary, [first]), first.length);
  const [start] = cuts;
  if (start && start.whole.length === 0) offer(unfinished(dictionary, start.rest), start.rest.length);
  return [...found.values()];
}

function initials(dictionary: Dictionary, letters: string): string[] {
  const plain = letters.replaceAll("'", '');
  if (plain.length < 2 || plain.length > 4) return [];
  return (dictionary.byInitials.get(plain) ?? []).flatMap((sound) => dictionary.bySound.get(sound) ?? []);
}

export type { Cut };
