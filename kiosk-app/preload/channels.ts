/** Every message between a screen and the program that holds its window. */
export const CHANNELS = {
  /** Screen → main: its public key. */
  ready: 'kiosk:ready',
  beat: 'kiosk:beat',
  /** Main → screen: the session's public key and the first view. */
  met: 'kiosk:met',
  /** Either way, sealed: an action for the session, a view of it. */
  letter: 'kiosk:letter',
  /** Main → screen. */
  sound: 'kiosk:sound',
  key: 'kiosk:key',
} as const;

/** Main tells the preload through the renderer's command line, which a page cannot write. */
export const TEST_ONLY_ARGUMENT = '--kiosk-test-only';
