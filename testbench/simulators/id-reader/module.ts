import {
  NOTHING_PENDING,
  SPEEDS,
  type SdtAnswer,
  type SdtRequest,
  type Speed,
  type CommandName,
  decode,
  encodeAnswer,
  parseRequest,
} from '@kiosk/device-drivers/codec/sdt.ts';
import type { CardFields } from './card-block.ts';
import type { LineSettings } from '../line-settings.ts';
import { seededRandom } from './random.ts';
import { type CardFault, Reader, commandName } from './reader.ts';

export interface ModuleOptions {
  /** Same seed, same cuts and same garbage. */
  readonly seed?: number;
  /** Send as slowly as a real line of this speed; absent: as fast as the machine can. */
  readonly baudRate?: Speed;
  /** Speed the module is set to; absent: `baudRate`, or 115200. It hears noise at any other, and so does who asks. */
  readonly speed?: Speed;
  /** It keeps its speed although it answers that it changed it. */
  readonly stubborn?: boolean;
  /** A module that knows no fingerprints. */
  readonly firstSeries?: boolean;
  /** Answers come in pieces of 1 to 64 bytes; true: each in one. */
  readonly whole?: boolean;
  /** How late a late answer is, in ms. */
  readonly slowMs?: number;
}

/**
 * Faults of the line: split (byte by byte), merged (noise before and a stray answer after it in one piece), silent (no answer), garbage (noise instead of it), badChecksum, slow (1.2 s late, which is later
 * than drivers wait for most commands). Faults of the card: see reader.ts.
 */
type LineFault = 'silent' | 'garbage' | 'badChecksum' | 'slow' | 'split' | 'merged' | 'unplug';

export interface Fault {
  readonly kind: LineFault | CardFault;
  /** How many answers it spoils; absent: until clearFaults. */
  readonly times?: number;
  /** Only answers to this command; for faults of the line and of the module. A module refuses samStatus by itself. */
  readonly during?: CommandName;
}

const LINE_FAULTS: readonly LineFault[] = ['silent', 'garbage', 'badChecksum', 'slow', 'split', 'merged', 'unplug'];
const SLOW_MS = 1_200;
/** Reads come in pieces of 1 to this many bytes. */
const LARGEST_PIECE = 64;
/** 8 data bits, start and stop bit. */
const BITS_PER_BYTE = 10;
const LOG_LENGTH = 2_000;

/** The cable between the module and the machine, whatever kind it is. */
export interface Cable {
  readonly isPlugged: boolean;
  /** Of a serial line: what the other end set it to. */
  readonly settings?: LineSettings | undefined;
  write(bytes: Uint8Array): void;
  plug(): Promise<void>;
  unplug(): Promise<void>;
}

/**
 * The module of a reader at the end of a cable: hears bytes, answers, and takes faults. Events: `command` { command, sw3 }
 * after each one, with the name of a command or null; sw3 null when nothing was said. `cardGone` when a fault lifted the
 * card.
 */
export class ReaderModule {
  readonly #options: ModuleOptions;
  readonly #emit: (event: string, value: unknown) => void;
  readonly #random: (below: number) => number;
  readonly #faults = new Map<Fault['kind'], { left: number; during: CommandName | undefined }>();
  readonly #log: string[] = [];
  readonly #reader: Reader;
  readonly #cable: Cable;
  #speed: Speed;
  #pending: Uint8Array = NOTHING_PENDING;
  #sending = Promise.resolve();
  /** Cables are pulled and put in one after the other. */
  #moving = Promise.resolve();
  /** When the line has carried what was given to it. */
  #lineFreeAt = 0;

  constructor(options: ModuleOptions, cable: Cable, emit: (event: string, value: unknown) => void) {
    this.#options = options;
    this.#cable = cable;
    this.#emit = emit;
    this.#random = seededRandom(options.seed ?? 1);
    this.#speed = options.speed ?? options.baudRate ?? SPEEDS[0];
    this.#reader = new Reader((kind, command) => this.#takeFault(kind, command), options.firstSeries);
  }

  hear(chunk: Uint8Array): void {
    const line = this.#cable.settings;
    if (line && (line.baudRate !== this.#speed || line.parity === 'odd')) {
      this.#pending = NOTHING_PENDING;
      return this.#cable.write(Uint8Array.from({ length: 1 + this.#random(8) }, () => this.#random(256)));
    }
    const decoded = decode(this.#pending, chunk);
    this.#pending = decoded.pending;
    for (const body of decoded.bodies) {
      const request = parseRequest(body);
      if (request) this.#answer(commandName(request), request);
    }
  }

  #takeFault(kind: Fault['kind'], command?: CommandName): boolean {
    const fault = this.#faults.get(kind);
    if (!fault || (fault.during !== undefined && fault.during !== command)) return false;
    if (--fault.left <= 0) this.#faults.delete(kind);
    return true;
  }

  #answer(command: CommandName | undefined, request: SdtRequest): void {
    this.#log.push(command ?? 'unknown');
    if (this.#log.length > LOG_LENGTH) this.#log.shift();
    const lineFault = LINE_FAULTS.find((kind) => this.#takeFault(kind, command));
    if (lineFault === 'unplug') this.#moving = this.#moving.then(() => this.#cable.unplug());
    const silent = lineFault === 'silent' || lineFault === 'unplug';
    const hadCard = this.#reader.hasCard;
    const answer = silent ? undefined : this.#reader.answer(command);
    if (hadCard && !this.#reader.hasCard) this.#emit('cardGone', {});
    this.#emit('command', { command: command ?? null, sw3: answer?.sw3 ?? null });
    if (answer) this.#sending = this.#sending.then(() => this.#say(answer, lineFault));
    const wanted = SPEEDS[request.parameter];
    if (command === 'setSpeed' && wanted !== undefined && !this.#options.stubborn) {
      // Said at the old speed, then changed.
      this.#sending = this.#sending.then(() => void (this.#speed = wanted));
    }
  }

  async #say(answer: SdtAnswer, fault: LineFault | undefined): Promise<void> {
    if (fault === 'slow') await later(this.#options.slowMs ?? SLOW_MS);
    const frame = encodeAnswer(answer);
    if (fault === 'merged') {
      const noise = Uint8Array.of(0, 0xaa, 0xaa, this.#random(256));
      return this.#cable.write(Buffer.concat([noise, frame, Uint8Array.of(0xaa, 0xaa)]));
    }
    if (fault === 'badChecksum') frame[frame.length - 1]! ^= 0x5a;
    const bytes = fault === 'garbage' ? frame.map(() => this.#random(256)) : frame;
    const most = fault === 'split' ? 1 : LARGEST_PIECE;
    for (let sent = 0; sent < bytes.length;) {
      const piece = this.#options.whole ? bytes : bytes.subarray(sent, sent + 1 + this.#random(most));
      await this.#carry(piece.length);
      this.#cable.write(piece);
      sent += piece.length;
    }
  }

  /** Waits as long as a real line needs, counted from when it was free, so that late timers do not add up. */
  async #carry(bytes: number): Promise<void> {
    if (!this.#options.baudRate) return void (await new Promise((resolve) => setImmediate(resolve)));
    const now = performance.now();
    this.#lineFreeAt = Math.max(this.#lineFreeAt, now) + (bytes * BITS_PER_BYTE * 1000) / this.#speed;
    await later(this.#lineFreeAt - now);
  }

  readonly methods = {
    layCard: ({ person, newAddress, fingers }: { person: CardFields; newAddress?: string; fingers?: number }) =>
      this.#reader.layCard(person, newAddress, fingers),
    liftCard: () => this.#reader.liftCard(),
    fault: ({ kind, times, during = kind === 'samFault' ? 'samStatus' : undefined }: Fault) =>
      void this.#faults.set(kind, { left: times ?? Infinity, during }),
    clearFaults: () => this.#faults.clear(),
    unplug: () => (this.#moving = this.#moving.then(() => this.#cable.unplug())),
    plug: async () => {
      await this.#moving;
      if (this.#cable.isPlugged) return;
      this.#pending = NOTHING_PENDING;
      this.#reader.powerOn();
      await this.#cable.plug();
    },
    /** Names of the commands heard, oldest first; no data. */
    commands: () => this.#log,
    state: () => ({
      speed: this.#speed,
      card: this.#reader.hasCard,
      plugged: this.#cable.isPlugged,
      faults: [...this.#faults.keys()],
    }),
  };
}

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
