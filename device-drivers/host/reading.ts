import { type Result, fail } from '@kiosk/contract/kernel/result.ts';
import type { IdCard } from '@kiosk/contract/services/device-host.ts';
import type { Board } from './board.ts';

/**
 * One card for one caller. A second caller waits for its turn: the former one is a session that is just being ended,
 * and its connection closes a moment after the next one asks.
 */
export class Reading {
  readonly #board: Board;
  #last: Promise<unknown> = Promise.resolve();

  constructor(board: Board) {
    this.#board = board;
  }

  async readIdCard(
    signal: AbortSignal,
    onProgress: (progress: { readonly step: 'found' | 'reading' }) => void,
  ): Promise<Result<IdCard>> {
    const reader = this.#board.first('idCardReader')?.device;
    if (!reader) return fail('E1101', 'no ID card reader is configured');
    const former = this.#last;
    const mine = former.then(() => reader.readIdCard({ signal, onProgress }));
    this.#last = mine.catch(() => {});
    return mine;
  }
}
