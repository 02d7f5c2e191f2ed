import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { OperationRecord, PrintCompletion } from '@kiosk/contract/services/device-host.ts';
import type { DeviceOfKind } from '../drivers/driver.ts';
import type { Log } from '../log.ts';
import type { Bay } from './bay.ts';
import type { Board } from './board.ts';
import type { Ledger } from './ledger.ts';
import { reconcile, unknownCompletion } from './reconcile.ts';

const COMMANDS = {
  slipPrinter: 'printSlip',
  documentPrinter: 'printDocument',
  bankCardReader: 'retainCard',
} as const;
type MovingKind = keyof typeof COMMANDS;

/** How long findOperation waits for an operation that is about to end; its callers allow 10 s. */
const ENDING_MS = 8_000;

interface Running {
  readonly cancel: (code: string) => void;
  readonly ended: Promise<Result<PrintCompletion>>;
}

type Move<K extends MovingKind> = (
  device: DeviceOfKind[K],
  options: { readonly signal: AbortSignal; readonly onJob: (jobRef: string) => void },
) => Promise<Result<PrintCompletion>>;

export interface OperationsDeps {
  readonly board: Board;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
}

/** Everything that moves paper or keeps a card, each operation at most once: the ledger first, then the device, then the ledger again. */
export class Operations {
  readonly #deps: OperationsDeps;
  readonly #running = new Map<string, Running>();

  constructor(deps: OperationsDeps) {
    this.#deps = deps;
  }

  /** Finds out, in the background, what became of the operations that a former run left open. */
  settleFormer(signal: AbortSignal): void {
    for (const entry of this.#deps.ledger.unsettled()) {
      const ended = reconcile(entry, signal, this.#deps)
        .then((completion): Result<PrintCompletion> => {
          if (!completion) return fail('E9001', 'stopped before it was known');
          this.#settle(entry.operationId, completion);
          return ok(completion);
        })
        .finally(() => this.#running.delete(entry.operationId));
      // The printer is only asked; there is nothing of ours to cancel.
      this.#running.set(entry.operationId, { cancel: () => {}, ended });
    }
  }

  /**
   * Once. An operation that runs already is waited for; one that ended before answers as it did then; one of a former
   * run of which nobody knows the end is unknown, and is not done again.
   */
  async carryOut<K extends MovingKind>(
    kind: K,
    operationId: string,
    signal: AbortSignal,
    move: Move<K>,
  ): Promise<Result<PrintCompletion>> {
    const { board, ledger } = this.#deps;
    const underway = this.#running.get(operationId);
    if (underway) return orGivenUp(underway.ended, signal);
    const before = ledger.find(operationId);
    if (before) return ok(before.completion ?? unknownCompletion(COMMANDS[kind]));
    const bay = board.first(kind);
    if (!bay.ok) return bay;
    const controller = new AbortController();
    const either = AbortSignal.any([signal, controller.signal]);
    const moving = () => this.#move(bay.value, operationId, either, move);
    // Two prints at once are a mistake of the caller; a card is retained after whatever the reader still does with it.
    const ended = (
      kind === 'bankCardReader'
        ? board.inTurn(bay.value, either, moving, { busy: true })
        : board.alone(bay.value, either, moving)
    ).finally(() => this.#running.delete(operationId));
    this.#running.set(operationId, { cancel: (code) => controller.abort(code), ended });
    return ended;
  }

  async #move<K extends MovingKind>(
    bay: Bay<K>,
    operationId: string,
    signal: AbortSignal,
    move: Move<K>,
  ): Promise<Result<PrintCompletion>> {
    const { ledger, clock } = this.#deps;
    const command = COMMANDS[bay.kind];
    const started = ledger.start({ operationId, deviceId: bay.id, command }, clock.now());
    if (!started.ok) return started;
    const onJob = (jobRef: string) => this.#warn(operationId, ledger.nameJob(operationId, jobRef));
    const result = await bay.use((device) => move(device, { signal, onJob }));
    // A driver that failed in the middle cannot say how far its device came.
    const completion = !result.ok && result.error.code === 'E9006' ? ok(unknownCompletion(command)) : result;
    if (completion.ok) this.#settle(operationId, completion.value);
    else this.#warn(operationId, ledger.forget(operationId));
    return completion;
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
    if (!running) return;
    const enough = new AbortController();
    const stopTimer = this.#deps.clock.after(ENDING_MS, () => enough.abort('E9002'));
    await orGivenUp(running.ended, AbortSignal.any([signal, enough.signal]));
    stopTimer();
  }

  #settle(operationId: string, completion: PrintCompletion): void {
    this.#warn(operationId, this.#deps.ledger.settle(operationId, completion, this.#deps.clock.now()));
  }

  /** The device has moved already; an entry that stays open is looked into at the next start. */
  #warn(operationId: string, written: Result<void>): void {
    if (!written.ok) this.#deps.log('error', 'ledger not written', { operationId, code: written.error.code });
  }
}

/** What comes, or the signal's reason when that aborts first; what was waited for goes on. */
async function orGivenUp<T>(coming: Promise<Result<T>>, signal: AbortSignal): Promise<Result<T>> {
  const { promise, resolve } = Promise.withResolvers<Result<T>>();
  const giveUp = () => resolve(fail(String(signal.reason)));
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp, { once: true });
  const result = await Promise.race([coming, promise]);
  signal.removeEventListener('abort', giveUp);
  return result;
}
