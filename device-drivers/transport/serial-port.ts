import { readSync, writeSync } from 'node:fs';
import { SerialPort } from 'serialport';

export interface SerialSettings {
  /** `/dev/serial/by-id/…` or a udev symlink; `COM3` on Windows. */
  readonly path: string;
  readonly baudRate: number;
  /** Absent: none. */
  readonly parity?: 'none' | 'even';
  /** Hardware flow control; absent: off. */
  readonly rtscts?: boolean;
}

/** An open port of serialport's binding, below its stream. */
export type OpenPort = Awaited<ReturnType<typeof SerialPort.binding.open>>;
type UnixPort = Extract<OpenPort, { readonly poller: unknown }>;

export const openPort = (options: SerialSettings): Promise<OpenPort> => SerialPort.binding.open(options);

/**
 * Bytes read into the buffer, 0 when the line was hung up: the adapter was pulled out. serialport itself takes a 0 for
 * nothing read and asks again at once and for ever, with a core at full load and without a word to anybody. It also
 * has a thread try before it waits for bytes; a port whose bytes are there can be read here and now.
 */
export async function readSome(port: OpenPort, buffer: Buffer): Promise<number> {
  if (!isUnix(port)) return (await port.read(buffer, 0, buffer.length)).bytesRead;
  for (;;) {
    await ready(port, 'readable');
    const taken = unlessBusy(() => readSync(descriptor(port), buffer));
    if (taken !== undefined) return taken;
  }
}

/** Done when the operating system took all of it. */
export async function writeAll(port: OpenPort, bytes: Uint8Array): Promise<void> {
  if (!isUnix(port)) return port.write(Buffer.from(bytes));
  for (let sent = 0; sent < bytes.length;) {
    const taken = unlessBusy(() => writeSync(descriptor(port), bytes, sent));
    if (taken === undefined) await ready(port, 'writable');
    else sent += taken;
  }
}

const isUnix = (port: OpenPort): port is UnixPort => 'poller' in port;

function descriptor({ fd }: UnixPort): number {
  if (fd === null) throw new Error('port closed');
  return fd;
}

/** Rejects when the port is closed and when it reports an error. */
function ready({ poller }: UnixPort, event: 'readable' | 'writable'): Promise<void> {
  return new Promise((resolve, reject) => {
    poller.once(event, (error) => (error ? reject(error) : resolve()));
  });
}

/** undefined: the port has no byte, or no room for one. Ports are opened so that none of this waits. */
function unlessBusy(work: () => number): number | undefined {
  try {
    return work();
  } catch (error) {
    const busy = error instanceof Error && 'code' in error && ['EAGAIN', 'EINTR'].includes(String(error.code));
    if (busy) return undefined;
    throw error;
  }
}
