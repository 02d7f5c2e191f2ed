import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { OperationRecord, PrintCompletion } from '@kiosk/contract/services/device-host.ts';
import type { DeviceOfKind } from '../drivers/driver.ts';
import type { Log } from '../log.ts';
import type { Board } from './board.ts';
import type { Ledger } from './ledger.ts';
import { reconcile, unknownCompletion } from './reconcile.ts';

const COMMANDS = {
  slipPrinter: { command: 'printSlip', absent: 'E4201' },
  documentPrinter: { command: 'printDocument', absent: 'E4101' },
} as const;
type PrinterKind = keyof typeof COMMANDS;

/** How long findOperation waits for an operation that is about to end; its callers allow 10 s. */
const ENDING_MS = 8_000;

interface Running {
  readonly cancel: (code: string) => void;
  readonly ended: Promise<unknown>;
}

export interface PrintingDeps {
  readonly board: Board;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
}

/** Everything that moves paper, each operation at most once: the ledger first, then the device, then the ledger again. */
export class Printing {
  readonly #deps: PrintingDeps;
  readonly #running = new Map<string, Running>();

  constructor(deps: PrintingDeps) {
    this.#deps = deps;
  }

  /** Finds out, in the background, what became of the operations that a former run left open. */
  settleFormer(signal: AbortSignal): void {
    for (const entry of this.#deps.ledger.unsettled()) {
      const ended = reconcile(entry, signal, this.#deps)
        .then((completion) => completion && this.#settle(entry.operationId, completion))
        .finally(() => this.#running.delete(entry.operationId));
      // The printer is only asked; there is nothing of ours to cancel.
      this.#running.set(entry.operationId, { cancel: () => {}, ended });
    }
  }

  /**
   * Prints once. An operation that ended before answers as it did then; one of a former run of which nobody knows the
   * end is unknown, and is not printed again.
   */
  async print<K extends PrinterKind>(
    kind: K,
    operationId: string,
    signal: AbortSignal,
    move: (
      device: DeviceOfKind[K],
      options: { readonly signal: AbortSignal; readonly onJob: (jobRef: string) => void },
    ) => Promise<Result<PrintCompletion>>,
  ): Promise<Result<PrintCompletion>> {
    const { board, ledger, clock } = this.#deps;
    const { command, absent } = COMMANDS[kind];
    const before = ledger.find(operationId);
    if (before) {
      await this.#ending(operationId, signal);
      return ok(ledger.find(operationId)?.completion ?? unknownCompletion(command));
    }
    const installed = board.first(kind);
    if (!installed) return fail(absent, 'no such device is configured');
    return board.alone(installed, async () => {
      const started = ledger.start({ operationId, deviceId: installed.id, command }, clock.now());
      if (!started.ok) return started;
      const controller = new AbortController();
      const printing = move(installed.device, {
        signal: AbortSignal.any([signal, controller.signal]),
        onJob: (jobRef) => this.#warn(operationId, ledger.nameJob(operationId, jobRef)),
      });
      this.#running.set(operationId, { cancel: (code) => controller.abort(code), ended: printing });
      try {
        const result = await printing;
        if (result.ok) this.#settle(operationId, result.value);
        else this.#warn(operationId, ledger.forget(operationId));
        return result;
      } catch (error) {
        this.#settle(operationId, unknownCompletion(command));
        throw error;
      } finally {
        this.#running.delete(operationId);
      }
    });
  }

  cancel(operationId: string): void {
    this.#running.get(operationId)?.cancel('E9001');
  }

  /** Waits a little for what is about to end, so that whoever lost an answer gets it. */
  async find(operationId: string, signal: AbortSignal): Promise<OperationRecord> {
    await this.#ending(operationId, signal);
    const entry = this.#deps.ledger.find(operationId);
    if (!entry) return { operationId, state: 'never' };
    if (!entry.completion) return { operationId, state: 'started' };
    const { outcome, ...rest } = entry.completion;
    return { operationId, state: outcome, ...rest };
  }

  /** Done when nothing runs any more. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.#running.values()].map(({ ended }) => ended));
  }

  async #ending(operationId: string, signal: AbortSignal): Promise<void> {
    const running = this.#running.get(operationId);
    if (!running || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const stopTimer = this.#deps.clock.after(ENDING_MS, resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
      void running.ended
        .catch(() => {})
        .finally(() => {
          stopTimer();
          resolve();
        });
    });
  }

  #settle(operationId: string, completion: PrintCompletion): void {
    this.#warn(operationId, this.#deps.ledger.settle(operationId, completion, this.#deps.clock.now()));
  }

  /** The device has moved already; an entry that stays open is looked into at the next start. */
  #warn(operationId: string, written: Result<void>): void {
    if (!written.ok) this.#deps.log('error', 'ledger not written', { operationId, code: written.error.code });
  }
}
