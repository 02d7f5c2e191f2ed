import { EventEmitter } from 'node:events';
import modbus from 'modbus-serial';
import { NOTHING_PENDING, type RtuFrame, decode, encode } from '../../codec/modbus-rtu.ts';
import type { Transport } from '../../transport/transport.ts';
import type { InputName, Output, ReadRange, RegisterMap } from './map.ts';

/**
 * modbus-serial as the master, over our own Transport instead of its ports: those keep one serial port object for life
 * and take whatever has the right length. Here a frame is passed on only if it has the right CRC, comes from the board
 * and is the first answer to the request that was sent last.
 */
class Port extends EventEmitter {
  readonly #transport: Transport;
  #pending: Uint8Array = NOTHING_PENDING;
  #asked: { readonly address: number; readonly fn: number } | undefined;

  constructor(transport: Transport) {
    super();
    this.#transport = transport;
    transport.onData((chunk) => {
      const decoded = decode(this.#pending, chunk, 'slave', this.#asked?.address);
      this.#pending = decoded.pending;
      for (const frame of decoded.frames) this.#take(frame);
    });
  }

  get isOpen(): boolean {
    return this.#transport.isOpen;
  }

  /** The connection is opened and closed by the driver. */
  open(done: (error: null) => void): void {
    done(null);
  }

  close(done?: () => void): void {
    done?.();
  }

  write(request: Buffer): void {
    this.#pending = NOTHING_PENDING;
    this.#asked = { address: request[0] ?? 0, fn: request[1] ?? 0 };
    // A write that fails has no answer, and the transport says by itself that it was lost.
    void this.#transport.write(request);
  }

  #take(frame: RtuFrame): void {
    const asked = this.#asked;
    if (!asked || frame.address !== asked.address || (frame.fn & 0x7f) !== asked.fn) return;
    this.#asked = undefined;
    this.emit('data', Buffer.from(encode(frame)));
  }
}

/** The board answered with a Modbus exception: it is there and does not know what it was asked. */
export class Refused extends Error {}

export interface Master {
  readInputs(ranges: readonly ReadRange[], inputs: RegisterMap['inputs']): Promise<Map<InputName, boolean>>;
  readOutputs(outputs: readonly Output[]): Promise<Record<string, number>>;
  write(output: Output, value: number): Promise<void>;
}

export function modbusMaster(transport: Transport, unit: number, answerMs: number): Master {
  const client = new modbus.default(new Port(transport));
  client.open();
  client.setID(unit);
  client.setTimeout(answerMs);

  async function read({ table, address, count }: ReadRange): Promise<readonly number[]> {
    switch (table) {
      case 'discrete':
        return (await client.readDiscreteInputs(address, count)).data.map(Number);
      case 'coil':
        return (await client.readCoils(address, count)).data.map(Number);
      case 'input':
        return (await client.readInputRegisters(address, count)).data;
      case 'holding':
        return (await client.readHoldingRegisters(address, count)).data;
    }
  }

  const asked = async <T>(exchange: () => Promise<T>): Promise<T> => {
    try {
      return await exchange();
    } catch (error) {
      const { modbusCode, message } = error as { modbusCode?: number; message: string };
      throw modbusCode === undefined ? new Error(message) : new Refused(message);
    }
  };

  return {
    readInputs: (ranges, inputs) =>
      asked(async () => {
        const readings = new Map<InputName, boolean>();
        for (const range of ranges) {
          const values = await read(range);
          for (const [name, place] of Object.entries(inputs)) {
            if (place?.table !== range.table) continue;
            const value = values[place.address - range.address] !== 0;
            readings.set(name as InputName, value !== place.inverted);
          }
        }
        return readings;
      }),
    readOutputs: (outputs) =>
      asked(async () => {
        const values: Record<string, number> = {};
        for (const table of ['holding', 'coil'] as const) {
          const here = outputs.filter((output) => output.table === table);
          if (here.length === 0) continue;
          const first = Math.min(...here.map(({ address }) => address));
          const count = Math.max(...here.map(({ address }) => address)) - first + 1;
          const found = await read({ table, address: first, count });
          for (const { name, address } of here) values[name] = found[address - first] ?? -1;
        }
        return values;
      }),
    write: (output, value) =>
      asked(async () => {
        // The echo is compared: an old answer would have another place or value.
        if (output.table === 'coil') {
          const { address, state } = await client.writeCoil(output.address, value !== 0);
          if (address !== output.address || state !== (value !== 0)) throw new Error('the echo is of another write');
        } else {
          const echo = await client.writeRegister(output.address, value);
          if (echo.address !== output.address || echo.value !== value) throw new Error('the echo is of another write');
        }
      }),
  };
}
