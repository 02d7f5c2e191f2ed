import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import { Listeners } from './listeners.ts';
import type { Transport, TransportFailure } from './transport.ts';
import { hex4 } from './usb-bulk.ts';
import { type UsbBus, type UsbId, isDevice } from './usb-bus.ts';

export interface UsbHidSettings extends UsbId {
  readonly reportSize: number;
  readonly reportId: number;
  readonly reportHeader: number;
}

/** Of the package node-hid, what this transport uses. */
export interface Hid {
  devices(vendorId: number, productId: number): Promise<readonly HidInfo[]>;
  open(path: string): Promise<HidDevice>;
}

export interface HidInfo {
  readonly path?: string | undefined;
  readonly serialNumber?: string | undefined;
}

export interface HidDevice {
  on(event: 'data', listener: (report: Buffer) => void): unknown;
  /** A device that was pulled out says so with a text and not with an Error. */
  on(event: 'error', listener: (error: unknown) => void): unknown;
  write(report: Buffer): Promise<number>;
  close(): Promise<void>;
}

/** The real devices; loaded when the first driver needs it. */
export const systemHid: Hid = {
  async devices(vendorId, productId) {
    const { devicesAsync } = await import('node-hid');
    return devicesAsync(vendorId, productId);
  },
  async open(path) {
    const { HIDAsync } = await import('node-hid');
    return HIDAsync.open(path);
  },
};

/** What an interrupted exchange left in the device is let go until nothing came for this long, in ms. */
const QUIET_MS = 30;
const DRAIN_AT_MOST = 20;
const SETTLE_MS = 100;

/**
 * A stream of bytes in HID reports. What is written is cut into reports padded with zeros; of what comes, every report
 * is taken whole: whoever reads frames skips padding, and bytes in front of a preamble.
 */
export function usbHidTransport(settings: UsbHidSettings, hid: Hid, bus: UsbBus, clock: Clock): Transport {
  const { vendorId, productId, serialNumber, reportId, reportHeader } = settings;
  const data = new Listeners<Uint8Array>();
  const closed = new Listeners<TransportFailure>();
  const appeared = new Listeners<void>();
  const place = `hid:${hex4(vendorId)}:${hex4(productId)}`;
  let opening = false;
  let wanted = false;
  let current: HidDevice | undefined;

  bus.onChange((change) => {
    if (change.type === 'attached' && isDevice(change.device, settings)) appeared.tell();
  });

  /** Path of the device; undefined when it is not there. */
  async function find(): Promise<string | undefined> {
    const found = await hid.devices(vendorId, productId);
    return found.find((info) => serialNumber === undefined || info.serialNumber === serialNumber)?.path;
  }

  function lost(device: HidDevice, detail: string): void {
    if (current !== device) return;
    current = undefined;
    void device.close().catch(() => {});
    closed.tell({ reason: 'closed', detail });
  }

  /** Reads from the first moment: without a reader the package keeps nothing, and does not notice an unplugged device. */
  async function listen(device: HidDevice): Promise<void> {
    let reports = 0;
    let failure: string | undefined;
    device.on('error', (error) => {
      failure = words(error);
      lost(device, failure);
    });
    device.on('data', (report) => {
      reports++;
      if (current !== device) return;
      // A numbered report comes with its number in front.
      data.tell(Uint8Array.from(report.subarray(reportHeader + (reportId === 0 ? 0 : 1))));
    });
    for (let i = 0; i < DRAIN_AT_MOST; i++) {
      const before = reports;
      await new Promise<void>((resolve) => void clock.after(QUIET_MS, resolve));
      if (failure !== undefined) throw new Error(failure);
      if (reports === before) return;
    }
  }

  async function connect(): Promise<Result<HidDevice, TransportFailure>> {
    let device: HidDevice | undefined;
    try {
      const path = await find();
      if (path === undefined) return err({ reason: 'absent', detail: `no ${place} among the HID devices` });
      device = await hid.open(path);
      await listen(device);
      return ok(device);
    } catch (error) {
      await device?.close().catch(() => {});
      return err({ reason: 'failed', detail: words(error) });
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
      const connected = await connect().finally(() => (opening = false));
      if (!connected.ok) return connected;
      if (!wanted) {
        await connected.value.close().catch(() => {});
        return err({ reason: 'closed', detail: 'closed while opening' });
      }
      current = connected.value;
      return ok();
    },
    async write(bytes) {
      const device = current;
      if (!device) return err({ reason: 'closed', detail: 'write on a closed device' });
      try {
        for (const report of reportsOf(bytes, settings)) await device.write(report);
        return ok();
      } catch (error) {
        return err({ reason: 'closed', detail: words(error) });
      }
    },
    isPresent: () =>
      find().then(
        (path) => path !== undefined,
        () => false,
      ),
    onData: (listener) => data.add(listener),
    onClosed: (listener) => closed.add(listener),
    // The bus tells of the device before the system has made its HID node.
    onAppeared: (listener) => appeared.add(() => void clock.after(SETTLE_MS, listener)),
    async close() {
      wanted = false;
      const device = current;
      current = undefined;
      // Awaited: a program that ends while a device is being closed crashes on some systems.
      await device?.close().catch(() => {});
    },
  };
}

/** Output reports: number (0 when there is none), header, data, zeros up to the full length. */
export function reportsOf(
  bytes: Uint8Array,
  { reportSize, reportId, reportHeader }: Pick<UsbHidSettings, 'reportSize' | 'reportId' | 'reportHeader'>,
): readonly Buffer[] {
  const room = reportSize - reportHeader;
  return Array.from({ length: Math.ceil(bytes.length / room) }, (_, i) => {
    const report = Buffer.alloc(1 + reportSize);
    report[0] = reportId;
    report.set(bytes.subarray(i * room, (i + 1) * room), 1 + reportHeader);
    return report;
  });
}

const words = (error: unknown) => (error instanceof Error ? error.message : String(error));
