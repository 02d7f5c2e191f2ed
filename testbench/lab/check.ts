import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import type { DeviceConfig } from '@kiosk/contract/config.ts';
import type { DeviceHealth, DeviceOfKind, Driver } from '@kiosk/device-drivers/drivers/driver.ts';
import type { RunningSimulator } from '../simulators/process.ts';

/** Every device of devices.ts, none of them plugged in: `serialReader.plug`. */
export type DeviceSide = Pick<RunningSimulator, 'call' | 'on'>;

/** One question to the machine about its devices. It leaves every device unplugged. */
export interface Check {
  readonly id: string;
  /** What holds when it passes. */
  readonly title: string;
  /** Answers with what was seen; throws what was wrong. */
  run(devices: DeviceSide): Promise<string>;
}

/** One question to the machine, by whoever knows what has to be there for it. */
export interface LabCheck {
  readonly id: string;
  /** What holds when it passes. */
  readonly title: string;
  /** Files that only a kernel has which can be asked. */
  readonly needs: readonly string[];
  /** Answers with what was seen; throws what was wrong. */
  run(): Promise<string>;
}

/** The methods of one device. */
export function sideOf(devices: DeviceSide, name: string): DeviceSide {
  return {
    call: (method, argument) => devices.call(`${name}.${method}`, argument),
    on: (event, listener) => devices.on(`${name}.${event}`, listener),
  };
}

/** A production driver on a port of this machine. */
export class Driven<K extends keyof DeviceOfKind> {
  readonly device: DeviceOfKind[K];
  readonly #listeners = new Set<() => void>();

  constructor(driver: Driver<K>, config: DeviceConfig) {
    const created = driver.create(config, {
      clock: systemClock,
      log: () => {},
      onStatus: () => this.#listeners.forEach((listener) => listener()),
      onEvent: () => {},
    });
    if (!created.ok) throw new Error(created.error.detail);
    this.device = created.value;
    this.device.start();
  }

  /** Resolves with the first state from now on that is as wanted, the present one included. */
  async until(state: DeviceHealth['state']): Promise<DeviceHealth> {
    while (this.device.status().state !== state) {
      await new Promise<void>((resolve) => {
        const listener = () => {
          this.#listeners.delete(listener);
          resolve();
        };
        this.#listeners.add(listener);
      });
    }
    return this.device.status();
  }
}

const LOOK_MS = 50;

/** Looks until there is something, for what the kernel and udev do in their own time. The check's own limit ends it. */
export async function eventually<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
