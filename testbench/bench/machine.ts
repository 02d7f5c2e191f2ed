import type { DeviceConfig } from '@kiosk/contract/config.ts';
import { SYNTHETIC_PIN_KEYS } from '@kiosk/domain/synthetic-bank.ts';
import { HEARTBEAT, TRIGGER } from '../simulators/code-scanner/commands.ts';
import type { LinkMode, LinkOptions } from '../simulators/link/simulator.ts';
import { type RunningSimulator, spawnSimulator } from '../simulators/process.ts';
import type { DeviceName } from './state.ts';

/** How a device of the bench is simulated, and how the terminal's configuration names it. */
interface Installed {
  readonly simulator: string;
  readonly id: string;
  readonly driver: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

const DEVICES = {
  idReader: { simulator: 'id-reader', id: 'id-reader', driver: 'sdt-serial' },
  slipPrinter: { simulator: 'slip-printer', id: 'slip-printer', driver: 'escpos' },
  documentPrinter: { simulator: 'document-printer', id: 'a4-printer', driver: 'ipp' },
  bankCard: { simulator: 'bank-card-crt', id: 'bank-card-reader', driver: 'bank-card-crt' },
  pinPad: { simulator: 'pin-pad', id: 'pin-pad', driver: 'pin-pad-zt598' },
  scanner: {
    simulator: 'code-scanner',
    id: 'code-scanner',
    driver: 'code-scanner-serial',
    options: { heartbeat: HEARTBEAT, trigger: TRIGGER },
  },
  ioBoard: { simulator: 'io-board', id: 'io-board', driver: 'io-board-modbus' },
} as const satisfies Record<DeviceName, Installed>;

export const DEVICE_NAMES = Object.keys(DEVICES) as DeviceName[];
/** A machine without one of these cannot serve anybody. */
type NeededDevice = 'idReader' | 'slipPrinter' | 'documentPrinter';
export type ExtraDevice = Exclude<DeviceName, NeededDevice>;
export const EXTRA_DEVICES: readonly ExtraDevice[] = ['bankCard', 'pinPad', 'scanner', 'ioBoard'];

export type Devices = Readonly<Record<NeededDevice, RunningSimulator> & Partial<Record<ExtraDevice, RunningSimulator>>>;

export type StartedDevices = Devices & {
  /** What the terminal's configuration says of the devices. */
  readonly config: readonly DeviceConfig[];
  stop(): Promise<void>;
};

/** The simulated world around a terminal: its devices and the line to the platform. */
export type Machine = StartedDevices & { readonly link: RunningSimulator };

export interface DeviceOptions {
  /** Where printed PDFs and sockets of the simulators go. */
  readonly dir: string;
  /** How long one A4 page takes; halls' printers need about 2,000 ms. */
  readonly millisecondsPerPage: number;
  /** Devices beside the ID card reader and the printers. */
  readonly extras?: readonly ExtraDevice[];
}

export interface MachineOptions extends DeviceOptions {
  readonly link: LinkOptions;
}

const main = (device: string) => new URL(`../simulators/${device}/main.ts`, import.meta.url);

/** Slots of the PIN keys that the driver uses when nothing else is configured. */
const PIN_KEYS = [
  { cipher: '3des', slot: 0x30, keyHex: SYNTHETIC_PIN_KEYS.iso0.toString('hex') },
  { cipher: 'sm4', slot: 0x50, keyHex: SYNTHETIC_PIN_KEYS.sm4.toString('hex') },
] as const;

export async function startMachine(options: MachineOptions): Promise<Machine> {
  const [devices, link] = await Promise.all([startDevices(options), spawnSimulator(main('link'), options.link)]);
  return {
    ...devices,
    link,
    stop: async () => void (await Promise.all([devices.stop(), link.stop()])),
  };
}

export async function startDevices({ dir, millisecondsPerPage, extras = [] }: DeviceOptions): Promise<StartedDevices> {
  const config: DeviceConfig[] = [];
  async function install(name: DeviceName, more: object = {}): Promise<RunningSimulator> {
    const device: Installed = DEVICES[name];
    const running = await spawnSimulator(main(device.simulator), { dir, ...more });
    const { id, driver, options = {} } = device;
    config.push({ id, driver, port: String(running.ready['port']), options });
    return running;
  }
  const [idReader, slipPrinter, documentPrinter, ...others] = await Promise.all([
    install('idReader'),
    install('slipPrinter'),
    install('documentPrinter', { millisecondsPerPage }),
    ...extras.map(async (name) => [name, await install(name)] as const),
  ]);
  const extra: Partial<Record<ExtraDevice, RunningSimulator>> = Object.fromEntries(others);
  // As from the bank's key room: the demonstration's bank has the same.
  for (const key of PIN_KEYS) await extra.pinPad?.call('putKey', key);
  const order = Object.values(DEVICES).map(({ id }) => id as string);
  return {
    idReader,
    slipPrinter,
    documentPrinter,
    ...extra,
    config: config.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id)),
    async stop() {
      const all = [idReader, slipPrinter, documentPrinter, ...Object.values(extra)];
      await Promise.all(all.map((simulator) => simulator.stop()));
    },
  };
}

export const setLink = (machine: Machine, mode: LinkMode) => machine.link.call('setMode', mode);
