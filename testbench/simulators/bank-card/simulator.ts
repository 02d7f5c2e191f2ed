import { join } from 'node:path';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { SYNTHETIC_CARDS, type SyntheticCardName } from '@kiosk/device-drivers/suites/synthetic-card.ts';
import { seededRandom } from '../id-reader/random.ts';
import type { Simulator } from '../process.ts';
import { Pty } from '../pty.ts';
import type { Fault } from './faults.ts';
import type { MotorFamily, MotorStep } from './motor.ts';
import { CardReader, type ReaderFault, type ReaderWire } from './reader.ts';

export interface MotorReaderOptions {
  /** Folder in which the port appears, as `bank-card`. */
  readonly dir: string;
  /** Same seed, same cuts and same garbage. */
  readonly seed?: number;
  /** How late a late answer is, ms. */
  readonly lateMs?: number;
  /** How long the reader is dark after its power went, ms. */
  readonly bootMs?: number;
}

/** Answers leave in pieces of 1 to this many bytes. */
const LARGEST_PIECE = 24;

/** A motorised reader on a pseudo-terminal. Events: `step` with each step that was executed. */
export async function startMotorReader(
  options: MotorReaderOptions,
  family: MotorFamily,
  wire: ReaderWire,
  emit: (event: string, value: unknown) => void,
): Promise<Simulator> {
  const random = seededRandom(options.seed ?? 1);
  const times = { lateMs: options.lateMs ?? 25_000, bootMs: options.bootMs ?? 1_000, ackMs: 300 };
  let sending = Promise.resolve();
  const reader = new CardReader(wire, family, { clock: systemClock, times, random }, (bytes) => {
    sending = sending.then(async () => {
      for (let sent = 0; sent < bytes.length;) {
        const piece = bytes.subarray(sent, sent + 1 + random(LARGEST_PIECE));
        pty.write(piece);
        sent += piece.length;
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
  });
  const pty = new Pty(join(options.dir, 'bank-card'), (chunk) => {
    const before = reader.steps.length;
    reader.hear(chunk);
    for (const step of reader.steps.slice(before)) emit('step', { step });
  });
  await pty.listen();
  await pty.plug();
  return {
    ready: { port: pty.port },
    methods: {
      insert: (which: SyntheticCardName) => reader.body.insert(SYNTHETIC_CARDS[which]),
      /** True when a card stood in the gate and is taken now. */
      take: () => reader.body.take(),
      empty: () => reader.body.empty(),
      fillBin: () => reader.body.fillBin(),
      fault: (fault: Fault<ReaderFault, MotorStep>) => reader.faults.add(fault),
      clearFaults: () => reader.faults.clear(),
      powerLoss: () => reader.powerLoss(),
      unplug: () => pty.unplug(),
      async plug() {
        if (pty.isPlugged) return;
        reader.plugged();
        await pty.plug();
      },
      /** Names of the steps executed, oldest first; no data. */
      steps: () => reader.steps,
      state: () => ({
        position: reader.body.position,
        retained: reader.body.retained,
        harm: reader.body.harm,
        plugged: pty.isPlugged,
      }),
    },
    stop: () => pty.close(),
  };
}
