import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import {
  ASB_ON,
  CLEAR_BUFFERS,
  DLE_EOT,
  PAPER_STATUS_IN_TURN,
  type SlipPrinterStatus,
  type StatusMessage,
  StatusReader,
  decodeRealtimeStatus,
} from '../../codec/escpos-status.ts';
import type { Trace } from '../../trace.ts';
import { Listeners } from '../../transport/listeners.ts';
import type { Transport } from '../../transport/transport.ts';

const ASK_AGAIN_MS = 1_000;

/** How one wait for the printer ended. */
export type InTurn =
  | { readonly type: 'printed' }
  | { readonly type: 'stopped'; readonly status: SlipPrinterStatus }
  | { readonly type: 'lost' }
  | { readonly type: 'silent' }
  | { readonly type: 'aborted' };

/** Questions to the printer and its answers, over one connection at a time. */
export class Dialogue {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #answerMs: number;
  readonly #trace: Trace | undefined;
  readonly #messages = new Listeners<StatusMessage>();
  readonly #lost = new Listeners<void>();
  #reader = new StatusReader();
  /** An answer did not come in time; it may still come, and would be taken for that of the next question. */
  #owed = false;

  constructor(transport: Transport, clock: Clock, answerMs: number, trace?: Trace) {
    this.#transport = transport;
    this.#clock = clock;
    this.#answerMs = answerMs;
    this.#trace = trace;
    transport.onData((chunk) => {
      // A printer sends nothing but its state.
      trace?.('in', chunk);
      this.#reader.push(chunk).forEach((message) => this.#messages.tell(message));
    });
    transport.onClosed(() => this.#lost.tell());
  }

  /** Called with every report that the printer sends by itself. */
  onReport(listener: (status: SlipPrinterStatus) => void): void {
    this.#messages.add((message) => message.type === 'asb' && listener(message.status));
  }

  /** Begins a connection: nothing of the one before is heard any more. */
  async begin(): Promise<boolean> {
    this.#reader = new StatusReader();
    this.#owed = false;
    return (await this.#write(ASB_ON)).ok;
  }

  /**
   * Asks DLE EOT 1 to 4; after a miss the line is first listened to for as long as an answer may take, because answers
   * do not say what they answer. Undefined: no answer within the time, or bytes that are none.
   */
  async status(): Promise<SlipPrinterStatus | undefined> {
    if (this.#owed) await this.#quiet();
    const answers: number[] = [];
    for (const question of Object.values(DLE_EOT)) {
      const answer = await this.#ask(question);
      if (answer === undefined) {
        this.#owed = true;
        return undefined;
      }
      answers.push(answer);
    }
    const [printer, offlineCause, error, paper] = answers;
    return decodeRealtimeStatus({ printer: printer!, offlineCause: offlineCause!, error: error!, paper: paper! });
  }

  async #quiet(): Promise<void> {
    await this.#await<void>(this.#answerMs, undefined, (message, settle) => message === 'lost' && settle()).promise;
    this.#owed = false;
  }

  async #ask(question: Uint8Array): Promise<number | undefined> {
    const answer = this.#await<number | undefined>(this.#answerMs, undefined, (message, settle) => {
      if (message === 'lost') settle(undefined);
      else if (message.type === 'realtime') settle(message.byte);
    });
    // One question at a time: the manuals forbid other data before the answer came.
    const written = await this.#write(question);
    if (!written.ok) answer.give(undefined);
    return answer.promise;
  }

  /** Empties the printer's buffers at once and waits until it answers again. */
  async clearBuffers(): Promise<void> {
    if ((await this.#write(CLEAR_BUFFERS)).ok) await this.status();
  }

  /**
   * Waits until the printer has printed everything sent so far. It answers GS r in its turn; while it does not, it is
   * asked once a second what holds it up, because a printer without ASB says nothing by itself.
   */
  async printedAll(limitMs: number, signal: AbortSignal): Promise<InTurn> {
    const wait = this.#await<InTurn>(limitMs, { type: 'silent' }, (message, settle) => {
      if (message === 'lost') settle({ type: 'lost' });
      else if (message.type === 'paperInTurn') settle({ type: 'printed' });
      else if (message.type === 'asb' && message.status.condition !== 'ready') {
        settle({ type: 'stopped', status: message.status });
      }
    });
    const abort = () => wait.give({ type: 'aborted' });
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    if (!(await this.#write(PAPER_STATUS_IN_TURN)).ok) wait.give({ type: 'lost' });
    let outcome: InTurn | undefined;
    while (!outcome) {
      outcome = await this.#within(ASK_AGAIN_MS, wait.promise);
      if (outcome) break;
      const status = await this.status();
      if (status && status.condition !== 'ready') wait.give({ type: 'stopped', status });
    }
    signal.removeEventListener('abort', abort);
    return outcome;
  }

  /** A question or an order to the printer, never a slip. */
  #write(bytes: Uint8Array): ReturnType<Transport['write']> {
    this.#trace?.('out', bytes);
    return this.#transport.write(bytes);
  }

  async #within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
    const { promise: late, resolve } = Promise.withResolvers<undefined>();
    const stopTimer = this.#clock.after(ms, () => resolve(undefined));
    const first = await Promise.race([promise, late]);
    stopTimer();
    return first;
  }

  #await<T>(
    ms: number,
    late: T,
    take: (message: StatusMessage | 'lost', settle: (value: T) => void) => void,
  ): { promise: Promise<T>; give: (value: T) => void } {
    const { promise, resolve } = Promise.withResolvers<T>();
    const stopListening = this.#messages.add((message) => take(message, give));
    const stopWatching = this.#lost.add(() => take('lost', give));
    const stopTimer = this.#clock.after(ms, () => give(late));
    const give = (value: T) => {
      stopListening();
      stopWatching();
      stopTimer();
      resolve(value);
    };
    return { promise, give };
  }
}
