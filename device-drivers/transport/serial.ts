import { access } from 'node:fs/promises';
import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import { SerialPort } from 'serialport';
import { Listeners } from './listeners.ts';
import { type OpenPort, type SerialSettings, openPort, readSome, writeAll } from './serial-port.ts';
import type { Transport, TransportFailure } from './transport.ts';

/** More than a device says at once; what is longer comes in pieces. */
const READ_BYTES = 4_096;

/**
 * A serial port, 8 data bits, one stop bit. It stands on serialport's binding and not on its stream, which keeps
 * writes to a closed port and sends them after the next open: a stale command on reconnect must never happen.
 */
export function serialTransport(settings: SerialSettings): Transport {
  const data = new Listeners<Uint8Array>();
  const closed = new Listeners<TransportFailure>();
  /** The latest open(), until it failed, its port was lost, or close() was called. */
  let wanted: symbol | undefined;
  let current: OpenPort | undefined;
  /** Done when no port is being opened or let go: only then can the place be had again. */
  let settled: Promise<unknown> = Promise.resolve();
  /** Done when the bytes before are written. */
  let writing: Promise<unknown> = Promise.resolve();
  let { baudRate } = settings;

  function letGo(port: OpenPort): void {
    wanted = current = undefined;
    settled = port.close().catch(() => {});
  }

  function lost(port: OpenPort, detail: string): void {
    if (current !== port) return;
    letGo(port);
    closed.tell({ reason: 'closed', detail });
  }

  async function connect(mine: symbol): Promise<Result<void, TransportFailure>> {
    let port: OpenPort;
    try {
      port = await openPort({ ...settings, baudRate });
    } catch (error) {
      if (wanted === mine) wanted = undefined;
      return err(openFailure(words(error)));
    }
    if (wanted !== mine) {
      await port.close().catch(() => {});
      return err({ reason: 'closed', detail: 'closed while opening' });
    }
    current = port;
    void read(port);
    return ok();
  }

  async function read(port: OpenPort): Promise<void> {
    const buffer = Buffer.alloc(READ_BYTES);
    while (current === port) {
      const taken = await attempt(() => readSome(port, buffer));
      if (!taken.ok) return lost(port, taken.error);
      if (taken.value === 0) return lost(port, 'the line was hung up');
      const chunk = Uint8Array.from(buffer.subarray(0, taken.value));
      // It lives as long as the port does, and what it held may be a person's.
      buffer.fill(0, 0, taken.value);
      if (current === port) data.tell(chunk);
    }
  }

  async function write(port: OpenPort, bytes: Uint8Array): Promise<Result<void, TransportFailure>> {
    if (current !== port) return err({ reason: 'closed', detail: 'port lost before writing' });
    const written = await attempt(() => writeAll(port, bytes));
    if (written.ok) return ok();
    lost(port, written.error);
    return err({ reason: 'closed', detail: written.error });
  }

  return {
    place: settings.path,
    get isOpen() {
      return current !== undefined;
    },
    useBaudRate: (rate) => void (baudRate = rate),
    async open() {
      if (wanted) throw new Error(`${settings.path} is already open`);
      const mine = (wanted = Symbol('open'));
      const opening = settled.then(() => connect(mine));
      settled = opening;
      return opening;
    },
    async write(bytes) {
      const port = current;
      if (!port) return err({ reason: 'closed', detail: 'write on a closed port' });
      const mine = writing.then(() => write(port, bytes));
      writing = mine;
      return mine;
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
      wanted = undefined;
      if (current) letGo(current);
      await settled;
    },
  };
}

async function attempt<T>(work: () => Promise<T>): Promise<Result<T, string>> {
  try {
    return ok(await work());
  } catch (error) {
    return err(words(error));
  }
}

function openFailure(detail: string): TransportFailure {
  if (/no such file|not found/i.test(detail)) return { reason: 'absent', detail };
  if (/cannot lock|access denied|busy/i.test(detail)) return { reason: 'held', detail };
  return { reason: 'failed', detail };
}

const words = (error: unknown) => (error instanceof Error ? error.message : String(error));
