import { constants } from 'node:fs';
import { type FileHandle, access, open } from 'node:fs/promises';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import { Listeners } from './listeners.ts';
import type { Transport, TransportFailure } from './transport.ts';

/** How soon a device is looked at again that had nothing to say, in ms: doubled from first to most. */
const LOOK_FIRST_MS = 4;
const LOOK_MOST_MS = 200;
/** A device that takes no byte for this long is not there for us, whatever it waits for. */
const STUCK_MS = 5_000;
const READ_BYTES = 4_096;

interface Connection {
  readonly file: FileHandle;
  reading: Promise<void>;
}

/**
 * A character device of Linux that is neither a serial port nor a socket, as the kernel makes one of a USB printer:
 * `/dev/usb/lp0`. Node can wait for no such file, so it is opened without waiting and looked at again and again: soon
 * after something was said, ever more rarely while nothing is.
 */
export function deviceFileTransport(path: string, clock: Clock): Transport {
  const data = new Listeners<Uint8Array>();
  const closed = new Listeners<TransportFailure>();
  let opening = false;
  let wanted = false;
  let current: Connection | undefined;
  /** Done when the device of the last connection was let go. */
  let released: Promise<unknown> = Promise.resolve();
  let wait = LOOK_FIRST_MS;
  let wake = () => {};

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const stopTimer = clock.after(wait, resolve);
      wake = () => {
        stopTimer();
        resolve();
      };
    });
  }

  function lookNow(): void {
    wait = LOOK_FIRST_MS;
    wake();
  }

  function release({ reading, file }: Connection): void {
    lookNow();
    released = reading.then(() => file.close()).catch(() => {});
  }

  function lost(connection: Connection, error: unknown): void {
    if (current !== connection) return;
    current = undefined;
    release(connection);
    closed.tell({ reason: 'closed', detail: words(error) });
  }

  async function read(connection: Connection): Promise<void> {
    const buffer = new Uint8Array(READ_BYTES);
    while (current === connection) {
      const taken = await take(() => connection.file.read(buffer, 0, buffer.length, null));
      if (current !== connection) return;
      // Who waits for the end of the reading must not be told from inside it.
      if (!taken.ok) return queueMicrotask(() => lost(connection, taken.error));
      const length = taken.value?.bytesRead ?? 0;
      if (length > 0) {
        data.tell(buffer.slice(0, length));
        wait = LOOK_FIRST_MS;
        continue;
      }
      // A printer with nothing to say is at the end of its file every time.
      await pause();
      wait = Math.min(wait * 2, LOOK_MOST_MS);
    }
  }

  return {
    place: path,
    get isOpen() {
      return current !== undefined;
    },
    async open() {
      if (current || opening) throw new Error(`${path} is already open`);
      opening = wanted = true;
      await released;
      const opened = await openFile(path).finally(() => (opening = false));
      if (!opened.ok) return opened;
      if (!wanted) {
        await opened.value.close();
        return err({ reason: 'closed', detail: 'closed while opening' });
      }
      current = { file: opened.value, reading: Promise.resolve() };
      current.reading = read(current);
      return ok();
    },
    async write(bytes) {
      const connection = current;
      if (!connection) return err({ reason: 'closed', detail: 'write on a closed device' });
      let stuckSince = clock.monotonic();
      for (let sent = 0; sent < bytes.length;) {
        const taken = await take(() => connection.file.write(bytes, sent));
        if (current !== connection) return err({ reason: 'closed', detail: 'device lost while writing' });
        const length = taken.ok ? (taken.value?.bytesWritten ?? 0) : 0;
        if (length > 0) {
          sent += length;
          stuckSince = clock.monotonic();
          continue;
        }
        const stuck = clock.monotonic() - stuckSince >= STUCK_MS;
        if (!taken.ok || stuck) {
          const error = taken.ok ? `no byte taken for ${STUCK_MS / 1_000} s` : taken.error;
          lost(connection, error);
          return err({ reason: 'closed', detail: words(error) });
        }
        await new Promise<void>((resolve) => void clock.after(LOOK_FIRST_MS, resolve));
      }
      lookNow();
      return ok();
    },
    isPresent: () =>
      access(path).then(
        () => true,
        () => false,
      ),
    onData: (listener) => data.add(listener),
    onClosed: (listener) => closed.add(listener),
    async close() {
      wanted = false;
      const connection = current;
      current = undefined;
      if (connection) release(connection);
      await released;
    },
  };
}

/** undefined: the device is not ready for it. */
async function take<T>(work: () => Promise<T>): Promise<Result<T | undefined, unknown>> {
  try {
    return ok(await work());
  } catch (error) {
    return ['EAGAIN', 'EINTR'].includes(codeOf(error)) ? ok(undefined) : err(error);
  }
}

async function openFile(path: string): Promise<Result<FileHandle, TransportFailure>> {
  try {
    return ok(await open(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY));
  } catch (error) {
    const detail = words(error);
    const code = codeOf(error);
    if (['ENOENT', 'ENODEV', 'ENXIO'].includes(code)) return err({ reason: 'absent', detail });
    return err({ reason: ['EBUSY', 'EACCES', 'EPERM'].includes(code) ? 'held' : 'failed', detail });
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '');
const words = (error: unknown) => (error instanceof Error ? error.message : String(error));
