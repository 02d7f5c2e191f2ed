import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import { ACK, NAK, type ReaderCommand, encodeText, parseAnswerText } from '../../codec/f2.ts';
import type { Trace } from '../../trace.ts';
import type { Transport, TransportFailure } from '../../transport/transport.ts';
import type { Dialect } from './dialect.ts';
import {
  type HeardItem,
  type LineEffect,
  type LineEvent,
  type LineResult,
  type LineTimes,
  QUIET,
  reduceLine,
  wakeAt,
} from './line.ts';

const NOTHING = new Uint8Array(0);

interface LinkDeps {
  readonly clock: Clock;
  readonly trace?: Trace | undefined;
}

/** The shell around the line's reducer: turns bytes, timers and calls into events. Commands wait for each other. */
export class ReaderLink {
  readonly #transport: Transport;
  readonly #dialect: Dialect;
  readonly #clock: Clock;
  readonly #times: LineTimes;
  readonly #trace: Trace;
  readonly #calls = new Map<number, (result: LineResult) => void>();
  #state = QUIET;
  #pending: Uint8Array = NOTHING;
  #nextId = 1;
  #stopTimer = () => {};
  #turn: Promise<unknown> = Promise.resolve();
  /** Counts connections, so that what waited for its turn on an old one never reaches a new one. */
  #connection = 0;
  lastHeard = 0;

  constructor(
    transport: Transport,
    dialect: Dialect,
    deps: LinkDeps,
    times: LineTimes,
    onLost: (detail: string) => void,
  ) {
    this.#transport = transport;
    this.#dialect = dialect;
    this.#clock = deps.clock;
    this.#trace = deps.trace ?? (() => {});
    this.#times = times;
    transport.onData((chunk) => this.#hear(chunk));
    transport.onClosed(({ detail }) => {
      this.#dispatch({ type: 'down', detail });
      onLost(detail);
    });
  }

  get place(): string {
    return this.#transport.place;
  }

  isPresent(): Promise<boolean | undefined> {
    return this.#transport.isPresent();
  }

  open(): Promise<Result<void, TransportFailure>> {
    this.#connection++;
    return this.#transport.open();
  }

  async close(): Promise<void> {
    this.#connection++;
    this.#dispatch({ type: 'down', detail: 'connection is let go' });
    await this.#transport.close();
  }

  /** Aborting cancels what runs; its answer may still come first. */
  command(command: ReaderCommand, answerMs: number, signal?: AbortSignal): Promise<LineResult> {
    const connection = this.#connection;
    const run = this.#turn.then(() => {
      if (connection !== this.#connection || !this.#transport.isOpen) {
        return { ok: false, error: { reason: 'down', detail: 'not connected' } } as const;
      }
      return this.#run(command, answerMs, signal);
    });
    this.#turn = run;
    return run;
  }

  async #run(command: ReaderCommand, answerMs: number, signal: AbortSignal | undefined): Promise<LineResult> {
    if (signal?.aborted) return { ok: false, error: { reason: 'cancelled', detail: 'before it was sent' } };
    const id = this.#nextId++;
    const cancel = () => this.#dispatch({ type: 'cancel' });
    signal?.addEventListener('abort', cancel, { once: true });
    const result = await new Promise<LineResult>((resolve) => {
      this.#calls.set(id, resolve);
      this.#dispatch({ type: 'send', id, command, answerMs });
    });
    signal?.removeEventListener('abort', cancel);
    return result;
  }

  #hear(chunk: Uint8Array): void {
    const { pending, items } = this.#dialect.decode(this.#pending, chunk);
    this.#pending = pending;
    this.lastHeard = this.#clock.monotonic();
    const heard = items.map((item): HeardItem => {
      if (item.type !== 'text') return item;
      const answer = parseAnswerText(item.text, this.#dialect.statusLength);
      // What follows the status may be a card's.
      this.#trace('in', item.text, answer ? [[item.text.length - answer.data.length, item.text.length]] : 'all');
      return answer ? { type: 'answer', answer } : { type: 'garbled' };
    });
    this.#dispatch({ type: 'heard', items: heard, cut: pending.length > 0 });
  }

  #dispatch(event: LineEvent): void {
    const step = reduceLine(this.#state, event, this.#clock.monotonic(), this.#times);
    this.#state = step.state;
    this.#stopTimer();
    const wake = wakeAt(step.state);
    if (wake !== undefined) {
      const wait = Math.max(0, wake - this.#clock.monotonic());
      this.#stopTimer = this.#clock.after(wait, () => this.#dispatch({ type: 'tick' }));
    }
    for (const effect of step.effects) this.#carryOut(effect);
  }

  #carryOut(effect: LineEffect): void {
    switch (effect.type) {
      case 'write':
        return this.#write(this.#dialect.encode(encodeText(effect.command)));
      case 'ack':
        return this.#write(Uint8Array.of(ACK));
      case 'nak':
        return this.#write(Uint8Array.of(NAK));
      case 'writeCancel':
        return this.#write(this.#dialect.cancel);
      case 'forgetCut':
        this.#pending = NOTHING;
        return;
      case 'settle': {
        const call = this.#calls.get(effect.id);
        this.#calls.delete(effect.id);
        return call?.(effect.result);
      }
    }
  }

  #write(bytes: Uint8Array): void {
    this.#trace('out', bytes);
    void this.#transport.write(bytes).then((result) => {
      if (!result.ok) this.#dispatch({ type: 'down', detail: result.error.detail });
    });
  }
}
