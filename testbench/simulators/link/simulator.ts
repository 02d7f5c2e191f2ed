import { readFileSync } from 'node:fs';
import { createServer as createHttps } from 'node:https';
import { type Socket, connect, createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Simulator } from '../process.ts';

/**
 * The line between terminal and platform.
 * - up: bytes pass. - cut: connections are refused, running ones reset. - hang: connected, and nothing ever comes.
 * - error500, garbage: a middle box that ends TLS answers instead of the platform.
 * - loseAnswers: requests reach the platform, the answers do not come back; the caller waits until its deadline.
 */
export type LinkMode = 'up' | 'cut' | 'hang' | 'error500' | 'garbage' | 'loseAnswers';

export interface LinkOptions {
  readonly target: { readonly host: string; readonly port: number };
  /** The certificate the terminal trusts for the platform, for the modes in which a middle box answers. */
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly caFile: string;
  readonly port?: number;
}

export async function startLink(
  options: LinkOptions,
  emit: (event: string, value: unknown) => void,
): Promise<Simulator> {
  let mode: LinkMode = 'up';
  let delayMs = 0;
  const sockets = new Set<Socket>();
  const middleBox = createHttps(
    {
      cert: readFileSync(options.certificateFile),
      key: readFileSync(options.keyFile),
      ca: readFileSync(options.caFile),
      requestCert: true,
      rejectUnauthorized: false,
    },
    (request, response) => {
      request.resume();
      if (mode === 'error500') response.writeHead(500, { 'content-type': 'text/plain' }).end('Internal Server Error\n');
      else
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"rec\u0000ode":"000000","msg":\ufffd<html>');
    },
  );
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    if (mode === 'cut') return void socket.resetAndDestroy();
    if (mode === 'hang') return void socket.resume();
    if (mode === 'error500' || mode === 'garbage') return void middleBox.emit('connection', socket);
    pass(socket);
  });

  function pass(socket: Socket): void {
    const upstream = connect(options.target.port, options.target.host);
    sockets.add(upstream);
    upstream.on('close', () => {
      sockets.delete(upstream);
      socket.destroy();
    });
    upstream.on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
    // The handshake must pass, or nothing would reach the platform. Everything after it looks alike from outside (TLS
    // 1.3 encrypts its own messages too), but it is over for the caller once the caller speaks for the second time.
    let greeted = false;
    let agreed = false;
    socket.on('data', (chunk) => {
      agreed ||= greeted;
      later(() => upstream.write(chunk));
    });
    upstream.on('data', (chunk) => {
      if (mode === 'loseAnswers' && agreed) return;
      greeted = true;
      later(() => socket.write(chunk));
    });
  }

  const later = (send: () => void) => (delayMs > 0 ? void setTimeout(send, delayMs) : send());

  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    ready: { port, url: `https://localhost:${port}` },
    methods: {
      /** Changing the mode drops every connection, as a line does. */
      setMode(next: LinkMode) {
        mode = next;
        for (const socket of sockets) socket.destroy();
        emit('mode', mode);
      },
      setDelay(ms: number) {
        delayMs = ms;
      },
      mode: () => mode,
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
