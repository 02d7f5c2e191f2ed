import type { Bridge } from '../preload/bridge.ts';

declare global {
  interface Window {
    readonly kiosk: Bridge;
  }
}
