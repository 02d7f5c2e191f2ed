import { join } from 'node:path';
import { NOTHING_PENDING, type RtuFrame, decode, encode } from '@kiosk/device-drivers/codec/modbus-rtu.ts';
import type { Simulator } from '../process.ts';
import { SerialLine } from '../serial-line.ts';
import { Board } from './board.ts';

export interface IoBoardOptions {
  /** Folder in which the port appears, as `io-board`. */
  readonly dir: string;
  readonly seed?: number;
  readonly baudRate?: number;
  readonly slowMs?: number;
  readonly unit?: number;
}

const NAMES = ['doorOpen', 'tampered', 'personPresent'] as const;
const OUTPUTS = ['idReader', 'bankCard', 'pinPad', 'slip', 'document', 'scanner', 'sounder'] as const;

/**
 * Faults beside those of the line: refuse (exception 2), foreign (answers with another board's address), forget (the
 * outputs go off, as after a short loss of power). Events: `asked` with the function code; `outputs` when one changes.
 */
export async function startIoBoard(
  options: IoBoardOptions,
  emit: (event: string, value: unknown) => void,
): Promise<Simulator> {
  const board = new Board(options.unit ?? 1);
  let pending: Uint8Array = NOTHING_PENDING;
  const line = new SerialLine({ ...options, port: join(options.dir, 'io-board') }, (chunk) => {
    const decoded = decode(pending, chunk, 'master');
    pending = decoded.pending;
    decoded.frames.forEach(hear);
  });
  const outputs = () => Object.fromEntries(OUTPUTS.map((name, i) => [name, board.registers[i]]));
  const contacts = () => Object.fromEntries(NAMES.map((name, i) => [name, board.contacts[i]]));

  function hear(request: RtuFrame): void {
    const before = board.registers.join();
    const refused = line.takeFault('refuse')
      ? { address: request.address, fn: request.fn | 0x80, data: Uint8Array.of(2) }
      : undefined;
    const answer = refused ?? board.answer(request);
    if (!answer) return;
    if (board.registers.join() !== before) emit('outputs', outputs());
    const address = line.takeFault('foreign') ? answer.address + 1 : answer.address;
    void line.say(encode({ ...answer, address })).then(() => emit('asked', request.fn));
  }

  await line.start();
  return {
    ready: { port: line.pty.port },
    methods: {
      ...line.methods(() => {
        pending = NOTHING_PENDING;
        board.powerOn();
      }),
      set: (contacts: Partial<Record<(typeof NAMES)[number], boolean>>) =>
        NAMES.forEach((name, i) => (board.contacts[i] = contacts[name] ?? board.contacts[i]!)),
      forget: () => board.powerOn(),
      outputs,
      state: () => ({ outputs: outputs(), contacts: contacts(), plugged: line.pty.isPlugged, faults: line.faults }),
    },
    stop: () => line.pty.close(),
  };
}
