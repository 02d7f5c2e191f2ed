import { AsyncLocalStorage } from 'node:async_hooks';
import type { DeviceConfig } from '@kiosk/contract/config.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { DeviceKind } from '@kiosk/contract/services/device-host.ts';
import type { DeviceEvent, DeviceHealth, DeviceOfKind, Driver, DriverDeps } from '../drivers/driver.ts';
import type { Log } from '../log.ts';
import { frames } from './frames.ts';
import { TraceRing } from './traces.ts';
import { Turns } from './turns.ts';

/** First and longest pause before a driver with a bug is opened again, in ms. */
const REOPEN_MS = [1_000, 60_000] as const;
/** A driver that has worked for so long starts from the first pause again. */
const WORKED_MS = 60_000;
/** How long a driver with a bug may take to let go of its port. */
const LETTING_GO_MS = 5_000;

/** The code that a caller of each kind of device understands as "it is not there". */
export const ABSENT = {
  idCardReader: 'E1101',
  bankCardReader: 'E1301',
  pinPad: 'E1401',
  codeScanner: 'E1501',
  ioBoard: 'E1601',
  slipPrinter: 'E4201',
  documentPrinter: 'E4101',
  vendorPlugin: 'E1701',
} as const satisfies Record<DeviceKind, string>;

/** What a device tells, and that its driver failed. */
export type BayEvent =
  DeviceEvent | { readonly type: 'counted'; readonly counter: 'driverFaults'; readonly by: number };

export interface BayDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly onHealth: (before: DeviceHealth) => void;
  readonly onEvent: (event: BayEvent) => void;
  /** The driver takes a card by its own policy (DriverDeps). */
  readonly onCapture: NonNullable<DriverDeps['capturing']>;
}

/** Whatever a driver starts (timers, sockets) remembers whose it is, so that a bug in it is laid at the right door. */
const running = new AsyncLocalStorage<Bay<DeviceKind>>();

/**
 * Closes and reopens the driver in whose code an uncaught error happened. false: it was nobody's driver, so the program
 * itself is broken and should end.
 */
export function blameDriver(error: unknown): boolean {
  const bay = running.getStore();
  bay?.broke(error);
  return bay !== undefined;
}

/** The place of one device: its driver is opened here, and opened anew when it turns out to have a bug. */
export class Bay<K extends DeviceKind> {
  readonly id: string;
  readonly kind: K;
  readonly driver: Driver<K>;
  readonly turns = new Turns();
  readonly trace: TraceRing;
  readonly #config: DeviceConfig;
  readonly #deps: BayDeps;
  #device: DeviceOfKind[K] | undefined;
  #health: DeviceHealth = { state: 'starting', warnings: [] };
  #opening = 0;
  #openedAt = 0;
  #failures = 0;
  #stopped = false;
  #cancelReopening = () => {};
  /** Ends of the calls that run: a bug in the driver leaves them without any other. */
  readonly #unanswered = new Set<(result: Result<never>) => void>();

  constructor(config: DeviceConfig, driver: Driver<K>, deps: BayDeps) {
    this.id = config.id;
    this.kind = driver.kind;
    this.driver = driver;
    this.trace = new TraceRing(deps.clock);
    this.#config = config;
    this.#deps = deps;
  }

  get health(): DeviceHealth {
    return this.#health;
  }

  /** Makes the device without touching hardware. Error: E8101 with what is wrong in its configuration. */
  create(): Result<void> {
    const opening = ++this.#opening;
    const { clock, log, onEvent, onCapture } = this.#deps;
    const ours = () => opening === this.#opening;
    this.#openedAt = clock.monotonic();
    const created = this.#run(() =>
      this.driver.create(this.#config, {
        clock,
        log: (level, message, fields) => log(level, message, { device: this.id, ...fields }),
        onStatus: (health) => ours() && this.#setHealth(health),
        onEvent: (event) => ours() && onEvent(event),
        capturing: (why) => (ours() ? onCapture(why) : this.#failed()),
        trace: this.trace.note,
      }),
    );
    if (!created.ok) return created;
    this.#device = created.value;
    const health = this.#run(() => created.value.status());
    if (opening === 1) this.#health = health;
    else this.#setHealth(health);
    return ok();
  }

  start(): void {
    try {
      this.#run(() => this.#device?.start());
    } catch (error) {
      this.broke(error);
    }
  }

  /**
   * Lets the device do something. A driver with a bug answers E9006: nobody can say how far it came. Errors: E9006, and
   * the kind's own code for "not there" while such a driver is being opened again.
   */
  async use<T>(work: (device: DeviceOfKind[K]) => Promise<Result<T>>): Promise<Result<T>> {
    const device = this.#device;
    if (!device) return fail(ABSENT[this.kind], 'the driver failed and is being opened again');
    // A promise for each call: one for all would hold what every call answered, cards with it, until the driver fails.
    const { promise: brokenDown, resolve } = Promise.withResolvers<Result<never>>();
    this.#unanswered.add(resolve);
    try {
      return await Promise.race([this.#run(() => work(device)), brokenDown]);
    } catch (error) {
      this.broke(error);
      return this.#failed();
    } finally {
      this.#unanswered.delete(resolve);
    }
  }

  /** What the device says at once; undefined while there is none. */
  look<T>(at: (device: DeviceOfKind[K]) => T): T | undefined {
    const device = this.#device;
    try {
      return device && this.#run(() => at(device));
    } catch (error) {
      this.broke(error);
      return undefined;
    }
  }

  /** The driver threw: it is closed, reported, and opened again after a pause that grows. */
  broke(error: unknown): void {
    if (this.#stopped || !this.#device) return;
    const { clock, log, onEvent } = this.#deps;
    const old = this.#device;
    this.#device = undefined;
    // From now on the old driver is not listened to.
    this.#opening++;
    this.#failures = clock.monotonic() - this.#openedAt > WORKED_MS ? 0 : this.#failures;
    const [first, longest] = REOPEN_MS;
    const pause = Math.min(first * 2 ** this.#failures++, longest);
    log('error', 'driver failed', { device: this.id, code: 'E9006', againInMs: pause, at: frames(error) });
    for (const answer of this.#unanswered) answer(this.#failed());
    onEvent({ type: 'counted', counter: 'driverFaults', by: 1 });
    this.#setHealth({ state: 'offline', code: 'E9006', warnings: [] });
    void this.#letGo(old).then(() => {
      if (!this.#stopped) this.#cancelReopening = clock.after(pause, () => this.#reopen());
    });
  }

  #failed(): Result<never> {
    return fail('E9006', `driver ${this.driver.name} failed`);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelReopening();
    if (this.#device) await this.#letGo(this.#device);
  }

  #reopen(): void {
    try {
      const created = this.create();
      if (created.ok) this.start();
    } catch (error) {
      // The configuration was good when the program started, so this is the same bug once more.
      this.#device = undefined;
      this.#cancelReopening = this.#deps.clock.after(REOPEN_MS[1], () => this.#reopen());
      this.#deps.log('error', 'driver cannot be opened again', { device: this.id, code: 'E9006', at: frames(error) });
    }
  }

  /** A driver that cannot even stop is left behind. */
  async #letGo(device: DeviceOfKind[K]): Promise<void> {
    const enough = Promise.withResolvers<void>();
    const stopTimer = this.#deps.clock.after(LETTING_GO_MS, enough.resolve);
    try {
      await Promise.race([this.#run(() => device.stop()), enough.promise]);
    } catch (error) {
      this.#deps.log('error', 'driver cannot stop', { device: this.id, code: 'E9006', at: frames(error) });
    }
    stopTimer();
  }

  #setHealth(health: DeviceHealth): void {
    const before = this.#health;
    this.#health = health;
    this.#deps.onHealth(before);
  }

  #run<T>(work: () => T): T {
    return running.run(this as unknown as Bay<DeviceKind>, work);
  }
}
