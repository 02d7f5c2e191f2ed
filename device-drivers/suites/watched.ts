import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import type { DeviceKind, DeviceState } from '@kiosk/contract/services/device-host.ts';
import type { DeviceHealth, DeviceOfKind, Driver } from '../drivers/driver.ts';

/** What a driver is made with: the device's entry of a machine's configuration. */
export interface Place<K extends DeviceKind> {
  readonly driver: Driver<K>;
  readonly port: string;
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

/** A device made by its driver as the host makes it, and everything that leaves the driver. */
export class Watched<K extends DeviceKind> {
  readonly device: DeviceOfKind[K];
  /** `status` for every state, and the type of every event of the driver. */
  readonly news = new EventEmitter();
  readonly counted: Record<string, number> = {};

  /** `said` gets log lines, states and events as text: what must not be in them is searched there. */
  constructor({ driver, port, options = {} }: Place<K>, said: string[] = []) {
    const created = driver.create(
      { id: 'under-test', driver: driver.name, port, options: { ...options } },
      {
        clock: systemClock,
        log: (...line) => void said.push(JSON.stringify(line)),
        onStatus: (health) => {
          said.push(JSON.stringify(health));
          this.news.emit('status', health);
        },
        onEvent: (event) => {
          said.push(JSON.stringify(event));
          if (event.type === 'counted') this.counted[event.counter] = (this.counted[event.counter] ?? 0) + event.by;
          this.news.emit(event.type);
        },
      },
    );
    assert.ok(created.ok, `the driver refused its configuration: ${created.ok || created.error.detail}`);
    this.device = created.value;
  }

  /** Waits until its state is one of these. */
  until(...states: DeviceState[]): Promise<DeviceHealth> {
    return this.becomes(({ state }) => states.includes(state));
  }

  async becomes(wanted: (health: DeviceHealth) => boolean): Promise<DeviceHealth> {
    while (!wanted(this.device.status())) await once(this.news, 'status');
    return this.device.status();
  }
}
