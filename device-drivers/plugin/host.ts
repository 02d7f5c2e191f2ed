import { type ChildProcess, spawn } from 'node:child_process';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Log } from '../log.ts';
import type { Trace } from '../trace.ts';
import { MessageReader, encodeMessage } from './frames.ts';
import { Answer, type Capability, Hello, type Request } from './messages.ts';

export interface PluginSettings {
  /** For the log: `photo-decoder`. */
  readonly name: string;
  readonly command: string;
  readonly args?: readonly string[];
  /** Nothing of the host's own environment goes to vendors' code but PATH and what is named here. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly helloWithin?: number;
  readonly answerWithin?: number;
  /** Wait after a failure until it is started again: doubled from first to most. */
  readonly backOffFirst?: number;
  readonly backOffMost?: number;
}

export interface PluginDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** The child ended or was ended, whatever for. */
  readonly onEnd?: () => void;
  /** It failed and is left alone for so long, ms; what asks for it meanwhile is refused. */
  readonly onFailure?: (restsMs: number) => void;
  /** What goes to and fro; a person's all of it. */
  readonly trace?: Trace | undefined;
}

export interface Plugin {
  /** Starts the child if it is not there. Error: E1701. */
  hello(): Promise<Result<Hello>>;
  /** One answer. Errors: E1701 with the reason, or the signal's own (E9001, E9002). Calls wait for each other. */
  call(
    method: string,
    params: Request['params'],
    options?: { readonly signal?: AbortSignal; readonly answerWithin?: number },
  ): Promise<Result<Record<string, unknown>>>;
  /** Ends the child, however it is. */
  stop(): Promise<void>;
}

interface Child {
  readonly process: ChildProcess;
  readonly ended: Promise<void>;
  readonly hello: Hello;
}

/** A child that has lived for so long before it failed starts from the first pause again, ms. */
const WORKED_MS = 60_000;

/**
 * A closed library in a process of its own. That it crashes, hangs or talks nonsense is ordinary: the call ends with
 * E1701, the child is killed, and after a pause the next call starts a new one. What the child writes to its error
 * output may hold a person and is counted, not kept.
 */
export function createPlugin(settings: PluginSettings, deps: PluginDeps): Plugin {
  const { name, helloWithin = 5_000, answerWithin = 3_000, backOffFirst = 500, backOffMost = 30_000 } = settings;
  let child: Child | undefined;
  /** The child that is being started or used right now. */
  let running: ChildProcess | undefined;
  let failures = 0;
  let restUntil = -Infinity;
  let startedAt = -Infinity;
  let nextId = 1;
  let stopped = false;
  let turn: Promise<unknown> = Promise.resolve();
  /** Where the next message of the child goes, or the reason why there will be none. */
  let receive: ((message: Result<unknown, string>) => void) | undefined;

  function broken(reason: string): Result<never> {
    if (deps.clock.monotonic() - startedAt > WORKED_MS) failures = 0;
    const wait = Math.min(backOffFirst * 2 ** failures, backOffMost);
    failures++;
    restUntil = deps.clock.monotonic() + wait;
    deps.log('warn', 'vendor plug-in failed', { plugin: name, reason, restsMs: wait });
    end();
    deps.onFailure?.(wait);
    return fail('E1701', `${name}: ${reason}`);
  }

  function end(): void {
    child = undefined;
    running?.kill('SIGKILL');
    running = undefined;
  }

  /** The next message, the end of the child, the end of the time, or the abort of who waits. */
  function nextMessage(within: number, signal?: AbortSignal): Promise<Result<unknown, string>> {
    return new Promise((resolve) => {
      const settle = (message: Result<unknown, string>) => {
        receive = undefined;
        stopTimer();
        signal?.removeEventListener('abort', aborted);
        resolve(message);
      };
      const aborted = () => settle({ ok: false, error: 'aborted' });
      const stopTimer = deps.clock.after(within, () => settle({ ok: false, error: `silent for ${within} ms` }));
      receive = settle;
      if (signal?.aborted) aborted();
      else signal?.addEventListener('abort', aborted, { once: true });
    });
  }

  async function start(): Promise<Result<Child>> {
    if (child) return ok(child);
    if (stopped) return fail('E1701', `${name}: stopped`);
    if (deps.clock.monotonic() < restUntil) return fail('E1701', `${name}: rests after a failure`);
    const process_ = spawn(settings.command, settings.args ?? [], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...(process.env['PATH'] === undefined ? {} : { PATH: process.env['PATH'] }), ...settings.env },
      windowsHide: true,
    });
    running = process_;
    startedAt = deps.clock.monotonic();
    const reader = new MessageReader();
    let noise = 0;
    const ended = new Promise<void>((resolve) => {
      const over = (why: string) => {
        resolve();
        if (running !== process_) return;
        if (receive) return receive({ ok: false, error: why });
        broken(why);
      };
      process_.on('error', () => over('cannot be started'));
      process_.on('exit', (code, signal) => {
        if (noise > 0) deps.log('info', 'vendor plug-in wrote to its error output', { plugin: name, bytes: noise });
        over(`ended with ${signal ?? code}`);
        deps.onEnd?.();
      });
    });
    process_.stderr.on('data', (chunk: Buffer) => (noise += chunk.length));
    process_.stdin.on('error', () => {});
    process_.stdout.on('data', (chunk: Buffer) => {
      if (running !== process_) return;
      deps.trace?.('in', chunk, 'all');
      const messages = reader.push(chunk);
      if (!messages.ok) return receive ? receive({ ok: false, error: messages.error }) : void broken(messages.error);
      for (const message of messages.value) {
        if (!receive) return void broken('spoke without being asked');
        receive(ok(message));
      }
    });

    const first = await nextMessage(helloWithin);
    if (!first.ok) return broken(first.error);
    const hello = Hello.safeParse(first.value);
    if (!hello.success) return broken('first message is no hello');
    child = { process: process_, ended, hello: hello.data };
    return ok(child);
  }

  async function ask(method: string, params: Request['params'], within: number, signal?: AbortSignal) {
    if (signal?.aborted) return fail(abortCode(signal));
    const started = await start();
    if (!started.ok) return started;
    const id = nextId++;
    const answering = nextMessage(within, signal);
    const request = encodeMessage({ id, method, params } satisfies Request);
    deps.trace?.('out', request, 'all');
    started.value.process.stdin?.write(request);
    const message = await answering;
    if (!message.ok && message.error === 'aborted') {
      // Its late answer would be taken for that of the next call, and it may hang: it is ended, not punished.
      end();
      return fail(abortCode(signal));
    }
    if (!message.ok) return broken(message.error);
    const answer = Answer.safeParse(message.value);
    if (!answer.success || answer.data.id !== id) return broken('answer breaks the rules');
    failures = 0;
    if ('problem' in answer.data) return fail('E1701', `${name}: ${answer.data.problem}`);
    return ok(answer.data.result);
  }

  /** Vendors' libraries are not made for two calls at once. */
  function inTurn<T>(action: () => Promise<T>): Promise<T> {
    const mine = turn.then(action);
    turn = mine.catch(() => {});
    return mine;
  }

  return {
    hello: () =>
      inTurn(async () => {
        const started = await start();
        return started.ok ? ok(started.value.hello) : started;
      }),
    call: (method, params, options = {}) =>
      inTurn(() => ask(method, params, options.answerWithin ?? answerWithin, options.signal)),
    async stop() {
      stopped = true;
      const waiting = child?.ended;
      const last = receive;
      end();
      last?.({ ok: false, error: 'stopped' });
      await waiting;
    },
  };
}

export const can = (hello: Hello, capability: Capability) => hello.capabilities.includes(capability);

function abortCode(signal: AbortSignal | undefined): string {
  return signal?.reason === 'E9002' ? 'E9002' : 'E9001';
}
