import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { z } from 'zod';
import {
  GRAMMARS,
  type Grammar,
  LONGEST_CODE,
  NOTHING_PENDING,
  type Pending,
  type Rules,
  decode,
  flush,
} from '../../codec/scanner.ts';
import { serialTransport } from '../../transport/serial.ts';
import { ANSWERS_PERSONAL, traced } from '../../transport/traced.ts';
import type { Transport } from '../../transport/transport.ts';
import type { CodeScannerDevice, Driver, DriverDeps } from '../driver.ts';
import { LINK_TIMES } from '../line/link.ts';
import { run } from '../line/runner.ts';
import { readOptions } from '../options.ts';
import { stepTimer } from '../self-test.ts';
import { type ScannerCommand, type ScannerSetup, initialState, reduce, wakeAt } from './reducer.ts';

const milliseconds = (value: number) => z.number().int().positive().default(value);
const bytes = z
  .string()
  .regex(/^([0-9a-fA-F]{2}){1,64}$/)
  .transform((text) => new Uint8Array(Buffer.from(text, 'hex')));

/** Options of the machine configuration. Commands differ between makers and are given as hex, from the manual. */
const Options = z.strictObject({
  baudRate: z.union([115200, 57600, 38400, 19200, 9600].map((rate) => z.literal(rate))).default(9600),
  grammars: z
    .array(z.enum(Object.keys(GRAMMARS) as [Grammar, ...Grammar[]]))
    .min(1)
    .default(['token', 'link']),
  longestCode: z.number().int().min(1).max(4096).default(LONGEST_CODE),
  /** A question the scanner answers, and its whole answer: bytes that no code of the machine begins with. */
  heartbeat: z.strictObject({ send: bytes, expect: bytes }).optional(),
  /** For scanners that look for a code only when they are told to. */
  trigger: z.strictObject({ start: bytes, stop: bytes }).optional(),
  answerMs: milliseconds(1_000),
  heartbeatMs: milliseconds(3_000),
  /** Nothing came after the last byte for so long: what came is not a code. A whole code is sent in one go. */
  gapMs: milliseconds(300),
  backOffFirstMs: milliseconds(LINK_TIMES.backOffFirst),
  backOffMostMs: milliseconds(LINK_TIMES.backOffMost),
});

export const serialCodeScanner: Driver<'codeScanner'> = {
  name: 'code-scanner-serial',
  kind: 'codeScanner',
  capabilities: { symbologies: ['qrCode'] },
  create(config, deps) {
    const options = readOptions(config.id, Options, config.options);
    if (!options.ok) return options;
    const transport = serialTransport({ path: config.port, baudRate: options.value.baudRate });
    return ok(scanner(traced(transport, deps.trace, ANSWERS_PERSONAL), options.value, deps));
  },
};

/** The shell around the reducer: bytes become codes and refusals, commands become bytes and answers. */
export function scanner(transport: Transport, options: z.output<typeof Options>, deps: DriverDeps): CodeScannerDevice {
  const { clock } = deps;
  const rules: Rules = { grammars: options.grammars, longest: options.longestCode };
  const setup: ScannerSetup = {
    answersHeartbeat: options.heartbeat !== undefined,
    triggered: options.trigger !== undefined,
    times: {
      answer: options.answerMs,
      heartbeat: options.heartbeatMs,
      backOffFirst: options.backOffFirstMs,
      backOffMost: options.backOffMostMs,
    },
  };
  const calls = new Map<number, (result: Result<string>) => void>();
  let pending: Pending = NOTHING_PENDING;
  let stopGap = () => {};
  let nextId = 1;

  const line = run(transport, clock, {
    initial: initialState(setup),
    reduce,
    wakeAt,
    carryOut,
    onClose() {
      stopGap();
      pending = NOTHING_PENDING;
    },
  });

  transport.onData((chunk) => {
    stopGap();
    const decoded = decode(pending, chunk, rules, options.heartbeat?.expect);
    pending = decoded.pending;
    for (const scanned of decoded.found) line.dispatch({ type: 'scanned', scanned });
    if (pending.bytes.length === 0 && !pending.tooLong) return;
    stopGap = clock.after(options.gapMs, () => {
      const rest = flush(pending);
      pending = NOTHING_PENDING;
      for (const scanned of rest) line.dispatch({ type: 'scanned', scanned });
    });
  });

  function carryOut(command: Exclude<ScannerCommand, { type: 'open' | 'close' | 'checkPresence' }>): void {
    switch (command.type) {
      case 'send': {
        const { heartbeat, trigger } = options;
        const message = command.what === 'heartbeat' ? heartbeat?.send : trigger?.[command.what];
        if (!message) return;
        void transport.write(message).then((result) => {
          if (!result.ok) line.dispatch({ type: 'writeFailed', detail: result.error.detail });
        });
        return;
      }
      case 'settle': {
        const call = calls.get(command.id);
        calls.delete(command.id);
        return call?.(command.result);
      }
      case 'health':
        return deps.onStatus(command.health);
      case 'emit':
        return deps.onEvent(command.event);
      case 'log':
        return deps.log(command.level, command.message, { detail: command.detail });
    }
  }

  return {
    start: () => line.dispatch({ type: 'start' }),
    status: () => line.state().health,
    async stop() {
      line.dispatch({ type: 'stop' });
      await line.closed();
    },
    async scan({ signal }) {
      if (signal.aborted) return fail(abortCode(signal));
      const id = nextId++;
      const giveUp = () => line.dispatch({ type: 'givenUp', id, code: abortCode(signal) });
      signal.addEventListener('abort', giveUp, { once: true });
      const result = await new Promise<Result<string>>((resolve) => {
        calls.set(id, resolve);
        line.dispatch({ type: 'wanted', id });
      });
      signal.removeEventListener('abort', giveUp);
      return result;
    },
    async selfTest() {
      const step = stepTimer(clock);
      const present = await transport.isPresent();
      const { health } = line.state();
      const answers = setup.answersHeartbeat ? 'answers its heartbeat' : 'has no heartbeat set, so only its port shows';
      return [
        step({ name: 'port', passed: present !== false, detail: transport.place, code: 'E1501' }),
        step({ name: 'scanner', passed: health.state === 'ready', detail: health.code ?? answers, code: 'E1501' }),
      ];
    },
  };
}

/** A signal is aborted with a code of the catalogue as its reason (contract/rpc/server.ts). */
function abortCode(signal: AbortSignal): string {
  return signal.reason === 'E9002' ? 'E9002' : 'E9001';
}
