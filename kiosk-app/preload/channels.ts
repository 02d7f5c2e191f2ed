/** Every message between a screen and the program that holds its window. */
export const CHANNELS = {
  /** Screen → main. */
  ready: 'kiosk:ready',
  act: 'kiosk:act',
  beat: 'kiosk:beat',
  /** Main → screen. */
  view: 'kiosk:view',
  sound: 'kiosk:sound',
  key: 'kiosk:key',
} as const;

/** Main tells the preload through the renderer's command line, which a page cannot write. */
export const TEST_ONLY_ARGUMENT = '--kiosk-test-only';
