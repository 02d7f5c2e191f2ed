import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cable } from '../../simulators/id-reader/module.ts';
import type { Gadget } from './gadget.ts';

/** Numbers of the kernel's functionfs.h and of the USB specification, chapter 9. */
const DESCRIPTORS_MAGIC = 3;
const STRINGS_MAGIC = 2;
const HAS_FULL_SPEED = 1;
const HAS_HIGH_SPEED = 2;
const VENDOR_SPECIFIC = 0xff;
const BULK = 2;
const IN = 0x80;
const FULL_SPEED_PACKET = 64;
const HIGH_SPEED_PACKET = 512;
const ENGLISH = 0x409;

/** The inside of a USB device with a pair of bulk endpoints, as a file system of the kernel (FunctionFS). */
export class BulkCable implements Cable {
  readonly #gadget: Gadget;
  readonly #name: string;
  readonly #folder: string;
  readonly #hear: (bytes: Uint8Array) => void;
  /** Keeps the function alive. */
  #control: FileHandle | undefined;
  #input: FileHandle | undefined;
  #output: FileHandle | undefined;
  #sending = Promise.resolve();

  /** `name`: of the function, behind `ffs.`. */
  constructor(gadget: Gadget, name: string, folder: string, hear: (bytes: Uint8Array) => void) {
    this.#gadget = gadget;
    this.#name = name;
    this.#folder = folder;
    this.#hear = hear;
  }

  get isPlugged(): boolean {
    return this.#gadget.isPlugged;
  }

  write(bytes: Uint8Array): void {
    const input = this.#input;
    // A transfer nobody fetches fails when the cable is pulled.
    if (input) this.#sending = this.#sending.then(() => input.write(bytes).then(() => {})).catch(() => {});
  }

  async plug(): Promise<void> {
    if (!this.#control) {
      mkdirSync(this.#folder, { recursive: true });
      execFileSync('mount', ['-t', 'functionfs', this.#name, this.#folder]);
      this.#control = await open(join(this.#folder, 'ep0'), 'r+');
      await this.#control.write(descriptors());
      await this.#control.write(strings('ID card reader'));
      this.#output = await open(join(this.#folder, 'ep1'), 'r');
      this.#input = await open(join(this.#folder, 'ep2'), 'w');
    }
    this.#gadget.plug();
    if (this.#output) void this.#listen(this.#output);
  }

  unplug(): Promise<void> {
    this.#gadget.unplug();
    return Promise.resolve();
  }

  /** Waits inside the kernel for each transfer, and for the cable before the first one. */
  async #listen(output: FileHandle): Promise<void> {
    const transfer = Buffer.alloc(HIGH_SPEED_PACKET);
    while (this.#gadget.isPlugged) {
      const length = await output.read(transfer, 0, transfer.length, null).then(
        ({ bytesRead }) => bytesRead,
        () => undefined,
      );
      if (length === undefined) return;
      this.#hear(Uint8Array.from(transfer.subarray(0, length)));
    }
  }
}

function descriptors(): Buffer {
  const each = [FULL_SPEED_PACKET, HIGH_SPEED_PACKET].map((packet) =>
    Buffer.concat([
      // Length, type interface, number, alternate, endpoints, class, subclass, protocol, string.
      Buffer.of(9, 4, 0, 0, 2, VENDOR_SPECIFIC, 0, 0, 1),
      endpoint(1, packet),
      endpoint(IN | 2, packet),
    ]),
  );
  const head = Buffer.alloc(20);
  const length = head.length + each.reduce((sum, { length: bytes }) => sum + bytes, 0);
  // Three descriptors for each of the two speeds.
  [DESCRIPTORS_MAGIC, length, HAS_FULL_SPEED | HAS_HIGH_SPEED, 3, 3].forEach((n, i) => head.writeUInt32LE(n, i * 4));
  return Buffer.concat([head, ...each]);
}

function endpoint(address: number, packet: number): Buffer {
  return Buffer.of(7, 5, address, BULK, packet & 0xff, packet >> 8, 0);
}

function strings(name: string): Buffer {
  const text = Buffer.from(`${name}\0`);
  const head = Buffer.alloc(18);
  // One string in one language.
  [STRINGS_MAGIC, head.length + text.length, 1, 1].forEach((n, i) => head.writeUInt32LE(n, i * 4));
  head.writeUInt16LE(ENGLISH, 16);
  return Buffer.concat([head, text]);
}
