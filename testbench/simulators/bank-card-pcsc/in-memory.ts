import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { err, ok } from '@kiosk/contract/kernel/result.ts';
import { PcscReader } from '@kiosk/device-drivers/drivers/bank-card-pcsc/device.ts';
import type { PcscCard, PcscListener, PcscSystem } from '@kiosk/device-drivers/drivers/bank-card-pcsc/pcsc.ts';
import type { MatrixFault, MatrixStep } from '@kiosk/device-drivers/suites/bank-card-reader.matrix.ts';
import { SYNTHETIC_CARDS } from '@kiosk/device-drivers/suites/synthetic-card.ts';
import { type ChipFault, type ChipStep, VirtualChip } from '../bank-card/chip.ts';
import { Faults } from '../bank-card/faults.ts';
import { seededRandom } from '../id-reader/random.ts';

type PcscFault = ChipFault | 'pulled' | 'mute' | 'serviceDies' | 'unplug';

const NAME = 'Reader in memory';
const never = new AbortController().signal;

/** The driver on a PC/SC system that is played, under one clock moved by hand. */
export class InMemoryPcsc {
  readonly clock = new ManualClock();
  readonly faults = new Faults<PcscFault, ChipStep>();
  readonly said: string[] = [];
  readonly device: PcscReader;
  #listener: PcscListener | undefined;
  #chip: VirtualChip | undefined;
  #service = true;
  #reader = true;
  #running = true;

  constructor() {
    const options = { reader: '', answerMs: 5_000, backOffFirstMs: 500, backOffMostMs: 10_000 };
    this.device = new PcscReader(this.#system(), options, {
      clock: this.clock,
      log: (...words) => void this.said.push(JSON.stringify(words)),
      onStatus: (health) => void this.said.push(JSON.stringify(health)),
      onEvent: () => {},
    });
    void this.#turn();
    this.device.start();
  }

  insert(): void {
    const due = (fault: ChipFault, step: ChipStep) => this.faults.take(fault, step);
    this.#chip = new VirtualChip(SYNTHETIC_CARDS.ordinary, due, seededRandom(7));
    this.#tell();
  }

  take(): void {
    this.#chip = undefined;
    this.#tell();
  }

  /** Service and reader are there again. */
  restore(): void {
    this.faults.clear();
    this.take();
    this.#service = true;
    this.#reader = true;
    this.#tell();
  }

  async ended<T>(what: string, running: Promise<T>): Promise<T> {
    let over = false;
    const watched = running.finally(() => (over = true));
    await this.until(`${what} ends`, () => over);
    return watched;
  }

  async until(what: string, is: () => boolean): Promise<void> {
    const end = this.clock.monotonic() + 600_000;
    while (!is()) {
      if (this.clock.monotonic() > end) throw new Error(`ten minutes of its time passed without: ${what}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async stop(): Promise<void> {
    await this.device.stop();
    this.#running = false;
  }

  #system(): PcscSystem {
    return {
      watch: (listener) => {
        if (!this.#service) return Promise.resolve(err('NoService'));
        this.#listener = listener;
        queueMicrotask(() => setImmediate(() => this.#tell()));
        return Promise.resolve(
          ok({
            connect: () =>
              Promise.resolve(ok({ transmit: (apdu) => this.#transmit(apdu), disconnect: () => Promise.resolve() })),
            stop: () => Promise.resolve(),
          }),
        );
      },
    };
  }

  #transmit(apdu: Uint8Array): ReturnType<PcscCard['transmit']> {
    const step = VirtualChip.step(apdu);
    if (this.faults.take('mute', step)) return new Promise(() => {});
    if (this.faults.take('pulled', step)) {
      this.take();
      return Promise.resolve(err({ reason: 'cardGone', detail: 'RemovedCard' }));
    }
    if (this.faults.take('unplug', step)) {
      this.#reader = false;
      this.#chip = undefined;
      this.#listener?.onReaderGone(NAME);
      return Promise.resolve(err({ reason: 'readerGone', detail: 'ReaderUnavailable' }));
    }
    if (this.faults.take('serviceDies', step)) {
      this.#service = false;
      this.#chip = undefined;
      this.#listener?.onDown('Reader monitoring loop failed.');
      return Promise.resolve(err({ reason: 'readerGone', detail: 'NoService' }));
    }
    return Promise.resolve(ok(this.#chip?.answer(apdu) ?? new Uint8Array(0)));
  }

  #tell(): void {
    if (this.#service && this.#reader) this.#listener?.onReader(NAME, this.#chip ? 'present' : 'empty');
  }

  async #turn(): Promise<void> {
    while (this.#running) {
      await new Promise((resolve) => setImmediate(resolve));
      this.clock.advance(20);
    }
  }
}

async function read(bench: InMemoryPcsc): Promise<string> {
  await bench.until(
    'the reader is ready',
    () => bench.device.status().state === 'ready' && bench.device.position() === 'none',
  );
  const reading = bench.device.readBankCard({ signal: never, onProgress: () => {} });
  bench.insert();
  const result = await bench.ended('the reading', reading);
  return result.ok ? 'ok' : result.error.code;
}

export async function runPcscCell(bench: InMemoryPcsc, step: MatrixStep, fault: MatrixFault): Promise<string> {
  bench.faults.add({ kind: fault as PcscFault, at: step as ChipStep, times: 1 });
  return read(bench);
}

export async function recoversPcsc(bench: InMemoryPcsc): Promise<boolean> {
  bench.restore();
  const again = await read(bench);
  const ejecting = bench.device.eject({ signal: never });
  bench.take();
  return again === 'ok' && (await bench.ended('the ejecting', ejecting)).ok;
}
