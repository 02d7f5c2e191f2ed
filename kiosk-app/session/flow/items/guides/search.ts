import type { Guide } from '@kiosk/contract/platform/reference-data.ts';

/** Articles in which every word occurs, those in whose title or keywords it does first. No words: all of them, as they came. */
export function matching(guides: readonly Guide[], typed: string): readonly Guide[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return guides;
  const weighed = guides.map((guide) => ({ guide, weight: weightOf(guide, wanted) }));
  return weighed
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ guide }) => guide);
}

function weightOf({ title, keywords, text, steps, materials }: Guide, wanted: readonly string[]): number {
  const head = [title.zh, title.en, ...keywords].join('\n').toLowerCase();
  const body = [text, steps, materials]
    .flatMap(({ zh, en }) => [...zh, ...en])
    .join('\n')
    .toLowerCase();
  const weights: number[] = wanted.map((word) => (head.includes(word) ? 2 : body.includes(word) ? 1 : 0));
  return weights.includes(0) ? 0 : weights.reduce((sum, one) => sum + one, 0);
}
