import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import { Listeners } from './listeners.ts';
import type { Transport, TransportFailure } from './transport.ts';
import { type BusDevice, type UsbBus, type UsbId, isDevice } from './usb-bus.ts';

export interface UsbBulkSettings extends UsbId {
  readonly interfaceNumber: number;
}

/** A transfer that brings nothing ends after this time and is begun again; closing waits for it. */
const TRANSFER_MS = 250;
const WRITE_MS = 1_000;
const SETTLE_MS = 20;

interface Opened {
  readonly device: BusDevice;
  readonly input: number;
  readonly output: number;
  readonly packetSize: number;
  /** Resolves when the reading loop ended. */
  reading: Promise<void>;
  /** Resolves when the last transfer out ended. */
  writing: Promise<unknown>;
}

/**
 * The first pair of bulk endpoints of a USB interface. One transfer asks for one packet: an answer whose length is a
 * multiple of the packet size would otherwise never end a longer one.
 */
export function usbBulkTransport(settings: UsbBulkSettings, bus: UsbBus, clock: Clock): Transport {
  const data = new Listeners<Uint8Array>();
  const closed = new Listeners<TransportFailure>();
  const appeared = new Listeners<void>();
  const place = `usb:${hex4(settings.vendorId)}:${hex4(settings.productId)}`;
  let opening = false;
  let wanted = false;
  let current: Opened | undefined;
  /** Done when the device of the last connection was let go. */
  let released: Promise<unknown> = Promise.resolve();

  bus.onChange((change) => {
    if (change.type === 'attached') {
      if (isDevice(change.device, settings)) appeared.tell();
    } else if (current?.device.handle === change.handle) lost(current, 'unplugged');
  });

  /** The package gives a device back only when no transfer of it is under way. */
  function letGo({ device, reading, writing }: Opened): void {
    released = Promise.allSettled([reading, writing]).then(() => release(device, settings.interfaceNumber));
  }

  function lost(connection: Opened, detail: string): void {
    if (current !== connection) return;
    current = undefined;
    letGo(connection);
    closed.tell({ reason: 'closed', detail });
  }

  async function read(connection: Opened): Promise<void> {
    const { device, input, packetSize } = connection;
    while (current === connection) {
      try {
        const { data: bytes } = await device.transferIn(input, packetSize, TRANSFER_MS);
        if (bytes && bytes.byteLength > 0 && current === connection) {
          data.tell(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
        }
      } catch (error) {
        const detail = words(error);
        // Nothing came within the time: the package says that its transfer was cancelled.
        if (/cancel|timed?.?out/i.test(detail)) continue;
        if (/stall/i.test(detail) && (await revive(connection))) continue;
        // The loop ends itself; who releases the device waits for it.
        queueMicrotask(() => lost(connection, detail));
        return;
      }
    }
  }

  async function connect(): Promise<Result<Opened, TransportFailure>> {
    let device: BusDevice | undefined;
    try {
      device = (await bus.devices()).find((found) => isDevice(found, settings));
    } catch (error) {
      return err({ reason: 'absent', detail: words(error) });
    }
    if (!device) return err({ reason: 'absent', detail: `no ${place} on the bus` });
    try {
      await device.open();
      // Elsewhere than on Linux there is no such thing, and mostly no driver holds it.
      await device.detachKernelDriver(settings.interfaceNumber).catch(() => {});
      await device.claimInterface(settings.interfaceNumber);
      const ends = endpoints(device, settings.interfaceNumber);
      if (ends) return ok({ device, ...ends, reading: Promise.resolve(), writing: Promise.resolve() });
      await release(device, settings.interfaceNumber);
      return err({ reason: 'failed', detail: `interface ${settings.interfaceNumber} has no pair of bulk endpoints` });
    } catch (error) {
      await release(device, settings.interfaceNumber);
      const detail = words(error);
      return err({ reason: /busy|access|permission/i.test(detail) ? 'held' : 'failed', detail });
    }
  }

  return {
    place,
    get isOpen() {
      return current !== undefined;
    },
    async open() {
      if (current || opening) throw new Error(`${place} is already open`);
      opening = wanted = true;
      await released;
      const connected = await connect().finally(() => (opening = false));
      if (!connected.ok) return connected;
      const connection = connected.value;
      if (!wanted) {
        await release(connection.device, settings.interfaceNumber);
        return err({ reason: 'closed', detail: 'closed while opening' });
      }
      current = connection;
      connection.reading = read(connection);
      return ok();
    },
    async write(bytes) {
      const connection = current;
      if (!connection) return err({ reason: 'closed', detail: 'write on a closed device' });
      try {
        const transfer = connection.device.transferOut(connection.output, bytes, WRITE_MS);
        connection.writing = transfer;
        const { bytesWritten } = await transfer;
        if (bytesWritten === bytes.length) return ok();
        return err({ reason: 'closed', detail: `${bytesWritten} of ${bytes.length} bytes left` });
      } catch (error) {
        return err({ reason: 'closed', detail: words(error) });
      }
    },
    isPresent: () =>
      bus.devices().then(
        (devices) => devices.some((device) => isDevice(device, settings)),
        () => false,
      ),
    onData: (listener) => data.add(listener),
    onClosed: (listener) => closed.add(listener),
    onAppeared: (listener) =>
      // A device that just came is not yet ready to be opened on every system.
      appeared.add(() => void clock.after(SETTLE_MS, listener)),
    async close() {
      wanted = false;
      const connection = current;
      current = undefined;
      if (connection) letGo(connection);
      await released;
    },
  };
}

async function revive({ device, input }: Opened): Promise<boolean> {
  return device.clearHalt('in', input).then(
    () => true,
    () => false,
  );
}

/** A device that was unplugged refuses every step of this, at once or later. */
async function release(device: BusDevice, interfaceNumber: number): Promise<void> {
  for (const step of [() => device.releaseInterface(interfaceNumber), () => device.close()]) {
    try {
      await step();
    } catch {
      // It is gone; there is nothing to give back.
    }
  }
}

function endpoints(device: BusDevice, interfaceNumber: number) {
  const found = device.configuration?.interfaces.find((each) => each.interfaceNumber === interfaceNumber);
  const bulk = found?.alternate.endpoints.filter((endpoint) => endpoint.type === 'bulk') ?? [];
  const input = bulk.find((endpoint) => endpoint.direction === 'in');
  const output = bulk.find((endpoint) => endpoint.direction === 'out');
  if (!input || !output) return undefined;
  return { input: input.endpointNumber, output: output.endpointNumber, packetSize: input.packetSize };
}

const words = (error: unknown) => (error instanceof Error ? error.message : String(error));
export const hex4 = (value: number) => value.toString(16).toUpperCase().padStart(4, '0');
