import { type Result, fail } from '@kiosk/contract/kernel/result.ts';
import type { DeviceKind } from '@kiosk/contract/services/device-host.ts';
import type { ScreenKey } from '@kiosk/contract/services/devices.ts';
import type { PinPadDevice } from '../drivers/driver.ts';
import type { Bay } from './bay.ts';
import type { Board } from './board.ts';
import { Turns } from './turns.ts';

/**
 * Who has the PIN pad. Its tactile keys are read all day long, by one reader at a time: who asks second, a new session,
 * is heard when the former one has ended. A PIN and a self-test go before the keys, whoever asked for them first; then
 * the same reader hears its keys again and need not ask anew.
 */
export class PadKeys {
  readonly #board: Board;
  readonly #readers = new Turns();
  /** Ends the reading under way, or takes it out of the row at the pad; it goes to the row's end again. */
  #giveWay = new AbortController();
  /** A PIN or a self-test has the pad or waits for it. */
  #ahead = 0;

  constructor(board: Board) {
    this.#board = board;
  }

  /** Until the signal aborts, with its reason. Errors: E1401, E1403, E9006. */
  read(pad: Bay<'pinPad'>, signal: AbortSignal, onKey: (key: ScreenKey) => void): Promise<Result<void>> {
    return this.#readers.take(signal, async () => {
      for (;;) {
        const giveWay = (this.#giveWay = new AbortController());
        const either = AbortSignal.any([signal, giveWay.signal]);
        const listen = (device: PinPadDevice): Promise<Result<void>> =>
          device.readKeys({ signal: either, onKey: (key) => key !== 'masked' && !either.aborted && onKey(key) });
        const read = await this.#board.inTurn(pad, either, () => pad.use(listen));
        if (signal.aborted) return fail(String(signal.reason));
        const gaveWay = giveWay.signal.aborted && (read.ok || read.error.code === 'E9001');
        if (!gaveWay) return read;
      }
    });
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
