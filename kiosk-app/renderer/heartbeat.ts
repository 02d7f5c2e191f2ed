import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Bridge } from '../preload/bridge.ts';

const EVERY_MS = 2_000;

/** A screen that hangs stops beating, and the program that holds the window replaces it. */
export function startHeartbeat(bridge: Pick<Bridge, 'beat'>, clock: Clock): void {
  const beat = (): void => {
    bridge.beat();
    clock.after(EVERY_MS, beat);
  };
  beat();
}
