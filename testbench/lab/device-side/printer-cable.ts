import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { deviceFileTransport } from '@kiosk/device-drivers/transport/device-file.ts';
import type { Transport } from '@kiosk/device-drivers/transport/transport.ts';
import type { Gadget } from './gadget.ts';

const LOOK_MS = 50;

/** The far end of a USB printer: what the machine has as /dev/usb/lp… is /dev/g_printer… here. */
export class PrinterCable {
  readonly #gadget: Gadget;
  readonly #transport: Transport;

  constructor(gadget: Gadget, path: string, hear: (bytes: Buffer) => void) {
    this.#gadget = gadget;
    this.#transport = deviceFileTransport(path, systemClock);
    this.#transport.onData((chunk) => hear(Buffer.from(chunk)));
    this.#transport.onClosed(() => void this.#open());
  }

  write(bytes: Uint8Array): void {
    void this.#transport.write(bytes);
  }

  plug(): void {
    this.#gadget.plug();
    void this.#open();
  }

  async unplug(): Promise<void> {
    this.#gadget.unplug();
    await this.#transport.close();
  }

  /** The file is there a moment after the plug, and refuses until the machine has chosen a configuration. */
  async #open(): Promise<void> {
    while (this.#gadget.isPlugged && !this.#transport.isOpen && !(await this.#transport.open()).ok) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }
}
