import type { Action } from '@kiosk/contract/screen/action.ts';
import type { View } from '@kiosk/contract/screen/view.ts';
import type { ScreenKey } from '@kiosk/contract/services/devices.ts';

export type SoundName = 'attention' | 'cardRead' | 'done' | 'failed';

export interface BridgeRuntime {
  /** This runtime must never serve depositors; the screen says so all the time. */
  readonly testOnly: boolean;
  /** Electron's version; null where the screen is a preview in a browser. */
  readonly electron: string | null;
}

/**
 * Everything a screen can reach, as `window.kiosk`. The preload offers it in the kiosk window, the preview's bridge in a
 * browser.
 */
export interface Bridge {
  act(action: Action): void;
  /** Calls back with the view of the moment, if there is one already, and with each later one. */
  onView(listener: (view: View) => void): void;
  onSound(listener: (name: SoundName) => void): void;
  /** Calls back with each tactile key of the PIN pad that is pressed. */
  onKey(listener: (key: ScreenKey) => void): void;
  /** Tells that the screen still draws and answers; expected every two seconds. */
  beat(): void;
  readonly runtime: BridgeRuntime;
}
