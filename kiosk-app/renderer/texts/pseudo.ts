/** Marks on letters, and a third more of them: about what a translation needs. */
const MARKED: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'ë',
  i: 'í',
  o: 'ö',
  u: 'ü',
  A: 'Á',
  E: 'É',
  O: 'Ö',
  n: 'ñ',
  c: 'ç',
};

export function marked(text: string): string {
  const letters = [...text].map((letter) => MARKED[letter] ?? letter).join('');
  const more = 'ë'.repeat(Math.ceil((text.match(/[A-Za-z]/g) ?? []).length * 0.3));
  return more === '' ? letters : `${letters}\u00ad${more}`;
}

/** A language's texts with every word of theirs marked; what is not marked on a screen never came from the texts. */
export function pseudo<T>(tree: T): T {
  if (typeof tree === 'string') return marked(tree) as T;
  if (typeof tree === 'function') {
    const say = tree as unknown as (...values: unknown[]) => string;
    return ((...values: unknown[]) => marked(say(...values))) as T;
  }
  if (Array.isArray(tree)) return tree.map((one: unknown) => pseudo(one)) as T;
  return Object.fromEntries(
    Object.entries(tree as object).map(([key, value]: [string, unknown]) => [key, pseudo(value)]),
  ) as T;
}
