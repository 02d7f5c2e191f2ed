import { type Texts, texts } from '../texts/texts.ts';
import { errorClips } from './error-clips.ts';
import { NUMBER_WORDS, type Piece } from './numbers.ts';
import { PROMPT_TEXTS } from './prompts.ts';
import { parts } from './script.ts';

type Language = 'zh' | 'en';

/** Leaves of the texts below a key: `goodbye.headline` has one for each reason. */
function leaves(tree: unknown, key: string, values: number): Piece[] {
  if (typeof tree === 'string') return tree === '' ? [] : [{ clip: key, text: tree }];
  if (typeof tree === 'function') return parts(key, tree as (...values: string[]) => string, values);
  if (Array.isArray(tree)) return [{ clip: key, text: tree.join(' ') }];
  return Object.entries(tree as object).flatMap(([name, below]) => leaves(below, `${key}.${name}`, values));
}

/** Everything there is to record in a language: each key with its words. A centre reads it to a speaker. */
export function clipsOf(language: Language): Piece[] {
  const tree: Texts = texts[language];
  const at = (key: string) =>
    key.split('.').reduce<unknown>((t, part) => (t as Readonly<Record<string, unknown>>)[part], tree);
  const said = PROMPT_TEXTS.flatMap(([key, values]) => leaves(at(key), key, values));
  const errors = errorClips.map(({ key, words }) => ({ clip: key, text: words[language] }));
  const numbers = Object.entries(NUMBER_WORDS[language]).map(([clip, text]) => ({ clip, text }));
  const letters = [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => ({
    clip: `letter.${letter}`,
    text: letter.toUpperCase(),
  }));
  return [...numbers, ...letters, ...said, ...errors].filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
}
