import type { DeviceConfig } from '@kiosk/contract/config.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { DeviceKind, DeviceStatus } from '@kiosk/contract/services/device-host.ts';
import type { DeviceEvent, DeviceHealth, DeviceOfKind, Driver } from '../drivers/driver.ts';
import type { Log } from '../log.ts';
import type { Ledger } from './ledger.ts';

export interface Installed<K extends DeviceKind> {
  readonly id: string;
  readonly kind: K;
  readonly driver: string;
  readonly device: DeviceOfKind[K];
  health: DeviceHealth;
  /** UTC ms of the last change of state or code. */
  since: number;
  /** An operation runs that nothing else may interrupt. */
  busy: boolean;
}

export interface BoardDeps {
  readonly drivers: ReadonlyMap<string, Driver<DeviceKind>>;
  readonly clock: Clock;
  readonly log: Log;
  readonly ledger: Ledger;
  readonly onChange: (devices: readonly DeviceStatus[]) => void;
  readonly onLifted: (deviceId: string) => void;
}

/** The devices of this machine: made from its configuration, watched, and shown as one list of statuses. */
export class Board {
  readonly #deps: BoardDeps;
  readonly #installed: Installed<DeviceKind>[] = [];
  #shown = '';

  private constructor(deps: BoardDeps) {
    this.#deps = deps;
  }

  /** Errors: E8101 with the device and what is wrong with it. */
  static create(configs: readonly DeviceConfig[], deps: BoardDeps): Result<Board> {
    const board = new Board(deps);
    for (const config of configs) {
      const added = board.#add(config);
      if (!added.ok) return added;
    }
    return ok(board);
  }

  start(): void {
    for (const { device } of this.#installed) device.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#installed.map(({ device }) => device.stop()));
  }

  find(id: string): Installed<DeviceKind> | undefined {
    return this.#installed.find((installed) => installed.id === id);
  }

  /** A machine has one device of a kind; of several, the first in the configuration serves. */
  first<K extends DeviceKind>(kind: K): Installed<K> | undefined {
    return this.#installed.find((installed): installed is Installed<K> => installed.kind === kind);
  }

  /** Runs something that has the device for itself. Error: E9010 when something else has. */
  async alone<T>(installed: Installed<DeviceKind>, run: () => Promise<Result<T>>): Promise<Result<T>> {
    if (installed.busy) return fail('E9010', installed.id);
    installed.busy = true;
    this.#changed();
    try {
      return await run();
    } finally {
      installed.busy = false;
      this.#changed();
    }
  }

  statuses(): DeviceStatus[] {
    return this.#installed.map(({ id, kind, driver, health, since, busy }) => ({
      ...health,
      id,
      kind,
      driver,
      since,
      state: busy && health.state === 'ready' ? 'busy' : health.state,
      counters: this.#deps.ledger.counters(id),
    }));
  }

  #add(config: DeviceConfig): Result<void> {
    const { drivers, clock, log } = this.#deps;
    const driver = drivers.get(config.driver);
    if (!driver) return fail('E8101', `${config.id}: no driver is called ${config.driver}`);
    if (this.find(config.id)) return fail('E8101', `two devices are called ${config.id}`);
    const created = driver.create(config, {
      clock,
      log: (level, message, fields) => log(level, message, { device: config.id, ...fields }),
      onStatus: (health) => this.#onStatus(config.id, health),
      onEvent: (event) => this.#onEvent(config.id, event),
    });
    if (!created.ok) return created;
    this.#installed.push({
      id: config.id,
      kind: driver.kind,
      driver: driver.name,
      device: created.value,
      health: created.value.status(),
      since: clock.now(),
      busy: false,
    });
    return ok();
  }

  #onStatus(id: string, health: DeviceHealth): void {
    const installed = this.find(id);
    if (!installed) return;
    const { state, code } = installed.health;
    if (state !== health.state || code !== health.code) {
      installed.since = this.#deps.clock.now();
      this.#deps.log('info', 'device changed', { device: id, state: health.state, code: health.code });
    }
    installed.health = health;
    this.#changed();
  }

  #onEvent(id: string, event: DeviceEvent): void {
    if (event.type === 'cardLifted') return this.#deps.onLifted(id);
    if (event.type === 'cabinetChanged') return this.#changed();
    const counted = this.#deps.ledger.count(id, event.counter, event.by);
    if (!counted.ok) this.#deps.log('error', 'counter not kept', { device: id, code: counted.error.code });
    this.#changed();
  }

  #changed(): void {
    const statuses = this.statuses();
    const shown = JSON.stringify(statuses);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#deps.onChange(statuses);
  }
}
