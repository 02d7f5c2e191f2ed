import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import { PcscReader } from '@kiosk/device-drivers/drivers/bank-card-pcsc/device.ts';
import type {
  PcscCard,
  PcscFailure,
  PcscListener,
  PcscSystem,
} from '@kiosk/device-drivers/drivers/bank-card-pcsc/pcsc.ts';
import type { PcscFault, PcscStep } from '@kiosk/device-drivers/suites/bank-card-pcsc.matrix.ts';
import { SYNTHETIC_CARDS } from '@kiosk/device-drivers/suites/synthetic-card.ts';
import { type ChipFault, VirtualChip } from '../bank-card/chip.ts';
import { Faults } from '../bank-card/faults.ts';
import { seededRandom } from '../id-reader/random.ts';

const NAME = 'Reader in memory';
const ANSWER_MS = 5_000;
const never = new AbortController().signal;

/** The driver on a PC/SC system that is played, under one clock moved by hand. */
export class InMemoryPcsc {
  readonly clock = new ManualClock();
  readonly faults = new Faults<PcscFault, PcscStep>();
  readonly said: string[] = [];
  readonly device: PcscReader;
  #listener: PcscListener | undefined;
  #chip: VirtualChip | undefined;
  #service = true;
  #reader = true;
  #running = true;

  constructor() {
    const options = { reader: '', answerMs: ANSWER_MS, backOffFirstMs: 500, backOffMostMs: 10_000 };
    this.device = new PcscReader(this.#system(), options, {
      clock: this.clock,
      log: (...words) => void this.said.push(JSON.stringify(words)),
      onStatus: (health) => void this.said.push(JSON.stringify(health)),
      onEvent: () => {},
    });
    void this.#turn();
  }

  insert(): void {
    const due = (fault: ChipFault, step: PcscStep) => this.faults.take(fault, step);
    this.#chip = new VirtualChip(SYNTHETIC_CARDS.ordinary, due, seededRandom(7));
    this.#tell();
  }

  take(): void {
    this.#chip = undefined;
    this.#tell();
  }

  unplug(): void {
    this.#reader = false;
    this.#chip = undefined;
    this.#listener?.onReaderGone(NAME);
  }

  endService(): void {
    this.#service = false;
    this.#chip = undefined;
    this.#listener?.onDown('Reader monitoring loop failed.');
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
            connect: async () => {
              const failure = await this.#suffers('open');
              if (failure) return err(failure);
              return ok({ transmit: (apdu) => this.#transmit(apdu), disconnect: () => Promise.resolve() });
            },
            stop: () => Promise.resolve(),
          }),
        );
      },
    };
  }

  async #transmit(apdu: Uint8Array): ReturnType<PcscCard['transmit']> {
    const failure = await this.#suffers(VirtualChip.step(apdu));
    return failure ? err(failure) : ok(this.#chip?.answer(apdu) ?? new Uint8Array(0));
  }

  /** What befalls the card, the reader or the service at this step; undefined when all goes well. */
  async #suffers(step: PcscStep | undefined): Promise<PcscFailure | undefined> {
    const { faults } = this;
    if (faults.take('mute', step)) return new Promise(() => {});
    if (faults.take('late', step)) {
      const late = Promise.withResolvers<undefined>();
      this.clock.after(2 * ANSWER_MS, () => late.resolve(undefined));
      return late.promise;
    }
    if (faults.take('refused', step)) return { reason: 'failed', detail: 'SharingViolation' };
    if (faults.take('pulled', step)) {
      this.take();
      return { reason: 'cardGone', detail: 'RemovedCard' };
    }
    if (faults.take('unplug', step)) {
      this.unplug();
      return { reason: 'readerGone', detail: 'ReaderUnavailable' };
    }
    if (faults.take('serviceDies', step)) {
      this.endService();
      return { reason: 'readerGone', detail: 'NoService' };
    }
    return undefined;
  }

  #tell(): void {
    if (!this.#service || !this.#reader) return;
    const mute = this.#chip !== undefined && this.faults.take('chipMute', 'open');
    this.#listener?.onReader(NAME, mute ? 'mute' : this.#chip ? 'present' : 'empty');
  }

  async #turn(): Promise<void> {
    while (this.#running) {
      await new Promise((resolve) => setImmediate(resolve));
      this.clock.advance(20);
    }
  }
}

const empty = ({ device }: InMemoryPcsc) => device.status().state === 'ready' && device.position() === 'none';

async function read(bench: InMemoryPcsc): Promise<string> {
  await bench.until('the reader is ready', () => empty(bench));
  const reading = bench.device.readBankCard({ signal: never, onProgress: () => {} });
  bench.insert();
  return codeOf(await bench.ended('the reading', reading));
}

const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);

/** Lets the fault come at the step; answers how what was under way ended. */
export async function runPcscCell(bench: InMemoryPcsc, step: PcscStep, fault: PcscFault): Promise<string> {
  const { device } = bench;
  const away = () => (fault === 'unplug' ? bench.unplug() : bench.endService());
  if (step === 'start') away();
  device.start();
  switch (step) {
    case 'start':
      await bench.until('it is called offline', () => device.status().state === 'offline');
      return device.status().code ?? 'ok';
    case 'idle': {
      await bench.until('the reader is ready', () => empty(bench));
      const reading = device.readBankCard({ signal: never, onProgress: () => {} });
      away();
      return codeOf(await bench.ended('the reading', reading));
    }
    case 'eject': {
      await read(bench);
      const ejecting = device.eject({ signal: never });
      away();
      return codeOf(await bench.ended('the ejecting', ejecting));
    }
    default:
      bench.faults.add({ kind: fault, at: step, times: 1 });
      return read(bench);
  }
}

export async function recoversPcsc(bench: InMemoryPcsc): Promise<boolean> {
  bench.restore();
  const again = await read(bench);
  const ejecting = bench.device.eject({ signal: never });
  bench.take();
  return again === 'ok' && (await bench.ended('the ejecting', ejecting)).ok;
}
