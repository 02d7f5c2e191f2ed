import type { Language } from '@kiosk/contract/services/common.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

/** The same tree with any string where the original has one: a language that lacks a key does not compile. */
type Translated<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { readonly [K in keyof T]: Translated<T[K]> };

export type Texts = Translated<typeof zh>;

export const texts: Readonly<Record<Language, Texts>> = { zh, en };
