import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Action } from '@kiosk/contract/screen/action.ts';
import type { View } from '@kiosk/contract/screen/view.ts';
import { type WebSocket, WebSocketServer } from 'ws';
import { isLoopback } from '../main/admission.ts';
import { pageHeaders } from '../main/content-policy.ts';
import type { PageFiles } from '../main/page-files.ts';
import type { SessionStage } from '../main/session-pool.ts';
import type { SessionProcess } from '../main/session-process.ts';
import { STOPPED_STYLE, stoppedPage } from '../main/stopped-page.ts';
import { type FromBrowser, type ToBrowser, bridgeScript } from './bridge-script.ts';

const BRIDGE = '/bridge.js';
const LONGEST_MESSAGE = 16 * 1024;

export interface PreviewOptions {
  readonly files: PageFiles;
  readonly act: (action: Action) => void;
}

/** The kiosk's screen for browsers on this machine. All of them look at the same session, as people at one screen do. */
export class PreviewServer implements SessionStage {
  readonly #options: PreviewOptions;
  readonly #http: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: LONGEST_MESSAGE });
  #view: View | undefined;
  #stoppedBy: string | undefined;

  constructor(options: PreviewOptions) {
    this.#options = options;
    this.#http = createServer((request, response) => void this.#answer(request, response));
    this.#http.on('upgrade', (request, socket, head) => {
      if (!fromLoopback(request) || request.url !== '/bridge') return void socket.destroy();
      this.#sockets.handleUpgrade(request, socket, head, (browser) => this.#join(browser));
    });
  }

  /** Resolves with the address once browsers can come. Port 0 takes any free one. */
  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(port, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    for (const browser of this.#sockets.clients) browser.terminate();
    this.#http.closeAllConnections();
    await new Promise<void>((resolve) => this.#http.close(() => resolve()));
  }

  show(session: SessionProcess): Promise<void> {
    const wasStopped = this.#stoppedBy !== undefined;
    this.#stoppedBy = undefined;
    this.#view = undefined;
    session.onSound((name) => this.#tell({ t: 'sound', value: name }));
    session.onKey((key) => this.#tell({ t: 'key', value: key }));
    session.onView((view) => {
      this.#view = view;
      this.#tell({ t: 'view', value: view });
    });
    if (wasStopped) for (const browser of this.#sockets.clients) browser.close();
    return Promise.resolve();
  }

  outOfService(code: string): void {
    this.#view = undefined;
    this.#stoppedBy = code;
    this.#tell({ t: 'reload' });
  }

  #join(browser: WebSocket): void {
    if (this.#view) browser.send(JSON.stringify({ t: 'view', value: this.#view } satisfies ToBrowser));
    browser.on('message', (data) => {
      const message = parse(String(data));
      if (message?.t !== 'act') return;
      const action = Action.safeParse(message.value);
      if (action.success) this.#options.act(action.data);
    });
    browser.on('error', () => browser.terminate());
  }

  #tell(message: ToBrowser): void {
    for (const browser of this.#sockets.clients) browser.send(JSON.stringify(message));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reply = (status: number, body: string | Uint8Array = '', type = 'text/plain'): void => {
      response.writeHead(status, { ...pageHeaders(`ws://${request.headers.host ?? ''}`), 'content-type': type });
      response.end(body);
    };
    if (!fromLoopback(request)) return reply(403);
    if (request.method !== 'GET') return reply(405);
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === BRIDGE) {
      return reply(200, bridgeScript({ testOnly: true, electron: null }), 'text/javascript; charset=utf-8');
    }
    if (pathname === '/stopped.css') return reply(200, STOPPED_STYLE, 'text/css; charset=utf-8');
    const isPage = pathname === '/' || pathname === '/index.html';
    if (isPage && this.#stoppedBy !== undefined)
      return reply(200, lookingAgain(stoppedPage(this.#stoppedBy)), 'text/html; charset=utf-8');
    const file = await this.#options.files.find(isPage ? '/index.html' : pathname);
    if (!file) return reply(404);
    reply(200, isPage ? withBridge(file.bytes) : file.bytes, file.type);
  }
}

/** The bridge comes before the screens, in the place of the preload. */
function withBridge(page: Uint8Array): string {
  return Buffer.from(page).toString('utf8').replace('<head>', `<head><script src="${BRIDGE}"></script>`);
}

/** Without a script the browser itself has to come back; the window is told by its program. */
function lookingAgain(page: string): string {
  return page.replace('<meta charset', '<meta http-equiv="refresh" content="5">\n<meta charset');
}

/** A page of another site, or a name that was made to point here, is not a browser on this machine. */
function fromLoopback({ headers }: IncomingMessage): boolean {
  const { host, origin } = headers;
  if (host === undefined || !isLoopbackAddress(`http://${host}`)) return false;
  return origin === undefined || (isLoopbackAddress(origin) && new URL(origin).host === host);
}

function isLoopbackAddress(url: string): boolean {
  try {
    return isLoopback(new URL(url).hostname);
  } catch {
    return false;
  }
}

function parse(text: string): FromBrowser | undefined {
  try {
    return JSON.parse(text) as FromBrowser;
  } catch {
    return undefined;
  }
}
