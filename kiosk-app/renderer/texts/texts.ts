import type { Mode } from '@kiosk/contract/screen/mode.ts';
import type { Language } from '@kiosk/contract/services/common.ts';
import { type ScreenLanguage, LANGUAGES } from '@kiosk/contract/screen/languages.ts';
import { en } from './en.ts';
import { plainEn, plainZh } from './plain.ts';
import { bo, mongolian, ug } from './prepared.ts';
import { pseudo } from './pseudo.ts';
import { zh } from './zh.ts';

/** The same tree with any string where the original has one: a language that lacks a key does not compile. */
type Translated<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { readonly [K in keyof T]: Translated<T[K]> };

export type Texts = Translated<typeof zh>;

export const texts: Readonly<Record<Language, Texts>> = { zh, en };

/** Some texts in plainer words, for who chose the slower pace; the others stay. */
type Plainer<T> = {
  readonly [K in keyof T]?: T[K] extends string | ((...args: never[]) => string) ? T[K] : Plainer<T[K]>;
};

function over<T>(tree: T, plainer: Plainer<T>): T {
  const entries = Object.entries(plainer as object).map(([key, value]: [string, unknown]) => {
    const old = (tree as Readonly<Record<string, unknown>>)[key];
    const isTree = typeof value === 'object' && value !== null && !Array.isArray(value);
    return [key, isTree ? over(old, value) : value];
  });
  return { ...tree, ...(Object.fromEntries(entries) as Partial<T>) };
}

const prepared: Readonly<Partial<Record<ScreenLanguage, Texts>>> = {
  ug: over<Texts>(zh, ug),
  bo: over<Texts>(zh, bo),
  'mn-Mong': over<Texts>(zh, mongolian),
  'en-XA': pseudo(en),
};

const plain: Readonly<Record<Language, Texts>> = { zh: over<Texts>(zh, plainZh), en: over<Texts>(en, plainEn) };

export function textsFor(screen: ScreenLanguage, mode: Pick<Mode, 'pace'>): Texts {
  const language = LANGUAGES[screen].words;
  return prepared[screen] ?? (mode.pace === 'elderly' ? plain : texts)[language];
}
export type PlainerTexts = Plainer<Texts>;
