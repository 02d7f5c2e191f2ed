import { SerialPort } from 'serialport';
import type { Cable } from '../../simulators/id-reader/module.ts';
import type { Gadget } from './gadget.ts';

/** The far end of a USB serial adapter: what the machine has as /dev/ttyACM… is /dev/ttyGS… here. */
export class SerialCable implements Cable {
  readonly #gadget: Gadget;
  readonly #path: string;
  readonly #hear: (bytes: Uint8Array) => void;
  #port: SerialPort | undefined;

  constructor(gadget: Gadget, path: string, hear: (bytes: Uint8Array) => void) {
    this.#gadget = gadget;
    this.#path = path;
    this.#hear = hear;
  }

  get isPlugged(): boolean {
    return this.#gadget.isPlugged;
  }

  write(bytes: Uint8Array): void {
    if (this.#port?.isOpen) this.#port.write(Buffer.from(bytes));
  }

  /** Opened before it is plugged in: an unopened terminal would send back what it hears. */
  async plug(): Promise<void> {
    await this.switchOn();
    this.#gadget.plug();
  }

  async unplug(): Promise<void> {
    this.#gadget.unplug();
    await this.switchOff();
  }

  /** Opening raises the lines that say that a device is there (DSR and DCD). */
  async switchOn(): Promise<void> {
    const port = new SerialPort({ path: this.#path, baudRate: 115200, autoOpen: false });
    port.on('data', this.#hear).on('error', () => {});
    await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
    this.#port = port;
  }

  async switchOff(): Promise<void> {
    const port = this.#port;
    this.#port = undefined;
    // Refused when the port closed itself, because the cable is out.
    await new Promise<void>((resolve) => (port ? port.close(() => resolve()) : resolve()));
  }
}
