import { Listeners } from '@kiosk/device-drivers/transport/listeners.ts';
import type { BusChange, BusDevice, UsbBus } from '@kiosk/device-drivers/transport/usb-bus.ts';

/** What a device at the other end of the cable does. */
export interface BulkEnd {
  /** Bytes of one transfer out. What is given to `say` waits for transfers in, a packet each. */
  hear(bytes: Uint8Array, say: (bytes: Uint8Array) => void): void;
}

const PACKET = 64;

/**
 * A bus in this process with the surface of the package `usb`: transfers that nothing comes for are cancelled after
 * their time, an unplugged device rejects everything, a second claim is refused, as the package does. It proves the
 * transport's handling of these; whether a real bus behaves so is shown only by the laboratory and by hardware.
 */
export class SimulatedBus implements UsbBus {
  readonly #changes = new Listeners<BusChange>();
  #device: BulkDevice | undefined;
  #next = 1;
  /** The machine has no USB at all. */
  absent = false;

  devices(): Promise<readonly BusDevice[]> {
    if (this.absent) return Promise.reject(new Error('getDevices error: /sys/bus/usb/devices/ not found'));
    return Promise.resolve(this.#device ? [this.#device] : []);
  }

  onChange(listener: (change: BusChange) => void): () => void {
    return this.#changes.add(listener);
  }

  plug(end: BulkEnd, id = { vendorId: 0x0400, productId: 0xc35a }, serialNumber = 'A1'): BulkDevice {
    this.#device = new BulkDevice(`usb-${this.#next++}`, id, serialNumber, end);
    this.#changes.tell({ type: 'attached', device: this.#device });
    return this.#device;
  }

  /** `silently`: the bus does not say so, only transfers fail. */
  unplug(silently = false): void {
    const device = this.#device;
    if (!device) return;
    this.#device = undefined;
    device.vanish();
    if (!silently) this.#changes.tell({ type: 'detached', handle: device.handle });
  }
}

type Waiting = { resolve(result: { data: DataView }): void; reject(error: Error): void };

export class BulkDevice implements BusDevice {
  readonly handle: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly serialNumber: string;
  configuration: BusDevice['configuration'] = {
    interfaces: [
      {
        interfaceNumber: 0,
        alternate: {
          endpoints: [
            { endpointNumber: 3, direction: 'in', type: 'interrupt', packetSize: 8 },
            { endpointNumber: 2, direction: 'out', type: 'bulk', packetSize: PACKET },
            { endpointNumber: 1, direction: 'in', type: 'bulk', packetSize: PACKET },
          ],
        },
      },
    ],
  };
  /** The next claims or transfers in fail with this. */
  claimFails: string | undefined;
  inFails: string | undefined;
  halted = false;
  claimed = false;
  isOpen = false;
  gone = false;
  /** It was given back while a transfer of it was under way, which ended the program with the real package. */
  givenBackTooEarly = false;
  readonly #end: BulkEnd;
  readonly #packets: Uint8Array[] = [];
  #waiting: Waiting | undefined;

  constructor(handle: string, id: { vendorId: number; productId: number }, serialNumber: string, end: BulkEnd) {
    this.handle = handle;
    this.vendorId = id.vendorId;
    this.productId = id.productId;
    this.serialNumber = serialNumber;
    this.#end = end;
  }

  /** A transfer ends a little later than the bus says that its device has left. */
  vanish(): void {
    this.gone = true;
    setImmediate(() => {
      this.#waiting?.reject(new Error('transferIn error: Disconnected'));
      this.#waiting = undefined;
    });
  }

  /** The device speaks: packets of the size of its endpoint. */
  say(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += PACKET) this.#packets.push(bytes.slice(at, at + PACKET));
    this.#serve();
  }

  async open(): Promise<void> {
    await this.#there('open');
    this.isOpen = true;
  }

  async close(): Promise<void> {
    await this.#there('close');
    this.isOpen = this.claimed = false;
  }

  detachKernelDriver(): Promise<void> {
    return Promise.reject(new Error('detachKernelDriver error: entity not found'));
  }

  async claimInterface(): Promise<void> {
    await this.#there('claimInterface');
    if (this.claimFails) throw new Error(`claimInterface error: ${this.claimFails}`);
    if (this.claimed) throw new Error('claimInterface error: Device or resource busy');
    this.claimed = true;
  }

  /** The package throws here and now, instead of rejecting, when the device is gone or a transfer is under way. */
  releaseInterface(): Promise<void> {
    if (this.#waiting) {
      this.givenBackTooEarly = true;
      throw new Error('releaseInterface error: a transfer is under way');
    }
    if (this.gone) throw new Error('releaseInterface error: Disconnected');
    this.claimed = false;
    return Promise.resolve();
  }

  async transferOut(_endpoint: number, data: Uint8Array): Promise<{ bytesWritten: number }> {
    await this.#there('transferOut');
    if (!this.claimed) throw new Error('transferOut error: endpoint not found');
    this.#end.hear(data, (bytes) => this.say(bytes));
    return { bytesWritten: data.length };
  }

  async transferIn(_endpoint: number, _length: number, timeoutMs: number): Promise<{ data: DataView }> {
    await this.#there('transferIn');
    if (!this.claimed) throw new Error('transferIn error: endpoint not found');
    if (this.inFails) throw new Error(`transferIn error: ${this.inFails}`);
    if (this.halted) throw new Error('transferIn error: Stall');
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting = undefined;
        reject(new Error('transferIn error: Cancelled'));
      }, timeoutMs);
      const settled =
        <T>(then: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer);
          then(value);
        };
      this.#waiting = { resolve: settled(resolve), reject: settled(reject) };
      this.#serve();
    });
  }

  async clearHalt(): Promise<void> {
    await this.#there('clearHalt');
    this.halted = false;
  }

  #serve(): void {
    if (!this.#waiting) return;
    const packet = this.#packets.shift();
    if (!packet) return;
    const { resolve } = this.#waiting;
    this.#waiting = undefined;
    resolve({ data: new DataView(packet.buffer, packet.byteOffset, packet.byteLength) });
  }

  #there(what: string): Promise<void> {
    return this.gone ? Promise.reject(new Error(`${what} error: Disconnected`)) : Promise.resolve();
  }
}
