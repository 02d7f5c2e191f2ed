/**
 * What a text is made of for a search without a dictionary: Latin words whole, Chinese as pairs of neighbouring characters (and single
 * ones where a run has only one). Full-width forms are folded.
 */
export function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  for (const [run] of text
    .normalize('NFKC')
    .toLowerCase()
    .matchAll(/[a-z0-9]+|\p{Script=Han}+/gu)) {
    if (/[a-z0-9]/.test(run)) {
      tokens.push(run.length > 3 ? run.replace(/(ies|es|s|ing|ed)$/, '') : run);
      continue;
    }
    const characters = [...run];
    if (characters.length === 1) tokens.push(run);
    for (let i = 0; i + 1 < characters.length; i++) tokens.push(characters[i]! + characters[i + 1]!);
  }
  return tokens;
}

/** Words that make a question of something and say nothing of what it is about. */
const ASKING =
  /怎么办|怎么样|怎么|如何|什么|哪里|哪些|多少|请问|可不可以|可以|能不能|是不是|吗|呢|了|的|我|\b(how|what|where|when|why|do|does|can|may|i|my|me|a|an|the|to|of|is|are)\b/giu;

export interface Ranked<T> {
  readonly value: T;
  readonly score: number;
  /** Share of the question's tokens it has, weighed by how rare they are. */
  readonly covered: number;
}

const K1 = 1.2;
const B = 0.75;

export interface Weighed<T> {
  readonly value: T;
  /** Parts of the text with their weight: a title says more than a body. */
  readonly parts: readonly { readonly text: string; readonly weight: number }[];
}

/** BM25 over weighed parts (Robertson and Zaragoza, 2009: k1 1.2, b 0.75). Best first; those with nothing in common are left out. */
export function rank<T>(question: string, documents: readonly Weighed<T>[]): readonly Ranked<T>[] {
  const wanted = [...new Set(tokensOf(question.replace(ASKING, ' ')))];
  if (wanted.length === 0 || documents.length === 0) return [];
  const counted = documents.map(({ value, parts }) => {
    const counts = new Map<string, number>();
    let length = 0;
    for (const { text, weight } of parts) {
      const tokens = tokensOf(text);
      length += tokens.length;
      for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + weight);
    }
    return { value, counts, length };
  });
  const average = counted.reduce((sum, { length }) => sum + length, 0) / counted.length || 1;
  const rarity = new Map(
    wanted.map((token) => {
      const having = counted.filter(({ counts }) => counts.has(token)).length;
      return [token, Math.log(1 + (counted.length - having + 0.5) / (having + 0.5))];
    }),
  );
  const all = wanted.reduce((sum, token) => sum + rarity.get(token)!, 0);
  return counted
    .map(({ value, counts, length }) => {
      let [score, known] = [0, 0];
      for (const token of wanted) {
        const count = counts.get(token) ?? 0;
        if (count === 0) continue;
        known += rarity.get(token)!;
        score += (rarity.get(token)! * count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / average));
      }
      return { value, score, covered: known / all };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}
