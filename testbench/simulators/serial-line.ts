import { seededRandom } from './id-reader/random.ts';
import { Pty } from './pty.ts';

/**
 * What a line does to the bytes of a device. silent: nothing comes; slow: late; garbage: noise instead; badChecksum: the
 * last byte is wrong; cut: only the first half comes; bytewise: one byte at a time; twice: it comes a second time, merged
 * with the first.
 */
export const LINE_FAULTS = ['silent', 'slow', 'garbage', 'badChecksum', 'cut', 'bytewise', 'twice'] as const;
export type LineFault = (typeof LINE_FAULTS)[number];

export interface LineOptions {
  /** The port's path. */
  readonly port: string;
  /** Same seed, same cuts and same garbage. */
  readonly seed?: number | undefined;
  /** Send as slowly as a real line of this speed; absent: as fast as the machine can. */
  readonly baudRate?: number | undefined;
  /** How late a `slow` answer comes, in ms. */
  readonly slowMs?: number | undefined;
}

/** Reads come in pieces of 1 to this many bytes. */
const LARGEST_PIECE = 24;
/** 8 data bits, start and stop bit. */
const BITS_PER_BYTE = 10;

/** The device's end of a serial line that can be pulled out, with faults that a test sets. */
export class SerialLine {
  readonly pty: Pty;
  readonly random: (below: number) => number;
  readonly #options: LineOptions;
  readonly #faults = new Map<string, number>();
  #sending = Promise.resolve();

  constructor(options: LineOptions, onData: (chunk: Buffer) => void) {
    this.#options = options;
    this.random = seededRandom(options.seed ?? 1);
    this.pty = new Pty(options.port, onData);
  }

  /** Whether that fault is due; counts it. */
  takeFault(kind: string): boolean {
    const left = this.#faults.get(kind) ?? 0;
    if (left <= 1) this.#faults.delete(kind);
    else this.#faults.set(kind, left - 1);
    return left > 0;
  }

  /** Sends after everything that was sent before, as the fault that is due wants it. Done when it left. */
  say(bytes: Uint8Array, faults: readonly LineFault[] = LINE_FAULTS): Promise<void> {
    const fault = faults.find((kind) => this.takeFault(kind));
    const spoilt = this.#spoil(bytes, fault);
    this.#sending = this.#sending.then(() => this.#send(spoilt, fault));
    return this.#sending;
  }

  #spoil(bytes: Uint8Array, fault: LineFault | undefined): Uint8Array {
    switch (fault) {
      case 'silent':
        return new Uint8Array(0);
      case 'garbage':
        // As at a wrong speed: the same number of bytes, none of them what it was.
        return bytes.map((byte) => byte ^ 0xd5);
      case 'badChecksum':
        return bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 0x5a : byte));
      case 'cut':
        return bytes.subarray(0, Math.ceil(bytes.length / 2));
      case 'twice':
        return Buffer.concat([bytes, bytes]);
      default:
        return bytes;
    }
  }

  async #send(bytes: Uint8Array, fault: LineFault | undefined): Promise<void> {
    if (fault === 'slow') await later(this.#options.slowMs ?? 1_200);
    for (let sent = 0; sent < bytes.length;) {
      const piece = bytes.subarray(sent, sent + (fault === 'bytewise' ? 1 : 1 + this.random(LARGEST_PIECE)));
      if (this.#options.baudRate) await later((piece.length * BITS_PER_BYTE * 1000) / this.#options.baudRate);
      else await new Promise((resolve) => setImmediate(resolve));
      this.pty.write(piece);
      sent += piece.length;
    }
  }

  /** The methods every simulator on a line has. `onPower`: the device starts anew. */
  methods(onPower: () => void) {
    return {
      /** `times` absent: until clearFaults. */
      fault: ({ kind, times }: { kind: string; times?: number }) => void this.#faults.set(kind, times ?? Infinity),
      clearFaults: () => this.#faults.clear(),
      unplug: () => this.pty.unplug(),
      plug: async () => {
        if (this.pty.isPlugged) return;
        onPower();
        await this.pty.plug();
      },
    };
  }

  get faults(): readonly string[] {
    return [...this.#faults.keys()];
  }

  async start(): Promise<void> {
    await this.pty.listen();
    await this.pty.plug();
  }
}

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
