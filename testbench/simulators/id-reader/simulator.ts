import { join } from 'node:path';
import {
  NOTHING_PENDING,
  type SdtAnswer,
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
  readonly baudRate?: number;
}

/**
 * Faults of the line: silent (no answer), garbage (noise instead of it), badChecksum, slow (1.2 s late, which is later
 * than drivers wait for most commands). Faults of the card: see reader.ts.
 */
type LineFault = 'silent' | 'garbage' | 'badChecksum' | 'slow';

export interface Fault {
  readonly kind: LineFault | CardFault;
  /** How many answers it spoils; absent: until clearFaults. */
  readonly times?: number;
}

const LINE_FAULTS: readonly LineFault[] = ['silent', 'garbage', 'badChecksum', 'slow'];
const SLOW_MS = 1_200;
/** Reads come in pieces of 1 to this many bytes. */
const LARGEST_PIECE = 64;
/** 8 data bits, start and stop bit. */
const BITS_PER_BYTE = 10;
const LOG_LENGTH = 2_000;

/** Events: `command` { command, sw3 } after each one, with the name of a command or null; sw3 null when nothing was said. */
export async function startIdReader(
  options: IdReaderOptions,
  emit: (event: string, value: unknown) => void,
): Promise<Simulator> {
  const random = seededRandom(options.seed ?? 1);
  const faults = new Map<Fault['kind'], number>();
  const log: string[] = [];
  let pending: Uint8Array = NOTHING_PENDING;
  let sending = Promise.resolve();

  function takeFault(kind: Fault['kind']): boolean {
    const left = faults.get(kind) ?? 0;
    if (left <= 1) faults.delete(kind);
    else faults.set(kind, left - 1);
    return left > 0;
  }

  const reader = new Reader(takeFault);
  const pty = new Pty(join(options.dir, 'id-reader'), (chunk) => {
    const decoded = decode(pending, chunk);
    pending = decoded.pending;
    for (const body of decoded.bodies) {
      const request = parseRequest(body);
      if (request) hear(commandName(request));
    }
  });

  function hear(command: ReturnType<typeof commandName>): void {
    log.push(command ?? 'unknown');
    if (log.length > LOG_LENGTH) log.shift();
    const lineFault = LINE_FAULTS.find(takeFault);
    const silent = lineFault === 'silent';
    const answer = silent ? undefined : reader.answer(command);
    emit('command', { command: command ?? null, sw3: answer?.sw3 ?? null });
    if (answer) sending = sending.then(() => say(answer, lineFault));
  }

  async function say(answer: SdtAnswer, fault: LineFault | undefined): Promise<void> {
    if (fault === 'slow') await later(SLOW_MS);
    const frame = encodeAnswer(answer);
    if (fault === 'badChecksum') frame[frame.length - 1]! ^= 0x5a;
    const bytes = fault === 'garbage' ? frame.map(() => random(256)) : frame;
    for (let sent = 0; sent < bytes.length;) {
      const piece = bytes.subarray(sent, sent + 1 + random(LARGEST_PIECE));
      if (options.baudRate) await later((piece.length * BITS_PER_BYTE * 1000) / options.baudRate);
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
      layCard: ({ person, newAddress }: { person: CardFields; newAddress?: string }) =>
        reader.layCard(person, newAddress),
      liftCard: () => reader.liftCard(),
      fault: ({ kind, times }: Fault) => void faults.set(kind, times ?? Infinity),
      clearFaults: () => faults.clear(),
      unplug: () => pty.unplug(),
      async plug() {
        if (pty.isPlugged) return;
        pending = NOTHING_PENDING;
        reader.powerOn();
        await pty.plug();
      },
      /** Names of the commands heard, oldest first; no data. */
      commands: () => log,
      state: () => ({ card: reader.hasCard, plugged: pty.isPlugged, faults: [...faults.keys()] }),
    },
    stop: () => pty.close(),
  };
}

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
