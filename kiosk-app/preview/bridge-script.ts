import type { BridgeRuntime } from '../preload/bridge.ts';

/** What the preview sends to a browser. */
export type ToBrowser =
  | { readonly t: 'view'; readonly value: unknown }
  | { readonly t: 'sound' | 'key'; readonly value: string }
  /** There is another page to show: the terminal went out of service. */
  | { readonly t: 'reload' };
/** What a browser sends to the preview. */
export type FromBrowser = { readonly t: 'act'; readonly value: unknown } | { readonly t: 'beat' };

/** The script that gives a browser the same `window.kiosk` that the preload gives the kiosk window. */
export function bridgeScript(runtime: BridgeRuntime): string {
  return `(${installBridge.toString()})(${JSON.stringify(runtime)});\n`;
}

/** Runs in the browser, from its text: it may use nothing from outside itself. */
function installBridge(runtime: BridgeRuntime): void {
  const here = (globalThis as unknown as { location: { host: string; reload(): void } }).location;
  const listeners: Record<string, ((value: never) => void)[]> = { view: [], sound: [], key: [] };
  let last: unknown;
  let socket: WebSocket | undefined;

  const send = (message: unknown): void => {
    if (socket?.readyState === 1) socket.send(JSON.stringify(message));
  };
  const connect = (): void => {
    socket = new WebSocket(`ws://${here.host}/bridge`);
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const { t, value } = JSON.parse(data) as { t: string; value: unknown };
      if (t === 'reload') return here.reload();
      if (t === 'view') last = value;
      for (const listener of listeners[t] ?? []) listener(value as never);
    });
    socket.addEventListener('close', () => setTimeout(connect, 500));
  };
  connect();

  Object.defineProperty(globalThis, 'kiosk', {
    value: Object.freeze({
      act: (action: unknown) => send({ t: 'act', value: action }),
      onView: (listener: (value: never) => void) => {
        listeners['view']!.push(listener);
        if (last !== undefined) listener(last as never);
      },
      onSound: (listener: (value: never) => void) => void listeners['sound']!.push(listener),
      onKey: (listener: (value: never) => void) => void listeners['key']!.push(listener),
      beat: () => send({ t: 'beat' }),
      runtime: Object.freeze(runtime),
    }),
  });
}
