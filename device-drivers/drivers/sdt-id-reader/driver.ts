import { fail, ok, type Result } from '@kiosk/contract/kernel/result.ts';
import type { IdCard } from '@kiosk/contract/services/device-host.ts';
import { z } from 'zod';
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
import { serialTransport } from '../../transport/serial.ts';
import type { Transport } from '../../transport/transport.ts';
import type { Driver, DriverDeps, IdCardReaderDevice, SelfTestStep } from '../driver.ts';
import { reduce, wakeAt } from './reducer.ts';
import { INITIAL, type ReaderCommand, type ReaderEvent } from './state.ts';

/** Speeds a module can be set to; 115200 is what they leave the factory with. */
const Options = z.strictObject({
  baudRate: z.union([115200, 57600, 38400, 19200, 9600].map((rate) => z.literal(rate))).default(115200),
});

export const sdtIdCardReader: Driver<'idCardReader'> = {
  name: 'sdt-serial',
  kind: 'idCardReader',
  create(config, deps) {
    const options = Options.safeParse(config.options);
    if (!options.success) return fail('E8101', `${config.id}: ${options.error.issues[0]?.path.join('.')} is wrong`);
    return ok(sdtIdReader(serialTransport({ path: config.port, baudRate: options.data.baudRate }), deps));
  },
};

interface ReadCall {
  readonly settle: (result: Result<IdCard>) => void;
  readonly progress: (progress: { step: 'found' | 'reading' }) => void;
}

/** The shell around the reducer: turns bytes, timers and calls into events, and carries out its commands. */
export function sdtIdReader(transport: Transport, deps: DriverDeps): IdCardReaderDevice {
  const { clock } = deps;
  const reads = new Map<number, ReadCall>();
  const asks = new Map<number, (result: Result<SdtAnswer>) => void>();
  let state = INITIAL;
  let pending: Uint8Array = NOTHING_PENDING;
  let nextId = 1;
  let stopTimer = () => {};
  let closing = Promise.resolve();

  transport.onClosed(({ detail }) => dispatch({ type: 'lost', detail }));
  transport.onData((chunk) => {
    const decoded = decode(pending, chunk);
    pending = decoded.pending;
    for (const body of decoded.bodies) {
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
          .then(() => transport.open())
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
        void transport.write(encodeRequest(command.command)).then((result) => {
          if (!result.ok) dispatch({ type: 'writeFailed', detail: result.error.detail });
        });
        return;
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
    return { name, passed, detail } satisfies SelfTestStep;
  }

  return {
    start: () => dispatch({ type: 'start' }),
    status: () => state.health,
    async stop() {
      dispatch({ type: 'stop' });
      await closing;
    },
    async readIdCard({ signal, onProgress }) {
      if (signal.aborted) return fail(abortCode(signal));
      const id = nextId++;
      const giveUp = () => dispatch({ type: 'readGivenUp', id, code: abortCode(signal) });
      signal.addEventListener('abort', giveUp, { once: true });
      const result = await new Promise<Result<IdCard>>((resolve) => {
        reads.set(id, { settle: resolve, progress: onProgress });
        dispatch({ type: 'readWanted', id });
      });
      signal.removeEventListener('abort', giveUp);
      return result;
    },
    async selfTest({ signal }) {
      const present = await transport.isPresent();
      return [
        { name: 'port', passed: present !== false, detail: transport.place },
        await ask('security module', 'samStatus', [SW.success], signal),
        await ask('module number', 'samId', [SW.success], signal),
        await ask('antenna', 'findCard', [SW.cardFound, SW.findFailed], signal),
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
