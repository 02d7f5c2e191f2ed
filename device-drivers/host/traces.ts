import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { TraceLine } from '@kiosk/contract/services/device-host.ts';
import { type Trace, maskedHex } from '../trace.ts';
import { Listeners } from '../transport/listeners.ts';

/** Lines that are kept of a device. */
const KEPT = 500;

/** The last lines that went to and from one device, in memory, masked before they are kept. Off unless wanted. */
export class TraceRing {
  readonly #clock: Clock;
  readonly #listeners = new Listeners<TraceLine>();
  #lines: TraceLine[] | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Switching off forgets what was kept; switching on what is on changes nothing. */
  set(on: boolean): void {
    this.#lines = on ? (this.#lines ?? []) : undefined;
  }

  get lines(): readonly TraceLine[] {
    return this.#lines ?? [];
  }

  /** Each line from now on; returns the way to stop listening. */
  follow(listener: (line: TraceLine) => void): () => void {
    return this.#listeners.add(listener);
  }

  readonly note: Trace = (direction, bytes, personal) => {
    if (!this.#lines) return;
    const line = { at: this.#clock.now(), direction, ...maskedHex(bytes, personal) };
    this.#lines.push(line);
    if (this.#lines.length > KEPT) this.#lines.shift();
    this.#listeners.tell(line);
  };
}
