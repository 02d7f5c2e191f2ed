import { type Result, fail } from '@kiosk/contract/kernel/result.ts';
import type { DeviceKind } from '@kiosk/contract/services/device-host.ts';
import type { ScreenKey } from '@kiosk/contract/services/devices.ts';
import type { PinPadDevice } from '../drivers/driver.ts';
import type { Bay } from './bay.ts';
import type { Board } from './board.ts';

interface Reader {
  readonly hear: (key: ScreenKey) => void;
  readonly end: (result: Result<void>) => void;
}

/**
 * Who has the PIN pad. Its tactile keys are read all day long, as long as anybody listens; who came last hears them: the
 * session whose screen is shown now, while the one before is still being ended. A key that is pressed in between would go
 * to a screen that nobody sees any more, and the pad, switched off and on again between the two, would be deaf. A PIN and
 * a self-test go before the keys, whoever asked for them first; then the same readers go on and need not ask anew.
 */
export class PadKeys {
  readonly #board: Board;
  #readers: readonly Reader[] = [];
  #listening = false;
  /** Ends the reading under way, or takes it out of the row at the pad; it goes to the row's end again. */
  #giveWay = new AbortController();
  /** A PIN or a self-test has the pad or waits for it. */
  #ahead = 0;

  constructor(board: Board) {
    this.#board = board;
  }

  /** Until the signal aborts, with its reason. Errors: E1401, E1403, E9006. */
  read(pad: Bay<'pinPad'>, signal: AbortSignal, onKey: (key: ScreenKey) => void): Promise<Result<void>> {
    if (signal.aborted) return Promise.resolve(fail(String(signal.reason)));
    const { promise, resolve } = Promise.withResolvers<Result<void>>();
    const reader: Reader = { hear: onKey, end: resolve };
    const leave = (): void => {
      this.#readers = this.#readers.filter((one) => one !== reader);
      resolve(fail(String(signal.reason)));
      if (this.#readers.length === 0) this.#giveWay.abort('E9001');
    };
    this.#readers = [...this.#readers, reader];
    signal.addEventListener('abort', leave, { once: true });
    if (!this.#listening) void this.#listen(pad);
    return promise.finally(() => signal.removeEventListener('abort', leave));
  }

  async #listen(pad: Bay<'pinPad'>): Promise<void> {
    this.#listening = true;
    while (this.#readers.length > 0) {
      const { signal } = (this.#giveWay = new AbortController());
      const onKey = (key: ScreenKey | 'masked'): void => {
        if (key !== 'masked' && !signal.aborted) this.#readers.at(-1)?.hear(key);
      };
      const listen = (device: PinPadDevice): Promise<Result<void>> => device.readKeys({ signal, onKey });
      const read = await this.#board.inTurn(pad, signal, () => pad.use(listen));
      const gaveWay = signal.aborted && (read.ok || read.error.code === 'E9001');
      if (gaveWay) continue;
      // A pad that cannot be read says so to everybody who reads.
      const told = this.#readers;
      this.#readers = [];
      for (const reader of told) reader.end(read);
    }
    this.#listening = false;
  }

  /** What goes before the keys. `alone`: refused with E9010 while another such work has the pad. `busy`: shown in the status. */
  before<T>(
    pad: Pick<Bay<DeviceKind>, 'id' | 'turns'>,
    signal: AbortSignal,
    work: () => Promise<Result<T>>,
    { alone = false, busy = false } = {},
  ): Promise<Result<T>> {
    if (alone && this.#ahead > 0) return Promise.resolve(fail('E9010', pad.id));
    this.#ahead++;
    this.#giveWay.abort('E9001');
    // Asked for in the same breath, so that it stands in the row before the reading that comes back to it.
    return this.#board.inTurn(pad, signal, work, { busy }).finally(() => this.#ahead--);
  }
}
