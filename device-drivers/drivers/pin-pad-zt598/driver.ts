import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { PadKey } from '@kiosk/contract/services/devices.ts';
import { z } from 'zod';
import { NOTHING_PENDING, decode, encodeRequest, parseAnswer } from '../../codec/zt598.ts';
import { firmware, installFlag, panDigits, status } from '../../codec/zt598-commands.ts';
import { LAYOUTS, type KeyMeaning } from '../../codec/zt598-keys.ts';
import { serialTransport } from '../../transport/serial.ts';
import { ALL_PERSONAL, traced } from '../../transport/traced.ts';
import type { Transport } from '../../transport/transport.ts';
import type { Driver, DriverDeps, PinEntryOptions, PinPadDevice, SelfTestStep } from '../driver.ts';
import { LINK_TIMES } from '../line/link.ts';
import { run } from '../line/runner.ts';
import { readOptions } from '../options.ts';
import { stepTimer } from '../self-test.ts';
import { type KeyManagement, keyManagement } from './keys.ts';
import { reduce, wakeAt } from './reducer.ts';
import { type PadCommand, type PadSetup, type PadStep, type Settled, type WantedKind, initialState } from './state.ts';

const milliseconds = (value: number) => z.number().int().positive().default(value);

/** Options of the machine configuration; every time in ms. */
const Options = z.strictObject({
  baudRate: z.union([115200, 57600, 38400, 19200, 9600].map((rate) => z.literal(rate))).default(9600),
  layout: z.enum(['standard', 'h6j']).default('standard'),
  /** Single keys that differ from the layout: the key's byte in hex, and what it means. */
  keys: z.record(z.string().regex(/^[0-9a-fA-F]{2}$/), PadKey.exclude(['masked'])).default({}),
  isoPinSlot: z.number().int().min(0x30).max(0x7f).default(0x30),
  sm4PinSlot: z.number().int().min(0x20).max(0x7f).default(0x50),
  /** The pad's user id, as the maker or the bank set it. */
  uid: z
    .string()
    .regex(/^[0-9A-F]{32}$/)
    .default('8'.repeat(32)),
  backspace: z.boolean().default(true),
  answerMs: milliseconds(1_000),
  heartbeatMs: milliseconds(3_000),
  quietMs: milliseconds(200),
  backOffFirstMs: milliseconds(LINK_TIMES.backOffFirst),
  backOffMostMs: milliseconds(LINK_TIMES.backOffMost),
});

/** Bytes of one frame follow each other; half a frame that is older than this, in ms, is never completed. */
const FRAME_GAP = 300;

export interface Zt598PinPad extends PinPadDevice {
  /** Loading keys and making MACs: not part of every pad, and not for the depositor's side of the machine. */
  readonly keys: KeyManagement;
}

export const zt598PinPad: Omit<Driver<'pinPad'>, 'create'> & {
  create(...args: Parameters<Driver<'pinPad'>['create']>): Result<Zt598PinPad>;
} = {
  name: 'pin-pad-zt598',
  kind: 'pinPad',
  capabilities: { pinFormats: ['iso0', 'sm4'] },
  create(config, deps) {
    const options = readOptions(config.id, Options, config.options);
    if (!options.ok) return options;
    const data = options.value;
    const keys = Object.entries(data.keys).map(([byte, key]) => [Number.parseInt(byte, 16), key] as const);
    const setup: PadSetup = {
      layout: { ...LAYOUTS[data.layout], ...(Object.fromEntries(keys) as Record<number, KeyMeaning>) },
      pinSlots: { iso0: data.isoPinSlot, sm4: data.sm4PinSlot },
      uid: data.uid,
      backspace: data.backspace,
      times: {
        answer: data.answerMs,
        heartbeat: data.heartbeatMs,
        quiet: data.quietMs,
        backOffFirst: data.backOffFirstMs,
        backOffMost: data.backOffMostMs,
      },
    };
    const transport = serialTransport({ path: config.port, baudRate: data.baudRate });
    // Keys, blocks and key bytes are on this line in both directions: a trace tells how many bytes, and when.
    return ok(zt598(traced(transport, deps.trace, ALL_PERSONAL), setup, deps));
  },
};

interface Call {
  readonly settle: (result: Result<Settled>) => void;
  readonly onDigits?: (count: number) => void;
  readonly onKey?: (key: PadKey) => void;
}

/** The shell around the reducer: bytes and calls become events, commands become bytes and answers. */
export function zt598(transport: Transport, setup: PadSetup, deps: DriverDeps): Zt598PinPad {
  const { clock } = deps;
  const calls = new Map<number, Call>();
  let pending: Uint8Array = NOTHING_PENDING;
  let lastChunk = 0;
  let nextId = 1;

  const line = run(transport, clock, {
    initial: initialState(setup),
    reduce,
    wakeAt,
    carryOut,
    onClose: () => (pending = NOTHING_PENDING),
  });

  transport.onData((chunk) => {
    const now = clock.monotonic();
    if (now - lastChunk > FRAME_GAP) pending = NOTHING_PENDING;
    lastChunk = now;
    const decoded = decode(pending, chunk);
    pending = decoded.pending;
    for (const part of decoded.parts) {
      if (part.is === 'byte') line.dispatch({ type: 'byte', byte: part.byte });
      const answer = part.is === 'frame' ? parseAnswer(part.body) : undefined;
      if (answer) line.dispatch({ type: 'answer', answer });
    }
  });

  function carryOut(command: Exclude<PadCommand, { type: 'open' | 'close' | 'checkPresence' }>): void {
    switch (command.type) {
      case 'send':
        // What is left of an earlier answer does not belong to this command.
        pending = NOTHING_PENDING;
        void transport.write(encodeRequest(command.request.body)).then((result) => {
          if (!result.ok) line.dispatch({ type: 'writeFailed', detail: result.error.detail });
        });
        return;
      case 'digits':
        return calls.get(command.id)?.onDigits?.(command.count);
      case 'key':
        return calls.get(command.id)?.onKey?.(command.key);
      case 'settle': {
        const call = calls.get(command.id);
        calls.delete(command.id);
        return call?.settle(command.result);
      }
      case 'health':
        return deps.onStatus(command.health);
      case 'emit':
        return deps.onEvent(command.event);
      case 'log':
        return deps.log(command.level, command.message, { detail: command.detail });
    }
  }

  async function want(
    kind: WantedKind,
    steps: readonly PadStep[],
    signal: AbortSignal,
    call: Omit<Call, 'settle'> = {},
  ): Promise<Result<Settled>> {
    if (signal.aborted) return fail(abortCode(signal));
    const id = nextId++;
    const giveUp = () => line.dispatch({ type: 'givenUp', id, code: abortCode(signal) });
    signal.addEventListener('abort', giveUp, { once: true });
    const result = await new Promise<Result<Settled>>((settle) => {
      calls.set(id, { ...call, settle });
      line.dispatch({ type: 'wanted', id, kind, steps });
    });
    signal.removeEventListener('abort', giveUp);
    return result;
  }

  async function ask(steps: readonly PadStep[], signal: AbortSignal): Promise<Result<string>> {
    const result = await want({ is: 'ask' }, steps, signal);
    return result.ok ? ok(result.value.is === 'data' ? result.value.data : '') : result;
  }

  async function check(name: string, request: typeof status, signal: AbortSignal): Promise<SelfTestStep> {
    const result = await ask([{ is: 'send', request }], signal);
    const detail = result.ok ? 'answered' : `${result.error.code} ${result.error.detail ?? ''}`.trim();
    return { name, passed: result.ok, detail };
  }

  return {
    start: () => line.dispatch({ type: 'start' }),
    status: () => line.state().health,
    async stop() {
      line.dispatch({ type: 'stop' });
      await line.closed();
    },
    async enterPin({ signal, format, cardNumber, minDigits, maxDigits, onDigits }: PinEntryOptions) {
      const wish = { format, panDigits: panDigits(cardNumber), minDigits, maxDigits };
      const result = await want({ is: 'pin', wish, phase: 'opening', count: 0 }, [], signal, { onDigits });
      if (!result.ok) return result;
      return result.value.is === 'block' ? ok(result.value.block) : fail('E1401', 'no block came');
    },
    async readKeys({ signal, onKey }) {
      const result = await want({ is: 'keys', phase: 'opening' }, [], signal, { onKey });
      return result.ok ? ok() : result;
    },
    async selfTest({ signal }) {
      const step = stepTimer(clock);
      const present = await transport.isPresent();
      const steps: SelfTestStep[] = [
        step({ name: 'port', passed: present !== false, detail: transport.place, code: 'E1401' }),
        step({ ...(await check('pad answers', status, signal)), code: 'E1401' }),
        step({ ...(await check('firmware', firmware, signal)), code: 'E1401' }),
        step({ ...(await check('in its place', installFlag, signal)), code: 'E1403' }),
      ];
      const { keysMissing } = line.state();
      const detail = keysMissing ? 'the pad has lost or never had its PIN key' : 'none is known to be missing';
      return [...steps, step({ name: 'keys', passed: !keysMissing, detail, code: 'E1402' })];
    },
    keys: keyManagement({
      ask,
      setup,
      log: deps.log,
      pinKeyLoaded: () => line.dispatch({ type: 'pinKeyLoaded' }),
    }),
  };
}

/** A signal is aborted with a code of the catalogue as its reason (contract/rpc/server.ts). */
function abortCode(signal: AbortSignal): string {
  return signal.reason === 'E9002' ? 'E9002' : 'E9001';
}
