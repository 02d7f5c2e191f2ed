import { connect, type Socket } from 'node:net';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import { Listeners } from './listeners.ts';
import type { Transport, TransportFailure } from './transport.ts';

export interface TcpSettings {
  readonly host: string;
  readonly port: number;
  /** How long a connection may take, in ms; an address that swallows packets would otherwise hold for minutes. */
  readonly connectMs?: number;
}

/** A raw TCP connection, as network printers have it on port 9100. */
export function tcpTransport(settings: TcpSettings, clock: Clock): Transport {
  const data = new Listeners<Uint8Array>();
  const closed = new Listeners<TransportFailure>();
  const place = `tcp://${settings.host}:${settings.port}`;
  let socket: Socket | undefined;
  let connected = false;

  return {
    place,
    get isOpen() {
      return connected;
    },
    async open() {
      if (socket) throw new Error(`${place} is already open`);
      const opening = connect({ host: settings.host, port: settings.port, noDelay: true });
      socket = opening;
      opening.on('data', (chunk: Buffer) => data.tell(chunk));
      let lastError: NodeJS.ErrnoException | undefined;
      opening.on('error', (error: NodeJS.ErrnoException) => (lastError = error));
      const stopTimer = clock.after(settings.connectMs ?? 3_000, () => opening.destroy());
      const result = await new Promise<Result<void, TransportFailure>>((resolve) => {
        opening.once('connect', () => resolve(ok()));
        opening.once('close', () => resolve(err(connectFailure(lastError))));
      });
      stopTimer();
      if (!result.ok) {
        if (socket === opening) socket = undefined;
        return result;
      }
      if (socket !== opening) return err({ reason: 'closed', detail: 'closed while opening' });
      connected = true;
      // The other end saying goodbye is the end: half-open connections are of no use to a device.
      opening.on('end', () => opening.destroy());
      opening.on('close', () => {
        if (socket !== opening) return;
        socket = undefined;
        connected = false;
        closed.tell({ reason: 'closed', detail: lastError?.message ?? 'closed by the device' });
      });
      return ok();
    },
    async write(bytes) {
      const open = socket;
      if (!open || !connected) return err({ reason: 'closed', detail: 'write on a closed connection' });
      return new Promise((resolve) => {
        open.write(bytes, (error) => resolve(error ? err({ reason: 'closed', detail: error.message }) : ok()));
      });
    },
    isPresent: () => Promise.resolve(undefined),
    onData: (listener) => data.add(listener),
    onClosed: (listener) => closed.add(listener),
    async close() {
      const open = socket;
      socket = undefined;
      connected = false;
      if (!open || open.destroyed) return;
      await new Promise<void>((resolve) => open.once('close', () => resolve()).destroy());
    },
  };
}

function connectFailure(error: NodeJS.ErrnoException | undefined): TransportFailure {
  if (!error) return { reason: 'absent', detail: 'no connection within the time allowed' };
  const absent = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'].includes(error.code ?? '');
  return { reason: absent ? 'absent' : 'failed', detail: error.message };
}
