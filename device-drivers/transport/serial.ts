import { access } from 'node:fs/promises';
import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import { SerialPort } from 'serialport';
import { Listeners } from './listeners.ts';
import type { Transport, TransportFailure } from './transport.ts';

export interface SerialSettings {
  /** `/dev/serial/by-id/…` or a udev symlink; `COM3` on Windows. */
  readonly path: string;
  readonly baudRate: number;
  /** Absent: none. */
  readonly parity?: 'none' | 'even';
  /** Hardware flow control; absent: off. */
  readonly rtscts?: boolean;
}

/**
 * A serial port, 8 data bits, one stop bit. serialport keeps writes to a closed port and sends them after the next open; a stale command on
 * reconnect must never happen, so writes are refused unless this connection's own port is open, and each connection has
 * a port object of its own.
 */
export function serialTransport(settings: SerialSettings): Transport {
  const data = new Listeners<Uint8Array>();
  const closed = new Listeners<TransportFailure>();
  let port: SerialPort | undefined;
  let { baudRate } = settings;

  return {
    place: settings.path,
    get isOpen() {
      return port?.isOpen ?? false;
    },
    useBaudRate: (rate) => void (baudRate = rate),
    async open() {
      if (port) throw new Error(`${settings.path} is already open`);
      const opening = new SerialPort({ ...settings, baudRate, autoOpen: false });
      port = opening;
      // Only a port with a data listener notices that it was unplugged; without one `isOpen` stays true for ever.
      opening.on('data', (chunk: Buffer) => data.tell(chunk));
      const lost = (error: Error | null) => {
        if (port !== opening) return;
        port = undefined;
        release(opening);
        closed.tell({ reason: 'closed', detail: error?.message ?? 'port closed' });
      };
      const failure = await new Promise<Error | null>((resolve) => opening.open(resolve));
      if (failure) {
        if (port === opening) port = undefined;
        return err(openFailure(failure));
      }
      if (port !== opening) {
        await new Promise<void>((resolve) => opening.close(() => resolve()));
        return err({ reason: 'closed', detail: 'closed while opening' });
      }
      // A read of zero bytes ends the stream and is a lost port as well.
      opening
        .on('close', lost)
        .on('error', lost)
        .on('end', () => lost(null));
      return ok();
    },
    async write(bytes): Promise<Result<void, TransportFailure>> {
      const open = port;
      if (!open?.isOpen) return err({ reason: 'closed', detail: 'write on a closed port' });
      return new Promise((resolve) => {
        const gone = () => resolve(err({ reason: 'closed', detail: 'port lost while writing' }));
        open.once('close', gone);
        open.write(Buffer.from(bytes), (error) => {
          open.off('close', gone);
          resolve(error ? err({ reason: 'closed', detail: error.message }) : ok());
        });
      });
    },
    async isPresent() {
      if (process.platform === 'win32') {
        const name = settings.path.toUpperCase().replace(/^\\\\\.\\/, '');
        return (await SerialPort.list()).some((found) => found.path.toUpperCase() === name);
      }
      return access(settings.path).then(
        () => true,
        () => false,
      );
    },
    onData: (listener) => data.add(listener),
    onClosed: (listener) => closed.add(listener),
    async close() {
      const open = port;
      port = undefined;
      if (open?.isOpen) await new Promise<void>((resolve) => open.close(() => resolve()));
    },
  };
}

/** A port that reported an error may still hold its file descriptor and its lock. */
function release(port: SerialPort): void {
  port.on('error', () => {});
  if (port.isOpen) port.close(() => {});
}

function openFailure(error: Error): TransportFailure {
  const detail = error.message;
  if (/no such file|not found/i.test(detail)) return { reason: 'absent', detail };
  if (/cannot lock|access denied|busy/i.test(detail)) return { reason: 'held', detail };
  return { reason: 'failed', detail };
}
