import { calendarParts } from '../format.ts';
import type { Texts } from '../texts/texts.ts';
import { type Piece, readDate, readDigits, readMoney, readNumber } from './numbers.ts';

/** A value inside a sentence, and how it is to be said. */
export type Said =
  | { readonly number: number }
  | { readonly fen: number }
  | { readonly date: string }
  | { readonly digits: string }
  /** Data that nobody recorded: a name, a place. */
  | { readonly text: string };

/**
 * One thing to be said, as data. `key` is the path of a text of the screens, which is also the key of its recording: `enterCode.lead`
 * lies in `voice/zh/enterCode.lead.ogg`. A text with values in it is recorded in parts, `enterCode.attempts.0` before the
 * first value, `enterCode.attempts.1` after it.
 */
export type Prompt =
  | { readonly key: string; readonly values?: readonly Said[] }
  /** Words of the platform or of an error code: recorded under `key` if it has one. */
  | { readonly words: { readonly zh: string; readonly en: string }; readonly key?: string }
  | { readonly value: Said };

type Language = 'zh' | 'en';

/** Prompts in a language, as pieces that are played one after the other. */
export function spoken(prompts: readonly Prompt[], texts: Texts, language: Language): Piece[] {
  return prompts.flatMap((prompt): Piece[] => {
    if ('value' in prompt) return said(prompt.value, language);
    if ('words' in prompt) return [{ clip: prompt.key ?? null, text: prompt.words[language] }];
    return sentence(prompt.key, textAt(texts, prompt.key), prompt.values ?? [], language);
  });
}

export function said(value: Said, language: Language): Piece[] {
  if ('number' in value) return readNumber(language, value.number);
  if ('fen' in value) return readMoney(language, value.fen);
  if ('date' in value) return readDate(language, value.date);
  if ('digits' in value) return readDigits(language, value.digits);
  return [{ clip: null, text: value.text }];
}

function textAt(texts: Texts, key: string): unknown {
  return key
    .split('.')
    .reduce<unknown>((tree, part) => (tree as Readonly<Record<string, unknown>> | undefined)?.[part], texts);
}

/** Stands where a value comes in a sentence. No text holds it. */
const MARK = '\u0001';

function sentence(key: string, text: unknown, values: readonly Said[], language: Language): Piece[] {
  if (Array.isArray(text)) return [{ clip: key, text: text.join(language === 'zh' ? '' : ' ') }];
  if (typeof text === 'string') return text === '' ? [] : [{ clip: key, text }];
  if (typeof text !== 'function') throw new Error(`no text has the key ${key}`);
  return parts(key, text as (...values: string[]) => string, values.length).flatMap((piece, at) => {
    const value = at === 0 ? undefined : values[at - 1];
    return [...(value ? said(value, language) : []), ...(piece.text === '' ? [] : [piece])];
  });
}

/** What of a text with `count` values is recorded: the words before, between and after them. */
export function parts(key: string, text: (...values: string[]) => string, count: number): Piece[] {
  const whole = text(...Array.from({ length: count }, () => MARK));
  return whole
    .split(MARK)
    .map((words, at) => ({ clip: `${key}.${at}`, text: words.replaceAll(/^[\s，。、]+|\s+$/g, '') }));
}

export const month = (text: string): Said => ({ date: text.slice(0, 7) });
export const day = (text: string): Said => ({ date: text });
export const isDate = (text: string): boolean => !Number.isNaN(calendarParts(text).year);
