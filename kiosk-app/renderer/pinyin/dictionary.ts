import { type Dictionary, readDictionary } from './candidates.ts';

let reading: Promise<Dictionary> | undefined;

/** A file of its own beside the screens: it is read when somebody first needs the keys, not before. */
export function loadDictionary(): Promise<Dictionary> {
  reading ??= import('./dictionary.txt?raw').then(({ default: text }) => readDictionary(text));
  return reading;
}
