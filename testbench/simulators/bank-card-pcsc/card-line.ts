import { type Socket, connect } from 'node:net';
import { once } from 'node:events';

/** An ATR without history: T=1, as the virtual reader likes it. */
const ATR = Buffer.from('3B8F8001804F0CA000000306030001000000006A', 'hex');
/** One-byte messages of the reader. */
const CONTROL = { off: 0, on: 1, reset: 2, atr: 4 } as const;

/** A card in the virtual reader: it is there as long as it is connected. Two bytes of length before each message. */
export class CardLine {
  readonly #socket: Socket;
  #pending = Buffer.alloc(0);

  private constructor(socket: Socket, onCommand: (apdu: Uint8Array) => void, onReset: () => void) {
    this.#socket = socket;
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      this.#pending = Buffer.concat([this.#pending, chunk]);
      while (this.#pending.length >= 2 && this.#pending.length >= 2 + this.#pending.readUInt16BE()) {
        const end = 2 + this.#pending.readUInt16BE();
        const message = this.#pending.subarray(2, end);
        this.#pending = this.#pending.subarray(end);
        if (message.length > 1) onCommand(message);
        else if (message[0] === CONTROL.atr) this.send(ATR);
        else onReset();
      }
    });
  }

  static async insert(path: string, onCommand: (apdu: Uint8Array) => void, onReset: () => void): Promise<CardLine> {
    const socket = connect(path);
    await once(socket, 'connect');
    return new CardLine(socket, onCommand, onReset);
  }

  send(message: Uint8Array): void {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(message.length);
    this.#socket.write(Buffer.concat([length, message]));
  }

  pull(): void {
    this.#socket.destroy();
  }
}
