import { createContext } from 'svelte';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Action } from '@kiosk/contract/screen/action.ts';
import type { Frame } from '@kiosk/contract/screen/view.ts';
import type { Language, Words } from '@kiosk/contract/services/common.ts';
import type { Texts } from './texts/texts.ts';

/** What every part of a screen may use. The properties are reactive. */
export interface ScreenContext {
  readonly frame: Frame;
  readonly language: Language;
  readonly large: boolean;
  readonly t: Texts;
  readonly clock: Clock;
  readonly testOnly: boolean;
  readonly act: (action: Action) => void;
  /** The words of the language on screen. */
  readonly say: (words: Words) => string;
}

export const [screenContext, provideScreenContext] = createContext<ScreenContext>();
