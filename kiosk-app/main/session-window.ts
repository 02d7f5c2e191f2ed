import { BrowserWindow, type BrowserWindowConstructorOptions, type Session, screen } from 'electron';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { TEST_ONLY_ARGUMENT } from '../preload/channels.ts';
import { lockSession } from './lockdown.ts';
import type { PageFiles } from './page-files.ts';
import { ORIGIN, SCHEME, answer, isOurPage } from './page-answer.ts';
import { Partitions } from './partitions.ts';

export interface WindowOptions {
  readonly files: PageFiles;
  readonly preload: string;
  readonly testOnly: boolean;
  readonly production: boolean;
  readonly clock: Clock;
  /** The page crashed, hangs or cannot be loaded; called once. */
  readonly onTrouble: (reason: string) => void;
}

/** Three missed beats. */
const SILENCE_MS = 6_500;
const LOAD_MS = 12_000;

const partitions = new Partitions(lockSession);

/** One page in a renderer process of its own and an empty place in memory: nothing of it outlives `destroy`. */
export class SessionWindow {
  readonly window: BrowserWindow;
  readonly #options: WindowOptions;
  readonly #session: Session;
  #gone = false;
  #cancelWatch = (): void => {};
  #troubled = false;

  constructor(page: string, options: WindowOptions) {
    this.#options = options;
    const session = (this.#session = partitions.take());
    session.protocol.handle(SCHEME.scheme, (request) => answer(request, options.files));
    this.window = new BrowserWindow({
      ...placement(options.production),
      show: false,
      frame: false,
      backgroundColor: '#073f43',
      title: 'kiosk',
      webPreferences: {
        session,
        preload: options.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        nodeIntegrationInWorker: false,
        webviewTag: false,
        plugins: false,
        devTools: false,
        disableDialogs: true,
        spellcheck: false,
        navigateOnDragDrop: false,
        autoplayPolicy: 'no-user-gesture-required',
        backgroundThrottling: false,
        additionalArguments: options.testOnly ? [TEST_ONLY_ARGUMENT] : [],
      },
    });
    this.window.removeMenu();
    const { webContents } = this.window;
    webContents.setIgnoreMenuShortcuts(true);
    webContents.on('render-process-gone', (_event, { reason }) => this.#trouble(`renderer ${reason}`));
    webContents.on('did-fail-load', (_event, code, _words, _url, isMainFrame) => {
      if (isMainFrame) this.#trouble(`load failed ${code}`);
    });
    // Chromium asks nobody before it shows about:blank: whoever got there has broken the page, and loses it.
    webContents.on('did-navigate', (_event, url) => {
      if (!isOurPage(url)) this.#trouble('left its page');
    });
    webContents.on('preload-error', () => this.#trouble('preload failed'));
    this.window.on('unresponsive', () => this.#trouble('unresponsive'));
    void this.window.loadURL(`${ORIGIN}${page}`).catch(() => this.#trouble('load failed'));
  }

  /** Expects beats from now on. */
  watch(): void {
    this.#expect(LOAD_MS, 'did not load');
  }

  beat(): void {
    this.#expect(SILENCE_MS, 'stopped beating');
  }

  send(channel: string, value: unknown): void {
    if (!this.window.isDestroyed() && !this.window.webContents.isDestroyed()) {
      this.window.webContents.send(channel, value);
    }
  }

  reveal(): void {
    if (this.window.isDestroyed()) return;
    this.window.show();
    if (placement(this.#options.production).kiosk) this.window.setKiosk(true);
    this.window.focus();
  }

  destroy(): void {
    this.#troubled = true;
    this.#cancelWatch();
    if (!this.window.isDestroyed()) this.window.destroy();
    if (this.#gone) return;
    this.#gone = true;
    this.#session.protocol.unhandle(SCHEME.scheme);
    void partitions.giveBack(this.#session);
  }

  #expect(within: number, otherwise: string): void {
    this.#cancelWatch();
    this.#cancelWatch = this.#options.clock.after(within, () => this.#trouble(otherwise));
  }

  #trouble(reason: string): void {
    if (this.#troubled) return;
    this.#troubled = true;
    this.#cancelWatch();
    this.#options.onTrouble(reason);
  }
}

/** Fills an upright screen. On the wide screen of a developer it is an upright window that leaves the desk alone. */
function placement(production: boolean): BrowserWindowConstructorOptions & { readonly kiosk: boolean } {
  const { bounds, workArea } = screen.getPrimaryDisplay();
  if (production || bounds.height >= bounds.width) return { ...bounds, kiosk: true };
  const height = Math.min(workArea.height, 1920);
  const width = Math.round((height * 9) / 16);
  return { x: workArea.x + workArea.width - width, y: workArea.y, width, height, kiosk: false };
}
