import { chmodSync, rmSync } from 'node:fs';
import { timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Result, err } from '../kernel/result.ts';
import {
  type CommandName,
  type EventName,
  type EventPayload,
  type Output,
  type ParsedInput,
  type Progress,
  type ServiceSpec,
  type Snapshot,
  contractHash,
} from '../kernel/service.ts';
import { ClientMessage, receive, send } from './wire.ts';

export interface CommandContext<P> {
  /** Aborted when the caller cancels, its deadline passes or its connection goes; `signal.reason` is a catalogue code. */
  readonly signal: AbortSignal;
  readonly progress: (value: P) => void;
  /** Aborted when the connection of the caller goes, however many commands later. Absent where there is no connection. */
  readonly gone?: AbortSignal;
}

export type Handlers<S extends ServiceSpec> = {
  readonly [C in CommandName<S>]: (
    input: ParsedInput<S, C>,
    context: CommandContext<Progress<S, C>>,
  ) => Promise<Result<Output<S, C>>>;
};

export interface ServiceHost<S extends ServiceSpec> {
  /** Pushes the new snapshot to every client. */
  publish(snapshot: Snapshot<S>): void;
  emit<E extends EventName<S>>(name: E, value: EventPayload<S, E>): void;
  /** Serves one already connected byte stream (a child's stdio). */
  accept(stream: Duplex): void;
  /** Listens on a Unix socket or a named pipe. The folder decides who may enter. */
  listen(path: string): Promise<void>;
  close(): Promise<void>;
}

export interface HostOptions<S extends ServiceSpec> {
  readonly token: string;
  readonly snapshot: Snapshot<S>;
  readonly handlers: Handlers<S>;
  /** Hears of bugs in handlers; the caller gets E9006 without detail. */
  readonly onBug?: (command: string, error: unknown) => void;
  /** A program that was let in is gone. */
  readonly onLeft?: () => void;
}

export function hostService<S extends ServiceSpec>(spec: S, options: HostOptions<S>): ServiceHost<S> {
  const hash = contractHash(spec);
  const clients = new Set<Duplex>();
  const open = new Set<Duplex>();
  let snapshot = options.snapshot;
  let server: Server | undefined;

  function accept(stream: Duplex): void {
    const running = new Map<number, AbortController>();
    const gone = new AbortController();
    open.add(stream);
    stream.on('error', () => stream.destroy());
    stream.on('close', () => {
      open.delete(stream);
      const wasIn = clients.delete(stream);
      for (const controller of running.values()) controller.abort('E9001');
      gone.abort('E9001');
      if (wasIn) options.onLeft?.();
    });
    receive(stream, ClientMessage, (message) => {
      if (message.t === 'hello') {
        const code = refuse(message.service, message.hash, message.token);
        if (code) {
          send(stream, { t: 'refused', code });
          return void stream.end();
        }
        clients.add(stream);
        return send(stream, { t: 'welcome', snapshot });
      }
      if (!clients.has(stream)) return void stream.destroy();
      if (message.t === 'cancel') return running.get(message.id)?.abort('E9001');
      void run(stream, running, gone.signal, message);
    });
  }

  function refuse(service: string, theirs: string, token: string): string | undefined {
    if (service !== spec.name || theirs !== hash) return 'E9004';
    const a = Buffer.from(token);
    const b = Buffer.from(options.token);
    return a.length === b.length && timingSafeEqual(a, b) ? undefined : 'E9007';
  }

  async function run(
    stream: Duplex,
    running: Map<number, AbortController>,
    gone: AbortSignal,
    message: Extract<ClientMessage, { t: 'command' }>,
  ): Promise<void> {
    const { id, name } = message;
    const command = Object.hasOwn(spec.commands, name) ? spec.commands[name] : undefined;
    const input = command?.input.safeParse(message.input);
    if (!command || !input?.success) {
      const detail = input?.error?.issues.map((i) => i.path.join('.') || '(whole)').join(', ');
      return send(stream, { t: 'failed', id, error: { code: 'E9005', detail } });
    }
    send(stream, { t: 'acknowledged', id });
    const controller = new AbortController();
    running.set(id, controller);
    const timer = setTimeout(() => controller.abort('E9002'), message.deadlineMs);
    const result = await handle(name as CommandName<S>, input.data, {
      signal: controller.signal,
      gone,
      progress: (value) => send(stream, { t: 'progress', id, value }),
    });
    clearTimeout(timer);
    running.delete(id);
    if (result.ok) send(stream, { t: 'done', id, value: result.value });
    else send(stream, { t: 'failed', id, error: result.error });
  }

  async function handle(
    name: CommandName<S>,
    input: unknown,
    context: CommandContext<unknown>,
  ): Promise<Result<unknown>> {
    try {
      return await options.handlers[name](input as ParsedInput<S, typeof name>, context);
    } catch (error) {
      options.onBug?.(name, error);
      return err({ code: 'E9006' });
    }
  }

  return {
    publish(next) {
      snapshot = next;
      for (const client of clients) send(client, { t: 'snapshot', value: next });
    },
    emit(name, value) {
      for (const client of clients) send(client, { t: 'event', name, value });
    },
    accept,
    listen(path) {
      // A socket file left by a killed predecessor would refuse the bind; the supervisor runs one instance only.
      if (process.platform !== 'win32') rmSync(path, { force: true });
      server = createServer(accept);
      return new Promise((resolve, reject) => {
        server!.once('error', reject);
        server!.listen(path, () => {
          if (process.platform !== 'win32') chmodSync(path, 0o660);
          resolve();
        });
      });
    },
    async close() {
      for (const stream of open) stream.destroy();
      await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    },
  };
}
