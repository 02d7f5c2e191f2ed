import { Listeners } from './listeners.ts';

export interface UsbId {
  readonly vendorId: number;
  readonly productId: number;
  /** Only this one, where two are alike. */
  readonly serialNumber?: string | undefined;
}

export interface BusEndpoint {
  readonly endpointNumber: number;
  readonly direction: string;
  readonly type: string;
  /** Bytes. */
  readonly packetSize: number;
}

/**
 * Of a device on the bus, what the transports use, as the package `usb` has it. Its transfers take a time limit in ms,
 * after which they are cancelled and reject; the standard that the package follows has none.
 */
export interface BusDevice {
  readonly vendorId: number;
  readonly productId: number;
  /** Names this device until it is unplugged. */
  readonly handle: string;
  readonly serialNumber?: string | null | undefined;
  readonly configuration?:
    | {
        readonly interfaces: readonly {
          readonly interfaceNumber: number;
          readonly alternate: { readonly endpoints: readonly BusEndpoint[] };
        }[];
      }
    | null
    | undefined;
  open(): Promise<void>;
  close(): Promise<void>;
  detachKernelDriver(interfaceNumber: number): Promise<void>;
  claimInterface(interfaceNumber: number): Promise<void>;
  releaseInterface(interfaceNumber: number): Promise<void>;
  transferIn(endpoint: number, length: number, timeoutMs: number): Promise<{ readonly data?: DataView | undefined }>;
  transferOut(endpoint: number, data: Uint8Array, timeoutMs: number): Promise<{ readonly bytesWritten: number }>;
  clearHalt(direction: 'in' | 'out', endpoint: number): Promise<void>;
}

/** The bus of the machine: who is on it, and who comes and goes. */
export interface UsbBus {
  /** Throws where the machine has no USB at all. */
  devices(): Promise<readonly BusDevice[]>;
  /** `handle` is that of the device that left. Returns the way to stop listening. */
  onChange(listener: (change: BusChange) => void): () => void;
}

export type BusChange =
  { readonly type: 'attached'; readonly device: BusDevice } | { readonly type: 'detached'; readonly handle: string };

export function isDevice(device: BusDevice, { vendorId, productId, serialNumber }: UsbId): boolean {
  if (device.vendorId !== vendorId || device.productId !== productId) return false;
  return serialNumber === undefined || device.serialNumber === serialNumber;
}

const listeners = new Listeners<BusChange>();
let listening: Promise<void> | undefined;

/**
 * The real bus. The package is loaded when the first driver needs it: a machine with serial devices only does not
 * depend on it.
 */
export const systemUsbBus: UsbBus = {
  async devices() {
    const { usb } = await import('usb');
    return (await usb.getDevices()) as unknown as BusDevice[];
  },
  onChange(listener) {
    listening ??= listen();
    return listeners.add(listener);
  },
};

/** Listens once for the whole program. */
async function listen(): Promise<void> {
  const { usb } = await import('usb');
  // Where the machine has no bus, listening would throw into nowhere and end the program.
  if (!(await usb.getDevices().catch(() => undefined))) return void (listening = undefined);
  usb.addEventListener('connect', ({ device }) =>
    listeners.tell({ type: 'attached', device: device as unknown as BusDevice }),
  );
  usb.addEventListener('disconnect', ({ device }) =>
    listeners.tell({ type: 'detached', handle: (device as unknown as BusDevice).handle }),
  );
}
