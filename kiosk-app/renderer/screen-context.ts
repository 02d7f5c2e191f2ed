import { createContext } from 'svelte';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Action } from '@kiosk/contract/screen/action.ts';
import type { Mode } from '@kiosk/contract/screen/mode.ts';
import type { Frame, Screen } from '@kiosk/contract/screen/view.ts';
import type { Language, Words } from '@kiosk/contract/services/common.ts';
import type { Texts } from './texts/texts.ts';
import type { Voice } from './voice/voice.ts';

/** What every part of a screen may use. The properties are reactive. */
export interface ScreenContext {
  readonly frame: Frame;
  /** What is shown now, for who has to look again when it is another one. */
  readonly content: Screen;
  readonly language: Language;
  readonly mode: Mode;
  readonly large: boolean;
  /** Controls lie in the lower half: chosen, and the screen is upright. */
  readonly low: boolean;
  /** Fewer choices at once, plainer words. */
  readonly plain: boolean;
  readonly t: Texts;
  readonly clock: Clock;
  readonly testOnly: boolean;
  readonly voice: Voice;
  /** Opens the page of modes. */
  readonly openModes: () => void;
  readonly act: (action: Action) => void;
  /** The words of the language on screen. */
  readonly say: (words: Words) => string;
}

export const [screenContext, provideScreenContext] = createContext<ScreenContext>();
