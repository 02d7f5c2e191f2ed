import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { ServiceClient } from '@kiosk/contract/rpc/client.ts';
import type { OperationRecord, deviceHost } from '@kiosk/contract/services/device-host.ts';
import type { OpenIntent } from '../journal/books/intents.ts';

/** A device-host that is there and did not answer in time need not say anything of its own accord for hours. */
const ASK_AGAIN_MS = 30_000;

export interface SettlerOptions {
  readonly clock: Clock;
  readonly devices: ServiceClient<typeof deviceHost>;
  readonly record: (data: EntryData) => Result<unknown>;
  /** The number of intents still to be settled has changed. */
  readonly onChanged: () => void;
}

/**
 * Settles intents whose session is gone by asking the device-host what it knows of the operation. Asks when the
 * device-host comes, whenever its state changes, and again after a question that got no answer; never guesses and never
 * forgets one.
 */
export class Settler {
  readonly #options: SettlerOptions;
  readonly #due = new Map<string, OpenIntent>();
  #running = false;
  #again = false;
  #unanswered = false;
  #cancelTimer: () => void = () => {};

  constructor(options: SettlerOptions) {
    this.#options = options;
    options.devices.onSnapshot((snapshot) => snapshot && void this.#run());
  }

  get unsettled(): number {
    return this.#due.size;
  }

  add(intents: readonly OpenIntent[]): void {
    for (const intent of intents) this.#due.set(intent.operationId, intent);
    if (intents.length > 0) this.#options.onChanged();
    void this.#run();
  }

  /** The session itself settled it after all. */
  settledElsewhere(operationId: string): void {
    if (this.#due.delete(operationId)) this.#options.onChanged();
  }

  async #run(): Promise<void> {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    this.#cancelTimer();
    do {
      this.#again = false;
      this.#unanswered = false;
      for (const intent of [...this.#due.values()]) await this.#settle(intent);
    } while (this.#again);
    this.#running = false;
    if (this.#unanswered) this.#cancelTimer = this.#options.clock.after(ASK_AGAIN_MS, () => void this.#run());
  }

  close(): void {
    this.#cancelTimer();
  }

  async #settle({ operationId, sessionId }: OpenIntent): Promise<void> {
    const { devices, record, onChanged } = this.#options;
    const known = await devices.call('findOperation', { operationId });
    // The device-host is away: asked again when it is back. An id it cannot take was never given to it by us.
    if (!known.ok && known.error.code !== 'E9005') {
      this.#unanswered = true;
      return;
    }
    const found = known.ok ? known.value : ({ operationId, state: 'unknown' } as const);
    // Still under way: the next change of a device's state asks again.
    if (found.state === 'started' && devices.snapshot?.devices.some(({ state }) => state === 'busy')) return;
    if (!this.#due.has(operationId)) return;
    const settled = record({ type: 'operation.settled', sessionId, operationId, reconciled: true, ...verdict(found) });
    if (settled.ok && this.#due.delete(operationId)) onChanged();
  }
}

/** never: the device-host writes its ledger before the first byte leaves, so nothing was done. */
function verdict({ state, code, printed, sheets }: OperationRecord) {
  const rest = {
    ...(code === undefined ? {} : { code }),
    ...(printed === undefined ? {} : { printed }),
    ...(sheets === undefined ? {} : { sheets }),
  };
  switch (state) {
    case 'never':
      return { outcome: 'failed', code: 'E9009', printed: 0 } as const;
    case 'started':
    case 'unknown':
      return { outcome: 'unknown', ...rest } as const;
    default:
      return { outcome: state, ...rest };
  }
}
