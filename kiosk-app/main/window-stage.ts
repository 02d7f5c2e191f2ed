import type { IpcMain } from 'electron';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { Letter } from '@kiosk/contract/screen/service.ts';
import { z } from 'zod';
import { CHANNELS } from '../preload/channels.ts';
import type { SessionProcess } from './session-process.ts';
import type { SessionStage } from './session-pool.ts';
import { type CallPort, ScreenCalls } from './screen-calls.ts';
import { SessionWindow, type WindowOptions } from './session-window.ts';

export interface WindowStageOptions extends Omit<WindowOptions, 'onTrouble'> {
  readonly clock: Clock;
  readonly log: (event: string, detail?: Readonly<Record<string, unknown>>) => void;
  /** An action of the window people see, for the session that it met. */
  readonly letter: (sealed: string) => void;
  /** The screen failed; a new session should come. */
  readonly onScreenLost: (reason: string) => void;
}

const PublicKey = z.string().max(256);

/** The kiosk window over time: each session gets a new one, and the old one is destroyed when the new one is seen. */
export class WindowStage implements SessionStage {
  readonly #options: WindowStageOptions;
  /** The window that may call; during a change it is the new one. */
  #window: SessionWindow | undefined;
  #session: SessionProcess | undefined;
  #onReady = (_publicKey: string): void => {};

  constructor(ipcMain: IpcMain, options: WindowStageOptions) {
    this.#options = options;
    const calls = new ScreenCalls(ipcMain as unknown as CallPort, {
      isCurrent: (sender) => sender === this.#contents,
      clock: options.clock,
      onRefused: (channel, why) => options.log('call refused', { channel, why }),
    });
    calls.on(CHANNELS.ready, PublicKey, (publicKey) => this.#onReady(publicKey));
    calls.on(CHANNELS.beat, z.null(), () => this.#window?.beat());
    calls.on(CHANNELS.letter, Letter.shape.sealed, options.letter);
  }

  get #contents(): object | undefined {
    return this.#window && !this.#window.window.isDestroyed() ? this.#window.window.webContents : undefined;
  }

  show(session: SessionProcess): Promise<void> {
    return new Promise((shown) => {
      this.#session = session;
      const before = this.#open('/index.html', () => {
        window.reveal();
        before?.destroy();
        shown();
      });
      const window = this.#window!;
      window.watch();
      session.onLetter((sealed) => window.send(CHANNELS.letter, sealed));
      session.onSound((name) => window.send(CHANNELS.sound, name));
      session.onKey((key) => window.send(CHANNELS.key, key));
    });
  }

  outOfService(code: string): void {
    this.#session = undefined;
    const before = this.#open(`/stopped?code=${encodeURIComponent(code)}`, () => {});
    const { window } = this.#window!;
    window.once('ready-to-show', () => {
      this.#window?.reveal();
      before?.destroy();
    });
  }

  /** Opens a window as the one that counts; returns the one before. */
  #open(page: string, onSeen: () => void): SessionWindow | undefined {
    const before = this.#window;
    const window = new SessionWindow(page, {
      ...this.#options,
      onTrouble: (reason) => {
        if (this.#window === window) this.#options.onScreenLost(reason);
      },
    });
    this.#window = window;
    // A screen announces itself once; it is shown with its first view already on it.
    this.#onReady = (publicKey) => {
      this.#onReady = () => {};
      window.beat();
      void this.#session?.meet(publicKey).then((met) => {
        // The page goes on beating, so nobody else would notice that it stays empty.
        if (!met.ok) {
          if (this.#window === window) this.#options.onScreenLost(`session did not meet its screen: ${met.error.code}`);
          return;
        }
        window.send(CHANNELS.met, met.value);
        onSeen();
      });
    };
    return before;
  }
}
