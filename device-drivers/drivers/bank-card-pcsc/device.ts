import { type Result, err, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { PrintCompletion } from '@kiosk/contract/services/device-host.ts';
import type { BankCard, CardPosition } from '@kiosk/contract/services/devices.ts';
import { abortCode, type CardChannel, readChip } from '../bank-card/chip.ts';
import type { BankCardReaderDevice, DeviceHealth, DriverDeps, SelfTestStep } from '../driver.ts';
import { stepTimer } from '../self-test.ts';
import type { PcscFailure, PcscSystem, PcscWatch, ReaderSight } from './pcsc.ts';

/** Times in ms. */
export interface PcscOptions {
  /** Part of the reader's name; empty: the first one. */
  readonly reader: string;
  /** A chip may take this long for one command. */
  readonly answerMs: number;
  readonly backOffFirstMs: number;
  readonly backOffMostMs: number;
}

/** A card lies there; it is read once until it was taken out. */
interface Presentation {
  readonly sight: 'present' | 'mute';
  used: boolean;
}

/**
 * A reader without a motor behind the system's PC/SC service. The card stays in the customer's hand: it is `inside` or not
 * there, ejecting is waiting for it to be pulled out, and there is no bin.
 */
export class PcscReader implements BankCardReaderDevice {
  readonly #system: PcscSystem;
  readonly #options: PcscOptions;
  readonly #deps: DriverDeps;
  #health: DeviceHealth = { state: 'starting', warnings: [] };
  #running = false;
  #watch: PcscWatch | undefined;
  #reader: string | undefined;
  #presentation: Presentation | undefined;
  #failures = 0;
  #worked = false;
  #stopTimer = () => {};
  /** Counts attempts, so that the news of an old one is not heard. */
  #attempt = 0;
  #attempting: Promise<void> = Promise.resolve();
  #closing: Promise<void> = Promise.resolve();
  readonly #changed = new Set<() => void>();

  constructor(system: PcscSystem, options: PcscOptions, deps: DriverDeps) {
    this.#system = system;
    this.#options = options;
    this.#deps = deps;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#connect();
  }

  async stop(): Promise<void> {
    if (!this.#running) return;
    this.#running = false;
    this.#stopTimer();
    await this.#attempting;
    this.#letGo();
    await this.#closing;
    this.#setHealth({ state: 'starting', warnings: [] });
  }

  status(): DeviceHealth {
    return this.#health;
  }

  position(): CardPosition {
    if (this.#health.state !== 'ready') return 'unknown';
    return this.#presentation ? 'inside' : 'none';
  }

  async readBankCard({
    signal,
    onProgress,
  }: Parameters<BankCardReaderDevice['readBankCard']>[0]): Promise<Result<BankCard>> {
    for (;;) {
      if (signal.aborted) return fail(abortCode(signal));
      const refused = this.#refusal();
      if (refused) return refused;
      if (this.#presentation && !this.#presentation.used) break;
      await this.#nextChange(signal);
    }
    const presentation = this.#presentation;
    presentation.used = true;
    onProgress({ step: 'inserted' });
    if (presentation.sight === 'mute') return fail('E1303', 'chip does not answer to its reset');
    onProgress({ step: 'reading' });
    const card = await this.#read(signal);
    if (card.ok) this.#deps.onEvent({ type: 'counted', counter: 'cardsRead', by: 1 });
    return card;
  }

  async eject({ signal }: { readonly signal: AbortSignal }): Promise<Result<void>> {
    for (;;) {
      const refused = this.#refusal();
      if (refused) return refused;
      if (this.#health.state === 'ready' && !this.#presentation) return ok();
      if (signal.aborted) return fail('E1304', `${abortCode(signal)} while the card is in the reader`);
      await this.#nextChange(signal);
    }
  }

  retain(): Promise<Result<PrintCompletion>> {
    return Promise.resolve(fail('E1306', 'this reader has no bin'));
  }

  selfTest(): Promise<readonly SelfTestStep[]> {
    const service = this.#watch !== undefined;
    const steps: SelfTestStep[] = [
      {
        name: 'service',
        passed: service,
        detail: service ? 'PC/SC answers' : (this.#why ?? 'PC/SC does not answer'),
        code: 'E1301',
      },
      {
        name: 'reader',
        passed: this.#reader !== undefined,
        detail: this.#reader ?? 'no reader of that name',
        code: 'E1301',
      },
      {
        name: 'card path',
        passed: this.#presentation?.sight !== 'mute',
        detail: `card: ${this.position()}`,
        code: 'E1303',
      },
    ];
    return Promise.resolve(steps.map(stepTimer(this.#deps.clock)));
  }

  #why: string | undefined;

  async #read(signal: AbortSignal): Promise<Result<BankCard>> {
    const watch = this.#watch;
    const reader = this.#reader;
    if (!watch || reader === undefined) return fail('E1301', 'reader is gone');
    const connected = await this.#within(watch.connect(reader));
    if (!connected.ok) return this.#failure(connected.error);
    const card = connected.value;
    const channel: CardChannel<PcscFailure | 'aborted'> = {
      transmit: (apdu) => (signal.aborted ? Promise.resolve(err('aborted')) : this.#within(card.transmit(apdu))),
    };
    const read = await readChip(channel, this.#deps.clock);
    // Not awaited: behind a chip that hangs it would hang as well.
    void card.disconnect();
    if (read.ok) return read;
    if ('chip' in read.error) return fail('E1303', `chip, ${read.error.chip.step}: ${read.error.chip.detail}`);
    return read.error.channel === 'aborted' ? fail(abortCode(signal)) : this.#failure(read.error.channel);
  }

  #failure({ reason, detail }: PcscFailure): Result<never> {
    // A card pulled out is told in different ways by different readers; that it is no longer there counts.
    if (reason === 'readerGone') return fail('E1301', detail);
    return fail(reason === 'cardGone' || !this.#presentation ? 'E1302' : 'E1303', detail);
  }

  #within<T>(answer: Promise<Result<T, PcscFailure>>): Promise<Result<T, PcscFailure>> {
    return new Promise((resolve) => {
      const late = { reason: 'failed', detail: `no answer within ${this.#options.answerMs} ms` } as const;
      const stop = this.#deps.clock.after(this.#options.answerMs, () => settle(err(late)));
      const settle = (result: Result<T, PcscFailure>) => {
        stop();
        this.#changed.delete(gone);
        resolve(result);
      };
      // The service's news of a pulled card may come before the transmission ends, or instead of its end.
      const gone = () => {
        if (!this.#watch || this.#reader === undefined) settle(err({ reason: 'readerGone', detail: 'reader is gone' }));
        else if (!this.#presentation) settle(err({ reason: 'cardGone', detail: 'card is gone' }));
      };
      this.#changed.add(gone);
      void answer.then(settle);
    });
  }

  #connect(): void {
    const attempt = ++this.#attempt;
    const current = () => this.#running && attempt === this.#attempt;
    this.#attempting = this.#system
      .watch({
        onReader: (name, sight) => current() && this.#onReader(name, sight),
        onReaderGone: (name) => current() && name === this.#reader && this.#onReaderGone(),
        onDown: (detail) => current() && this.#onDown(detail),
      })
      .then((watched) => {
        if (!watched.ok) return current() ? this.#onDown(watched.error) : undefined;
        if (!current()) return this.#close(watched.value);
        this.#watch = watched.value;
        // Readers that are there are told at once; after a moment without one there is none.
        if (this.#reader === undefined) {
          this.#stopTimer = this.#deps.clock.after(this.#options.backOffFirstMs, () => {
            if (current() && this.#reader === undefined) this.#offline('no reader of that name');
          });
        }
      });
  }

  #onReader(name: string, sight: ReaderSight): void {
    if (this.#reader === undefined && name.includes(this.#options.reader)) this.#reader = name;
    if (name !== this.#reader) return;
    this.#failures = 0;
    if (sight === 'empty') this.#presentation = undefined;
    else if (!this.#presentation) this.#presentation = { sight, used: false };
    if (this.#health.state !== 'ready') {
      if (this.#worked) this.#deps.onEvent({ type: 'counted', counter: 'resets', by: 1 });
      this.#worked = true;
      this.#setHealth({ state: 'ready', warnings: [], identity: name });
    }
    this.#tellChange();
  }

  #onReaderGone(): void {
    this.#reader = undefined;
    this.#presentation = undefined;
    this.#offline('reader was unplugged');
  }

  /** The service is away: tried again, ever more rarely. */
  #onDown(detail: string): void {
    this.#attempt++;
    this.#letGo();
    this.#offline(detail);
    const { backOffFirstMs, backOffMostMs } = this.#options;
    const wait = Math.min(backOffFirstMs * 2 ** this.#failures++, backOffMostMs);
    this.#stopTimer();
    this.#stopTimer = this.#deps.clock.after(wait, () => this.#running && this.#connect());
  }

  #close(watch: PcscWatch): void {
    this.#closing = this.#closing.then(() => watch.stop());
  }

  #letGo(): void {
    if (this.#watch) this.#close(this.#watch);
    this.#watch = undefined;
    this.#reader = undefined;
    this.#presentation = undefined;
  }

  #offline(detail: string): void {
    this.#why = detail;
    if (this.#health.state !== 'offline') this.#deps.log('warn', 'bank card reader is offline', { detail });
    const { identity } = this.#health;
    this.#setHealth({ state: 'offline', code: 'E1301', warnings: [], identity });
    this.#tellChange();
  }

  #refusal(): Result<never> | undefined {
    if (!this.#running) return fail('E1301', 'reader is stopped');
    return this.#health.state === 'offline' ? fail('E1301', this.#why) : undefined;
  }

  #nextChange(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#changed.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#changed.add(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }

  #tellChange(): void {
    for (const told of [...this.#changed]) told();
  }

  #setHealth(health: DeviceHealth): void {
    const same = this.#health.state === health.state && this.#health.code === health.code;
    this.#health = health;
    if (!same) this.#deps.onStatus(health);
    this.#tellChange();
  }
}
