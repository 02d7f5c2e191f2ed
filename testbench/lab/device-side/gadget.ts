import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface GadgetShape {
  readonly name: string;
  /** Hexadecimal. */
  readonly vendorId: string;
  readonly productId: string;
  readonly serialNumber: string;
  /** What it can do, as the kernel names it: `acm.reader`, with what is to be set of it. */
  readonly function: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

const GADGETS = '/sys/kernel/config/usb_gadget';

/**
 * A USB device that the kernel plays, wired to a host controller that it plays too (dummy_hcd): above it everything is
 * as with a real one, descriptors, plugging and unplugging included.
 */
export class Gadget {
  readonly #folder: string;
  readonly #socket: string;
  #plugged = false;

  /** `socket`: which of the controller's sockets it is plugged into, from 0. */
  constructor({ name, vendorId, productId, serialNumber, ...shape }: GadgetShape, socket: number) {
    this.#folder = join(GADGETS, name);
    this.#socket = `dummy_udc.${socket}`;
    const at = (...parts: string[]) => join(this.#folder, ...parts);
    const set = (file: string, value: string) => writeFileSync(file, value);
    mkdirSync(at());
    set(at('idVendor'), `0x${vendorId}`);
    set(at('idProduct'), `0x${productId}`);
    mkdirSync(at('strings/0x409'));
    set(at('strings/0x409/serialnumber'), serialNumber);
    set(at('strings/0x409/manufacturer'), 'Laboratory');
    set(at('strings/0x409/product'), name);
    mkdirSync(at('configs/c.1'));
    mkdirSync(at('functions', shape.function));
    for (const [attribute, value] of Object.entries(shape.attributes ?? {})) {
      set(at('functions', shape.function, attribute), value);
    }
    symlinkSync(at('functions', shape.function), at('configs/c.1', shape.function));
  }

  get isPlugged(): boolean {
    return this.#plugged;
  }

  plug(): void {
    if (this.#plugged) return;
    writeFileSync(join(this.#folder, 'UDC'), this.#socket);
    this.#plugged = true;
  }

  /** As pulling the cable: nobody is asked. */
  unplug(): void {
    if (!this.#plugged) return;
    writeFileSync(join(this.#folder, 'UDC'), '\n');
    this.#plugged = false;
  }
}
