import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import type { Dialect } from '@kiosk/device-drivers/drivers/bank-card-motor/dialect.ts';
import { MotorReader } from '@kiosk/device-drivers/drivers/bank-card-motor/device.ts';
import { DEFAULT_MOTOR_OPTIONS } from '@kiosk/device-drivers/drivers/bank-card-motor/options.ts';
import type { DeviceEvent } from '@kiosk/device-drivers/drivers/driver.ts';
import { seededRandom } from '../id-reader/random.ts';
import { MemoryLine } from './memory-line.ts';
import type { MotorFamily, MotorStep } from './motor.ts';
import { CardReader, type ReaderWire } from './reader.ts';

/** Milliseconds the clock moves whenever nothing else is to be done. */
const STRIDE_MS = 20;

/**
 * Driver, line and reader in one process under one clock that moves only when all of them wait: twenty seconds of
 * time-outs cost milliseconds, and every run is the same.
 */
export class InMemoryReader {
  readonly clock = new ManualClock();
  readonly line = new MemoryLine();
  readonly reader: CardReader;
  readonly device: MotorReader;
  readonly said: string[] = [];
  readonly events: DeviceEvent[] = [];
  /** The cable is pulled out when this step is executed. */
  unplugAt: MotorStep | undefined;
  #running = true;
  readonly #turning: Promise<void>;

  constructor(dialect: Dialect, family: MotorFamily, wire: ReaderWire, restMs: number) {
    const { clock, line } = this;
    const times = { lateMs: 25_000, bootMs: 1_000, ackMs: 300 };
    this.reader = new CardReader(wire, family, { clock, times, random: seededRandom(7) }, (bytes) => line.say(bytes));
    line.onWritten = (bytes) => {
      const before = this.reader.steps.length;
      this.reader.hear(bytes);
      if (this.unplugAt && this.reader.steps.slice(before).includes(this.unplugAt)) {
        this.unplugAt = undefined;
        line.unplug();
      }
    };
    this.device = new MotorReader(line.transport, dialect, DEFAULT_MOTOR_OPTIONS, restMs, {
      clock,
      log: (...words) => void this.said.push(JSON.stringify(words)),
      onStatus: (health) => void this.said.push(JSON.stringify(health)),
      onEvent: (event) => void this.events.push(event),
    });
    this.#turning = this.#turn();
    this.device.start();
  }

  /** Lets time pass until something is so. */
  async until(what: string, is: () => boolean): Promise<void> {
    const end = this.clock.monotonic() + 600_000;
    while (!is()) {
      if (this.clock.monotonic() > end) throw new Error(`ten minutes of its time passed without: ${what}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Lets time pass until something ends; what never ends is an error that says so. */
  async ended<T>(what: string, running: Promise<T>): Promise<T> {
    let over = false;
    const watched = running.finally(() => (over = true));
    await this.until(`${what} ends`, () => over);
    return watched;
  }

  async stop(): Promise<void> {
    await this.device.stop();
    this.#running = false;
    await this.#turning;
  }

  async #turn(): Promise<void> {
    while (this.#running) {
      await new Promise((resolve) => setImmediate(resolve));
      this.clock.advance(STRIDE_MS);
    }
  }
}
