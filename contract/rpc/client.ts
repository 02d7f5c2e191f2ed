import { connect as connectSocket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { type Result, fail, ok } from '../kernel/result.ts';
import {
  type CommandName,
  type EventName,
  type EventPayload,
  type Input,
  type Output,
  type Progress,
  type ServiceSpec,
  type Snapshot,
  contractHash,
} from '../kernel/service.ts';
import { ServerMessage, receive, send } from './wire.ts';

export interface CallOptions<P> {
  readonly signal?: AbortSignal;
  readonly deadlineMs?: number;
  readonly onProgress?: (value: P) => void;
}

export interface ServiceClient<S extends ServiceSpec> {
  /** The last snapshot, or undefined while the program on the other end is not reachable. */
  readonly snapshot: Snapshot<S> | undefined;
  /**
   * Cancelled (E9001), timed out (E9002) and not reachable (E9003) differ; a program that does not let us in says why
   * (E9004, E9007). E9003 on a connection that broke mid-call
   * says nothing about whether the command was carried out: ask for the operation by its id.
   */
  call<C extends CommandName<S>>(
    name: C,
    input: Input<S, C>,
    options?: CallOptions<Progress<S, C>>,
  ): Promise<Result<Output<S, C>>>;
  onSnapshot(listener: (snapshot: Snapshot<S> | undefined) => void): () => void;
  on<E extends EventName<S>>(name: E, listener: (value: EventPayload<S, E>) => void): () => void;
  close(): void;
}

interface PendingCall {
  readonly settle: (result: Result<unknown>) => void;
  readonly progress: (value: unknown) => void;
}

/** The caller allows the other end this much longer than the deadline it was given, so that its own answer wins. */
const GRACE_MS = 1_000;
const RETRY_FIRST_MS = 50;
const RETRY_MOST_MS = 2_000;

/** A client over one byte stream that is already connected (a child's stdio). It does not reconnect. */
export function clientOver<S extends ServiceSpec>(spec: S, stream: Duplex, token: string, clock = systemClock) {
  const core = new ClientCore(spec, clock);
  core.attach(stream, token);
  return core satisfies ServiceClient<S>;
}

/** A client of a local socket that connects, and connects again whenever the other program comes back. */
export function connectService<S extends ServiceSpec>(
  spec: S,
  options: { readonly path: string; readonly token: string; readonly clock?: Clock },
): ServiceClient<S> {
  const clock = options.clock ?? systemClock;
  const core = new ClientCore(spec, clock);
  let wait = RETRY_FIRST_MS;
  const open = () => {
    if (core.closed) return;
    const socket = connectSocket(options.path);
    socket.on('connect', () => core.attach(socket, options.token));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      if (core.closed) return;
      // A program that lets us in and goes away is coming back; one that is not there or refuses us may take long.
      if (core.takeWelcome()) wait = RETRY_FIRST_MS;
      clock.after(wait, open);
      wait = Math.min(wait * 2, RETRY_MOST_MS);
    });
  };
  open();
  return core;
}

class ClientCore<S extends ServiceSpec> implements ServiceClient<S> {
  closed = false;
  snapshot: Snapshot<S> | undefined;
  readonly #spec: S;
  readonly #clock: Clock;
  readonly #hash: string;
  readonly #pending = new Map<number, PendingCall>();
  readonly #snapshotListeners = new Set<(s: Snapshot<S> | undefined) => void>();
  readonly #eventListeners = new Map<string, Set<(value: never) => void>>();
  #stream: Duplex | undefined;
  #welcomed = false;
  #wasWelcomed = false;
  /** Why the other end did not let us in: E9004 another release, E9007 wrong token. */
  #refusal: string | undefined;
  #nextId = 1;

  constructor(spec: S, clock: Clock) {
    this.#spec = spec;
    this.#clock = clock;
    this.#hash = contractHash(spec);
  }

  /** Whether the connection that just ended had been let in. */
  takeWelcome(): boolean {
    const was = this.#wasWelcomed;
    this.#wasWelcomed = false;
    return was;
  }

  attach(stream: Duplex, token: string): void {
    this.#stream = stream;
    receive(stream, ServerMessage, (message) => this.#onMessage(message));
    stream.on('error', () => stream.destroy());
    stream.on('close', () => this.#lost());
    send(stream, { t: 'hello', service: this.#spec.name, hash: this.#hash, token });
  }

  call<C extends CommandName<S>>(
    name: C,
    input: Input<S, C>,
    options: CallOptions<Progress<S, C>> = {},
  ): Promise<Result<Output<S, C>>> {
    const stream = this.#stream;
    const command = this.#spec.commands[name]!;
    if (!stream || !this.#welcomed) return Promise.resolve(fail(this.#refusal ?? 'E9003', this.#spec.name));
    if (options.signal?.aborted) return Promise.resolve(fail('E9001'));
    const id = this.#nextId++;
    const deadlineMs = options.deadlineMs ?? command.deadlineMs;
    return new Promise((resolve) => {
      const cancel = () => {
        send(stream, { t: 'cancel', id });
        settle(fail('E9001'));
      };
      const stopTimer = this.#clock.after(deadlineMs + GRACE_MS, () => settle(fail('E9002', name)));
      const settle = (result: Result<unknown>) => {
        stopTimer();
        options.signal?.removeEventListener('abort', cancel);
        this.#pending.delete(id);
        resolve(this.#checked(command.output.safeParse.bind(command.output), result) as Result<Output<S, C>>);
      };
      options.signal?.addEventListener('abort', cancel, { once: true });
      this.#pending.set(id, { settle, progress: (v) => options.onProgress?.(v as Progress<S, C>) });
      send(stream, { t: 'command', id, name, input, deadlineMs });
    });
  }

  onSnapshot(listener: (snapshot: Snapshot<S> | undefined) => void): () => void {
    this.#snapshotListeners.add(listener);
    if (this.snapshot !== undefined) listener(this.snapshot);
    return () => void this.#snapshotListeners.delete(listener);
  }

  on<E extends EventName<S>>(name: E, listener: (value: EventPayload<S, E>) => void): () => void {
    const set = this.#eventListeners.get(name) ?? new Set();
    this.#eventListeners.set(name, set.add(listener as (value: never) => void));
    return () => void set.delete(listener as (value: never) => void);
  }

  close(): void {
    this.closed = true;
    this.#stream?.destroy();
    this.#lost();
  }

  #checked(parse: (v: unknown) => { success: boolean; data?: unknown }, result: Result<unknown>): Result<unknown> {
    if (!result.ok) return result;
    const parsed = parse(result.value);
    return parsed.success ? ok(parsed.data) : fail('E9008', this.#spec.name);
  }

  #onMessage(message: ServerMessage): void {
    switch (message.t) {
      case 'welcome':
        this.#welcomed = true;
        this.#wasWelcomed = true;
        this.#refusal = undefined;
        return this.#setSnapshot(message.snapshot);
      case 'snapshot':
        return this.#setSnapshot(message.value);
      case 'event': {
        const value = this.#spec.events[message.name]?.safeParse(message.value);
        if (value?.success) for (const l of this.#eventListeners.get(message.name) ?? []) l(value.data as never);
        return;
      }
      case 'progress':
        return this.#pending.get(message.id)?.progress(message.value);
      case 'done':
        return this.#pending.get(message.id)?.settle(ok(message.value));
      case 'failed':
        return this.#pending.get(message.id)?.settle(fail(message.error.code, message.error.detail));
      case 'refused':
        this.#refusal = message.code;
        return;
      case 'acknowledged':
        return;
    }
  }

  #setSnapshot(value: unknown): void {
    const parsed = this.#spec.snapshot.safeParse(value);
    if (!parsed.success) return void this.#stream?.destroy();
    this.snapshot = parsed.data as Snapshot<S>;
    for (const listener of this.#snapshotListeners) listener(this.snapshot);
  }

  #lost(): void {
    this.#stream = undefined;
    this.#welcomed = false;
    for (const call of this.#pending.values()) call.settle(fail('E9003', this.#spec.name));
    this.#pending.clear();
    if (this.snapshot === undefined) return;
    this.snapshot = undefined;
    for (const listener of this.#snapshotListeners) listener(undefined);
  }
}
