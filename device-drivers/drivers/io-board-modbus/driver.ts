import { type Result, ok } from '@kiosk/contract/kernel/result.ts';
import { Slot } from '@kiosk/contract/services/devices.ts';
import { z } from 'zod';
import { serialTransport } from '../../transport/serial.ts';
import { NOTHING_PERSONAL, traced } from '../../transport/traced.ts';
import type { Transport } from '../../transport/transport.ts';
import type { Driver, DriverDeps, IoBoardDevice } from '../driver.ts';
import { LINK_TIMES } from '../line/link.ts';
import { run } from '../line/runner.ts';
import { readOptions } from '../options.ts';
import { stepTimer } from '../self-test.ts';
import { RegisterMap, rangesOf, outputsOf } from './map.ts';
import { Refused, modbusMaster } from './master.ts';
import {
  type BoardCommand,
  type BoardSetup,
  type Exchange,
  type BoardEvent,
  initialState,
  reduce,
  wakeAt,
} from './reducer.ts';

const milliseconds = (value: number) => z.number().int().positive().default(value);

/** Options of the machine configuration; every time in ms. */
const Options = z.strictObject({
  baudRate: z.union([115200, 57600, 38400, 19200, 9600].map((rate) => z.literal(rate))).default(9600),
  /** Address of the board on its line. */
  unit: z.number().int().min(1).max(247).default(1),
  map: RegisterMap.prefault({}),
  /**
   * A person who steps up or leaves, or a door, is told within this and its debounce: well under a second, which is all
   * that follows from them. Lights and the sounder do not wait for it. Each reading costs the kiosk at rest.
   */
  pollMs: milliseconds(250),
  verifyMs: milliseconds(3_000),
  answerMs: milliseconds(500),
  backOffFirstMs: milliseconds(LINK_TIMES.backOffFirst),
  backOffMostMs: milliseconds(LINK_TIMES.backOffMost),
});

export const modbusIoBoard: Driver<'ioBoard'> = {
  name: 'io-board-modbus',
  kind: 'ioBoard',
  capabilities: { lights: Slot.options, sensors: ['door', 'tamper', 'presence'], sounder: true },
  create(config, deps) {
    const options = readOptions(config.id, Options, config.options);
    if (!options.ok) return options;
    const transport = serialTransport({ path: config.port, baudRate: options.value.baudRate });
    return ok(ioBoard(traced(transport, deps.trace, NOTHING_PERSONAL), options.value, deps));
  },
};

/** The shell around the reducer: exchanges with the board become events, calls are answered. */
export function ioBoard(transport: Transport, options: z.output<typeof Options>, deps: DriverDeps): IoBoardDevice {
  const setup: BoardSetup = {
    map: options.map,
    times: {
      poll: options.pollMs,
      verify: options.verifyMs,
      backOffFirst: options.backOffFirstMs,
      backOffMost: options.backOffMostMs,
    },
  };
  const master = modbusMaster(transport, options.unit, options.answerMs);
  const ranges = rangesOf(options.map.inputs);
  const outputs = outputsOf(options.map);
  const calls = new Map<number, (result: Result<void>) => void>();
  /** What is answered after its connection was closed belongs to nobody. */
  let connection = 0;
  let nextId = 1;

  const line = run(transport, deps.clock, {
    initial: initialState(setup),
    reduce,
    wakeAt,
    carryOut,
    onClose: () => void connection++,
  });

  async function carryOutExchange(exchange: Exchange): Promise<void> {
    const mine = connection;
    const dispatch: typeof line.dispatch = (event) => mine === connection && line.dispatch(event);
    try {
      switch (exchange.is) {
        case 'readInputs':
          return dispatch({ type: 'inputsRead', readings: await master.readInputs(ranges, options.map.inputs) });
        case 'verify':
          return dispatch({ type: 'verified', values: await master.readOutputs(outputs) });
        case 'write':
          await master.write(exchange.output, exchange.value);
          return dispatch({ type: 'written', output: exchange.output, value: exchange.value });
      }
    } catch (error) {
      const detail = `${exchange.is}, ${error instanceof Error ? error.message : String(error)}`;
      dispatch({ type: 'exchangeFailed', refused: error instanceof Refused, detail });
    }
  }

  function carryOut(command: Exclude<BoardCommand, { type: 'open' | 'close' | 'checkPresence' }>): void {
    switch (command.type) {
      case 'exchange':
        return void carryOutExchange(command.exchange);
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

  /** Answered when the output was written. */
  const want = (event: (id: number) => BoardEvent) =>
    new Promise<Result<void>>((resolve) => {
      const id = nextId++;
      calls.set(id, resolve);
      line.dispatch(event(id));
    });

  return {
    start: () => line.dispatch({ type: 'start' }),
    status: () => line.state().health,
    async stop() {
      line.dispatch({ type: 'stop' });
      await line.closed();
    },
    setLight: (slot, light) => want((id) => ({ type: 'lightWanted', id, slot, light })),
    sound: (pattern) => want((id) => ({ type: 'soundWanted', id, pattern })),
    inputs: () => line.state().inputs.believed,
    async selfTest() {
      const step = stepTimer(deps.clock);
      const present = await transport.isPresent();
      const { health, inputs, shown } = line.state();
      const { doorOpen, tampered } = inputs.believed;
      const answers = health.state === 'ready';
      const lit = outputs.filter(({ name }) => shown[name] !== undefined).length;
      return [
        step({ name: 'port', passed: present !== false, detail: transport.place, code: 'E1601' }),
        step({
          name: 'board answers',
          passed: answers,
          detail: health.code ?? `address ${options.unit}`,
          code: 'E1601',
        }),
        step({
          name: 'outputs',
          passed: answers && lit === outputs.length,
          detail: `${lit} of ${outputs.length} read back`,
          code: 'E1601',
        }),
        step({
          name: 'cabinet closed',
          passed: !doorOpen && !tampered,
          detail: doorOpen ? 'door open' : tampered ? 'tampered' : 'closed',
          code: 'E1602',
        }),
      ];
    },
  };
}
