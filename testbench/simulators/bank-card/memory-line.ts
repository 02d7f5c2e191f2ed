import { err, ok } from '@kiosk/contract/kernel/result.ts';
import { Listeners } from '@kiosk/device-drivers/transport/listeners.ts';
import type { Transport, TransportFailure } from '@kiosk/device-drivers/transport/transport.ts';

/** A cable inside this process: for tests that need thousands of connections and a clock moved by hand. */
export class MemoryLine {
  readonly #data = new Listeners<Uint8Array>();
  readonly #closed = new Listeners<TransportFailure>();
  #open = false;
  #plugged = true;
  /** Bytes from the host. */
  onWritten: (bytes: Uint8Array) => void = () => {};

  readonly transport: Transport = {
    place: 'memory',
    isOpen: false,
    open: () => {
      if (!this.#plugged) return Promise.resolve(err({ reason: 'absent', detail: 'nothing plugged in' }));
      this.#open = true;
      return Promise.resolve(ok());
    },
    write: (bytes) => {
      if (!this.#open) return Promise.resolve(err({ reason: 'closed', detail: 'not open' }));
      queueMicrotask(() => this.#plugged && this.onWritten(bytes));
      return Promise.resolve(ok());
    },
    isPresent: () => Promise.resolve(this.#plugged),
    onData: (listener) => this.#data.add(listener),
    onClosed: (listener) => this.#closed.add(listener),
    close: () => {
      this.#open = false;
      return Promise.resolve();
    },
  };

  constructor() {
    Object.defineProperty(this.transport, 'isOpen', { get: () => this.#open });
  }

  /** From the device to the host. */
  say(bytes: Uint8Array): void {
    queueMicrotask(() => this.#open && this.#plugged && this.#data.tell(bytes));
  }

  get isPlugged(): boolean {
    return this.#plugged;
  }

  unplug(): void {
    this.#plugged = false;
    if (!this.#open) return;
    this.#open = false;
    this.#closed.tell({ reason: 'closed', detail: 'unplugged' });
  }

  plug(): void {
    this.#plugged = true;
  }
}
