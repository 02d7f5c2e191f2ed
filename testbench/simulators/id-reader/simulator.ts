import { join } from 'node:path';
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
import type { Simulator } from '../process.ts';
import type { CardFields } from './card-block.ts';
import { Pty } from '../pty.ts';
import { seededRandom } from './random.ts';
import { type CardFault, Reader, commandName } from './reader.ts';

export interface IdReaderOptions {
  /** Folder in which the port appears, as `id-reader`. */
  readonly dir: string;
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

/**
 * Events: `command` { command, sw3 } after each one, with the name of a command or null; sw3 null when nothing was said.
 * `cardGone` when a fault lifted the card.
 */
export async function startIdReader(
  options: IdReaderOptions,
  emit: (event: string, value: unknown) => void,
): Promise<Simulator> {
  const random = seededRandom(options.seed ?? 1);
  const faults = new Map<Fault['kind'], { left: number; during: CommandName | undefined }>();
  const log: string[] = [];
  let pending: Uint8Array = NOTHING_PENDING;
  let sending = Promise.resolve();
  /** Cables are pulled and put in one after the other. */
  let moving = Promise.resolve();

  function takeFault(kind: Fault['kind'], command?: CommandName): boolean {
    const fault = faults.get(kind);
    if (!fault || (fault.during !== undefined && fault.during !== command)) return false;
    if (--fault.left <= 0) faults.delete(kind);
    return true;
  }

  const reader = new Reader(takeFault, options.firstSeries);
  let speed: Speed = options.speed ?? options.baudRate ?? SPEEDS[0];
  const pty = new Pty(join(options.dir, 'id-reader'), (chunk) => {
    const line = pty.settings;
    if (line && (line.baudRate !== speed || line.parity === 'odd')) {
      pending = NOTHING_PENDING;
      return pty.write(Uint8Array.from({ length: 1 + random(8) }, () => random(256)));
    }
    const decoded = decode(pending, chunk);
    pending = decoded.pending;
    for (const body of decoded.bodies) {
      const request = parseRequest(body);
      if (request) hear(commandName(request), request);
    }
  });

  function hear(command: CommandName | undefined, request: SdtRequest): void {
    log.push(command ?? 'unknown');
    if (log.length > LOG_LENGTH) log.shift();
    const lineFault = LINE_FAULTS.find((kind) => takeFault(kind, command));
    if (lineFault === 'unplug') moving = moving.then(() => pty.unplug());
    const silent = lineFault === 'silent' || lineFault === 'unplug';
    const hadCard = reader.hasCard;
    const answer = silent ? undefined : reader.answer(command);
    if (hadCard && !reader.hasCard) emit('cardGone', {});
    emit('command', { command: command ?? null, sw3: answer?.sw3 ?? null });
    if (answer) sending = sending.then(() => say(answer, lineFault));
    const wanted = SPEEDS[request.parameter];
    if (command === 'setSpeed' && wanted !== undefined && !options.stubborn) {
      // Said at the old speed, then changed.
      sending = sending.then(() => void (speed = wanted));
    }
  }

  async function say(answer: SdtAnswer, fault: LineFault | undefined): Promise<void> {
    if (fault === 'slow') await later(options.slowMs ?? SLOW_MS);
    const frame = encodeAnswer(answer);
    if (fault === 'merged') {
      return pty.write(Buffer.concat([Uint8Array.of(0, 0xaa, 0xaa, random(256)), frame, Uint8Array.of(0xaa, 0xaa)]));
    }
    if (fault === 'badChecksum') frame[frame.length - 1]! ^= 0x5a;
    const bytes = fault === 'garbage' ? frame.map(() => random(256)) : frame;
    for (let sent = 0; sent < bytes.length;) {
      const piece = bytes.subarray(sent, sent + 1 + (fault === 'split' ? 0 : random(LARGEST_PIECE)));
      if (options.baudRate) await later((piece.length * BITS_PER_BYTE * 1000) / speed);
      else await new Promise((resolve) => setImmediate(resolve));
      pty.write(piece);
      sent += piece.length;
    }
  }

  await pty.listen();
  await pty.plug();
  return {
    ready: { port: pty.port },
    methods: {
      layCard: ({ person, newAddress, fingers }: { person: CardFields; newAddress?: string; fingers?: number }) =>
        reader.layCard(person, newAddress, fingers),
      liftCard: () => reader.liftCard(),
      fault({ kind, times, during = kind === 'samFault' ? 'samStatus' : undefined }: Fault) {
        faults.set(kind, { left: times ?? Infinity, during });
      },
      clearFaults: () => faults.clear(),
      unplug: () => (moving = moving.then(() => pty.unplug())),
      async plug() {
        await moving;
        if (pty.isPlugged) return;
        pending = NOTHING_PENDING;
        reader.powerOn();
        await pty.plug();
      },
      /** Names of the commands heard, oldest first; no data. */
      commands: () => log,
      state: () => ({ speed, card: reader.hasCard, plugged: pty.isPlugged, faults: [...faults.keys()] }),
    },
    stop: () => pty.close(),
  };
}

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
