import { z } from 'zod';
import type { Language } from '../services/common.ts';

/**
 * Languages a screen can be drawn in. What a depositor may choose is `Language`; the others are prepared: their direction,
 * fonts and layout are proven, their words wait for a translator.
 */
export const ScreenLanguage = z.enum(['zh', 'en', 'ug', 'bo', 'mn-Mong', 'en-XA']);
export type ScreenLanguage = z.infer<typeof ScreenLanguage>;

export interface LanguageFacts {
  /** In the language itself. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  /** vertical: columns from left to right. */
  readonly writing: 'horizontal' | 'vertical';
  /** In which words the platform's own texts are shown, and those nobody translated yet. */
  readonly words: Language;
  /** Who read every word of it and signed; null: nobody, and it cannot be chosen. */
  readonly reviewedBy: string | null;
}

export const LANGUAGES: Readonly<Record<ScreenLanguage, LanguageFacts>> = {
  zh: { name: '中文', direction: 'ltr', writing: 'horizontal', words: 'zh', reviewedBy: 'authors' },
  en: { name: 'English', direction: 'ltr', writing: 'horizontal', words: 'en', reviewedBy: 'authors' },
  ug: { name: 'ئۇيغۇرچە', direction: 'rtl', writing: 'horizontal', words: 'zh', reviewedBy: null },
  bo: { name: 'བོད་ཡིག', direction: 'ltr', writing: 'horizontal', words: 'zh', reviewedBy: null },
  'mn-Mong': { name: 'ᠮᠣᠩᠭᠣᠯ', direction: 'ltr', writing: 'vertical', words: 'zh', reviewedBy: null },
  /** English with marks and a third longer: shows what was forgotten in the texts and what has no room. */
  'en-XA': { name: 'Pseudo', direction: 'ltr', writing: 'horizontal', words: 'en', reviewedBy: null },
};
