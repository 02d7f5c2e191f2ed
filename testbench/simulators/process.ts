import { fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FaultList } from './fault-list.ts';

/**
 * A simulator runs in a process of its own, behind the lowest seam: the driver reaches it only by bytes. Its hands and
 * faults (lay a card, run out of paper, pull the plug) are methods called over the process channel.
 */
export interface Simulator {
  /** Told to the parent when bytes can flow, e.g. `{ port: '/tmp/…/id-reader' }`. JSON. */
  readonly ready: Readonly<Record<string, unknown>>;
  readonly methods: Readonly<Record<string, (argument: never) => unknown>>;
  stop(): Promise<void>;
}

export type StartSimulator<O> = (options: O, emit: (event: string, value: unknown) => void) => Promise<Simulator>;

export interface RunningSimulator {
  readonly ready: Readonly<Record<string, unknown>>;
  /** What can go wrong with it, as it told itself. */
  readonly faults: FaultList;
  readonly pid: number;
  /** Calls a method; a throw inside the simulator rejects with its message. */
  call(method: string, argument?: unknown): Promise<unknown>;
  on(event: string, listener: (value: unknown) => void): void;
  stop(): Promise<void>;
}

type ToChild = { id: number; method: string; argument: unknown } | { stop: true };
type ToParent =
  | { ready: Record<string, unknown>; faults: FaultList }
  | { id: number; value?: unknown; error?: string }
  | { event: string; value: unknown };

/** Last line of a simulator's main file: `serveSimulator(start, FAULTS)`. */
export function serveSimulator<O>(start: StartSimulator<O>, faults: FaultList = { faults: [] }): void {
  const tell = (message: ToParent) => process.send?.(message);
  const options = JSON.parse(process.argv[2] ?? '{}') as O;
  void start(options, (event, value) => tell({ event, value })).then((simulator) => {
    const stop = () => void simulator.stop().finally(() => process.exit(0));
    process.on('disconnect', stop);
    process.on('SIGTERM', stop);
    // Ctrl+C reaches the whole process group; the parent decides the order of stopping.
    process.on('SIGINT', () => {});
    process.on('message', (message: ToChild) => {
      if ('stop' in message) return stop();
      const method = simulator.methods[message.method];
      void Promise.resolve()
        .then(() => {
          if (!method) throw new Error(`simulator has no method ${message.method}`);
          return method(message.argument as never);
        })
        .then(
          (value) => tell({ id: message.id, value }),
          (error: unknown) => tell({ id: message.id, error: error instanceof Error ? error.message : String(error) }),
        );
    });
    tell({ ready: simulator.ready, faults });
  });
}

/** Starts a simulator's main file and waits until bytes can flow. */
export async function spawnSimulator(main: URL, options: unknown): Promise<RunningSimulator> {
  const child = fork(fileURLToPath(main), [JSON.stringify(options)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const events = new EventEmitter();
  const pending = new Map<number, { resolve: (v: unknown) => void; reject: (e: Error) => void }>();
  const exited = once(child, 'exit');
  let nextId = 1;
  const { ready, faults } = await new Promise<Extract<ToParent, { ready: unknown }>>((resolve, reject) => {
    child.on('message', (message: ToParent) => {
      if ('ready' in message) return resolve(message);
      if ('event' in message) return void events.emit(message.event, message.value);
      const call = pending.get(message.id);
      pending.delete(message.id);
      if (message.error !== undefined) call?.reject(new Error(message.error));
      else call?.resolve(message.value);
    });
    child.on('exit', (code) => {
      const gone = new Error(`simulator ${main.pathname.split('/').slice(-2).join('/')} ended with ${code}`);
      reject(gone);
      for (const call of pending.values()) call.reject(gone);
      pending.clear();
    });
  });
  return {
    ready,
    faults,
    pid: child.pid!,
    call: (method, argument) =>
      new Promise((resolve, reject) => {
        const id = nextId++;
        pending.set(id, { resolve, reject });
        child.send({ id, method, argument } satisfies ToChild, (error) => error && reject(error));
      }),
    on: (event, listener) => void events.on(event, listener),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      if (child.connected) child.send({ stop: true } satisfies ToChild);
      await exited;
    },
  };
}
