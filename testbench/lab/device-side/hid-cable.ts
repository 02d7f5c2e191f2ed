import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Cable } from '../../simulators/id-reader/module.ts';

/** Messages of the kernel's uhid.h. */
const DESTROY = 1;
const OUTPUT = 6;
const CREATE = 11;
const INPUT = 12;
const BUS_USB = 3;
/** The largest message: CREATE. */
const MESSAGE_BYTES = 4_380;
const LARGEST_REPORT = 4_096;
const REPORT = 64;
const LOOK_MS = 4;

/** Vendor page, 64 bytes in and 64 bytes out, not numbered. */
const REPORTS = Buffer.from('0600ff0901a1011500' + '26ff0075089540' + '09018102' + '9540' + '09019102' + 'c0', 'hex');

const nothing = () => {};

export interface HidIdentity {
  readonly name: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly serialNumber: string;
}

/** A HID device that the kernel believes in (/dev/uhid): as /dev/hidraw… on the machine's side. */
export class HidCable implements Cable {
  readonly #identity: HidIdentity;
  readonly #hear: (bytes: Uint8Array) => void;
  #file: FileHandle | undefined;
  #sending = Promise.resolve();

  constructor(identity: HidIdentity, hear: (bytes: Uint8Array) => void) {
    this.#identity = identity;
    this.#hear = hear;
  }

  get isPlugged(): boolean {
    return this.#file !== undefined;
  }

  /** One answer: every report is full, the last one with zeros. */
  write(bytes: Uint8Array): void {
    for (let sent = 0; sent < bytes.length; sent += REPORT) {
      const message = Buffer.alloc(6 + REPORT);
      message.writeUInt32LE(INPUT, 0);
      message.writeUInt16LE(REPORT, 4);
      message.set(bytes.subarray(sent, sent + REPORT), 6);
      this.#send(message);
    }
  }

  async plug(): Promise<void> {
    this.#file = await open('/dev/uhid', constants.O_RDWR | constants.O_NONBLOCK);
    const { name, vendorId, productId, serialNumber } = this.#identity;
    const message = Buffer.alloc(MESSAGE_BYTES);
    message.writeUInt32LE(CREATE, 0);
    message.write(name, 4);
    message.write(serialNumber, 4 + 128 + 64);
    const numbers = 4 + 128 + 64 + 64;
    message.writeUInt16LE(REPORTS.length, numbers);
    message.writeUInt16LE(BUS_USB, numbers + 2);
    message.writeUInt32LE(vendorId, numbers + 4);
    message.writeUInt32LE(productId, numbers + 8);
    message.set(REPORTS, numbers + 20);
    this.#send(message);
    await this.#sending;
    void this.#listen(this.#file);
  }

  async unplug(): Promise<void> {
    const file = this.#file;
    if (!file) return;
    const message = Buffer.alloc(4);
    message.writeUInt32LE(DESTROY, 0);
    this.#send(message);
    await this.#sending;
    this.#file = undefined;
    await file.close();
  }

  #send(message: Buffer): void {
    const file = this.#file;
    // The end of an answer comes after the cable was pulled.
    if (file) this.#sending = this.#sending.then(() => file.write(message).then(nothing, nothing));
  }

  async #listen(file: FileHandle): Promise<void> {
    const message = Buffer.alloc(MESSAGE_BYTES);
    while (this.#file === file) {
      const { bytesRead } = await file.read(message, 0, message.length, null).catch(() => ({ bytesRead: 0 }));
      if (bytesRead === 0) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      else if (message.readUInt32LE(0) === OUTPUT) {
        const length = message.readUInt16LE(4 + LARGEST_REPORT);
        // A report that is not numbered comes with a zero where its number would be.
        this.#hear(Uint8Array.from(message.subarray(4 + (length > REPORT ? 1 : 0), 4 + length)));
      }
    }
  }
}
