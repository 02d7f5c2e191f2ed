import { fail, type Result } from '@kiosk/contract/kernel/result.ts';
import {
  NOTHING_PENDING,
  SW,
  type CommandName,
  type SdtAnswer,
  decode,
  describeStatus,
  encodeRequest,
  isStatus,
  parseAnswer,
} from '../../codec/sdt.ts';
import type { Transport } from '../../transport/transport.ts';
import type { DriverDeps, IdCardRead, IdCardReaderDevice, SelfTestStep } from '../driver.ts';
import { stepTimer } from '../self-test.ts';
import { reduce, wakeAt } from './reducer.ts';
import type { Settings } from './settings.ts';
import { initialState, type ReaderCommand, type ReaderEvent } from './state.ts';

/** Of an answer's body; what follows may be a person's. */
const STATUS_BYTES = 3;

interface ReadCall {
  readonly settle: (result: Result<IdCardRead>) => void;
  readonly progress: (progress: { step: 'found' | 'reading' }) => void;
}

/** The shell around the reducer: turns bytes, timers and calls into events, and carries out its commands. */
export function sdtIdReader(transport: Transport, deps: DriverDeps, settings: Settings): IdCardReaderDevice {
  const { clock } = deps;
  const reads = new Map<number, ReadCall>();
  const asks = new Map<number, (result: Result<SdtAnswer>) => void>();
  let state = initialState(settings);
  let pending: Uint8Array = NOTHING_PENDING;
  let nextId = 1;
  let stopTimer = () => {};
  let closing = Promise.resolve();

  transport.onAppeared?.(() => dispatch({ type: 'appeared' }));
  transport.onClosed(({ detail }) => dispatch({ type: 'lost', detail }));
  transport.onData((chunk) => {
    const decoded = decode(pending, chunk);
    pending = decoded.pending;
    // Bytes that are no whole answer are only counted: they may be the middle of a card.
    if (decoded.bodies.length === 0) deps.trace?.('in', chunk, 'all');
    for (const body of decoded.bodies) {
      deps.trace?.('in', body, [[STATUS_BYTES, body.length]]);
      const answer = parseAnswer(body);
      if (answer) dispatch({ type: 'answer', answer });
    }
  });

  function dispatch(event: ReaderEvent): void {
    const step = reduce(state, event, clock.monotonic());
    state = step.state;
    stopTimer();
    const wake = wakeAt(state);
    if (wake !== undefined) {
      stopTimer = clock.after(Math.max(0, wake - clock.monotonic()), () => dispatch({ type: 'tick' }));
    }
    step.commands.forEach(carryOut);
  }

  function carryOut(command: ReaderCommand): void {
    switch (command.type) {
      case 'open':
        // The old port's lock must be gone before the new one is opened.
        void closing
          .then(() => {
            if (command.speed !== undefined) transport.useBaudRate?.(command.speed);
            return transport.open();
          })
          .then((result) => dispatch(result.ok ? { type: 'opened' } : { type: 'openFailed', ...result.error }));
        return;
      case 'close':
        pending = NOTHING_PENDING;
        closing = transport.close();
        return;
      case 'checkPresence':
        void closing.then(() => transport.isPresent()).then((present) => dispatch({ type: 'presence', present }));
        return;
      case 'send':
        // What is left of an earlier answer does not belong to this command.
        pending = NOTHING_PENDING;
        return send(encodeRequest(command.command, command.speed));
      case 'progress':
        return reads.get(command.id)?.progress({ step: command.step });
      case 'settleRead':
        return settle(reads, command.id)?.settle(command.result);
      case 'settleAsk':
        return settle(asks, command.id)?.(command.result);
      case 'health':
        return deps.onStatus(command.health);
      case 'emit':
        return deps.onEvent(command.event);
      case 'log':
        return deps.log(command.level, command.message, { detail: command.detail });
    }
  }

  function send(bytes: Uint8Array): void {
    deps.trace?.('out', bytes);
    void transport.write(bytes).then((result) => {
      if (!result.ok) dispatch({ type: 'writeFailed', detail: result.error.detail });
    });
  }

  async function ask(name: string, command: CommandName, expected: number[], signal: AbortSignal) {
    const id = nextId++;
    const giveUp = () => dispatch({ type: 'askGivenUp', id, code: abortCode(signal) });
    signal.addEventListener('abort', giveUp, { once: true });
    const result = await new Promise<Result<SdtAnswer>>((resolve) => {
      asks.set(id, resolve);
      dispatch({ type: 'ask', id, command });
    });
    signal.removeEventListener('abort', giveUp);
    const passed = result.ok && expected.some((sw3) => isStatus(result.value, sw3));
    const detail = result.ok
      ? describeStatus(result.value)
      : `${result.error.code} ${result.error.detail ?? ''}`.trim();
    const code = result.ok ? 'E1107' : result.error.code;
    return { name, passed, detail, code } satisfies SelfTestStep;
  }

  return {
    start: () => dispatch({ type: 'start' }),
    status: () => state.health,
    async stop() {
      dispatch({ type: 'stop' });
      await closing;
    },
    async readIdCard({ signal, onProgress, extras = [] }) {
      if (signal.aborted) return fail(abortCode(signal));
      const id = nextId++;
      const giveUp = () => dispatch({ type: 'readGivenUp', id, code: abortCode(signal) });
      signal.addEventListener('abort', giveUp, { once: true });
      const result = await new Promise<Result<IdCardRead>>((resolve) => {
        reads.set(id, { settle: resolve, progress: onProgress });
        dispatch({ type: 'readWanted', id, extras });
      });
      signal.removeEventListener('abort', giveUp);
      return result;
    },
    async selfTest({ signal }) {
      const step = stepTimer(clock);
      const present = await transport.isPresent();
      return [
        step({ name: 'port', passed: present !== false, detail: transport.place, code: 'E1101' }),
        step(await ask('security module', 'samStatus', [SW.success], signal)),
        step(await ask('module number', 'samId', [SW.success], signal)),
        step(await ask('antenna', 'findCard', [SW.cardFound, SW.findFailed], signal)),
      ];
    },
  };
}

function settle<T>(calls: Map<number, T>, id: number): T | undefined {
  const call = calls.get(id);
  calls.delete(id);
  return call;
}

/** A signal is aborted with a code of the catalogue as its reason (contract/rpc/server.ts). */
function abortCode(signal: AbortSignal): string {
  return signal.reason === 'E9002' ? 'E9002' : 'E9001';
}
