import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { PrintCompletion } from '@kiosk/contract/services/device-host.ts';
import type { BankCard, CardPosition } from '@kiosk/contract/services/devices.ts';
import type { Transport } from '../../transport/transport.ts';
import { abortCode } from '../bank-card/chip.ts';
import type { BankCardReaderDevice, DeviceHealth, DriverDeps, SelfTestStep } from '../driver.ts';
import { stepTimer } from '../self-test.ts';
import type { Dialect } from './dialect.ts';
import { Custody } from './custody.ts';
import { Motor } from './motor.ts';
import type { MotorOptions } from './options.ts';
import { readInserted } from './reading.ts';

/**
 * A motorised reader: keeps itself connected and initialised, and moves one card through its visit. A card that is found
 * inside when it starts, or that stays at the gate, is dealt with by the policy of its options.
 */
export class MotorReader implements BankCardReaderDevice {
  readonly #deps: DriverDeps;
  readonly #options: MotorOptions;
  readonly #motor: Motor;
  readonly #custody: Custody;
  #health: DeviceHealth = { state: 'starting', warnings: [] };
  #running = false;
  #living: Promise<void> = Promise.resolve();
  /** Somebody uses the reader right now; and when somebody last did. */
  #atWork = 0;
  #lastAsked = 0;
  /** It worked before: working again is a reset that counts. */
  #worked = false;
  #wake = () => {};
  readonly #waiting = new Set<() => void>();

  constructor(transport: Transport, dialect: Dialect, options: MotorOptions, restMs: number, deps: DriverDeps) {
    this.#deps = deps;
    this.#options = options;
    this.#motor = new Motor(transport, dialect, options, restMs, deps, () => this.#wake());
    this.#custody = new Custody(this.#motor, options, deps, () =>
      this.#setHealth({ ...this.#health, warnings: ['E1304'] }),
    );
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#living = this.#live();
  }

  async stop(): Promise<void> {
    if (!this.#running) return;
    this.#running = false;
    await this.#motor.close();
    this.#wake();
    await this.#living;
    this.#setHealth({ state: 'starting', warnings: [] });
  }

  status(): DeviceHealth {
    return this.#health;
  }

  position(): CardPosition {
    return this.#motor.position;
  }

  async readBankCard({
    signal,
    onProgress,
  }: Parameters<BankCardReaderDevice['readBankCard']>[0]): Promise<Result<BankCard>> {
    return this.#asked(signal, async () => {
      // A card from before is not this visit's card.
      const cleared = await this.#custody.clear(signal);
      if (!cleared.ok) return cleared;
      const card = await readInserted(this.#motor, this.#options, this.#deps.clock, signal, onProgress);
      if (card.ok) this.#deps.onEvent({ type: 'counted', counter: 'cardsRead', by: 1 });
      return card;
    });
  }

  async eject({ signal }: { readonly signal: AbortSignal }): Promise<Result<void>> {
    return this.#asked(signal, () => this.#custody.eject(signal));
  }

  async retain({ signal }: { readonly signal: AbortSignal }): Promise<Result<PrintCompletion>> {
    return this.#asked(signal, async () => {
      const looked = await this.#motor.look();
      if (!looked.ok) return looked;
      if (this.#motor.position === 'none') return fail('E1302', 'there is no card to retain');
      return ok(await this.#custody.retain());
    });
  }

  async #asked<T>(signal: AbortSignal, work: () => Promise<Result<T>>): Promise<Result<T>> {
    const ready = await this.#untilReady(signal);
    if (!ready.ok) return ready;
    this.#atWork++;
    try {
      return await work();
    } finally {
      this.#atWork--;
      this.#lastAsked = this.#deps.clock.monotonic();
    }
  }

  async selfTest({ signal }: { readonly signal: AbortSignal }): Promise<readonly SelfTestStep[]> {
    const { dialect } = this.#motor;
    const step = stepTimer(this.#deps.clock);
    const present = await this.#motor.link.isPresent();
    const steps = [step({ name: 'port', passed: present !== false, detail: this.#motor.link.place, code: 'E1301' })];
    for (const [name, command] of [
      ['answers', dialect.status],
      ['sensors', dialect.sensors],
    ] as const) {
      const result = await this.#motor.run(command, signal);
      const detail = result.ok
        ? `status ${result.value.code}`
        : `${result.error.code} ${result.error.detail ?? ''}`.trim();
      steps.push(step({ name, passed: result.ok, detail, code: result.ok ? 'E1301' : result.error.code }));
    }
    const position = this.#motor.position;
    return [
      ...steps,
      step({
        name: 'card path',
        passed: position === 'none' || position === 'gate',
        detail: `card: ${position}`,
        code: 'E1305',
      }),
    ];
  }

  async #live(): Promise<void> {
    const { backOffFirstMs, backOffMostMs } = this.#options;
    let failures = 0;
    while (this.#running) {
      const up = await this.#bringUp();
      if (up.ok) {
        failures = 0;
        await this.#watch();
      }
      const trouble = this.#motor.trouble ?? (up.ok ? undefined : up.error) ?? { code: 'E1301' };
      const gone = (await this.#motor.link.isPresent()) === false;
      await this.#motor.close();
      if (!this.#running) return;
      const fault = trouble.code !== 'E1301';
      // A lost connection whose port is still there is tried again before it is called offline.
      const blink = up.ok && !fault && !gone;
      const { identity } = this.#health;
      this.#setHealth({
        state: blink ? 'starting' : fault ? 'fault' : 'offline',
        code: blink ? undefined : trouble.code,
        warnings: [],
        identity,
      });
      this.#deps.log('warn', 'bank card reader is not ready', { code: trouble.code, detail: trouble.detail });
      await this.#pause(Math.min(backOffFirstMs * 2 ** failures++, backOffMostMs));
    }
  }

  async #bringUp(): Promise<Result<void>> {
    const connected = await this.#motor.connect();
    if (!connected.ok) return connected;
    const never = new AbortController().signal;
    const cleared = await this.#custody.clear(never);
    if (!cleared.ok && cleared.error.code !== 'E1304') return cleared;
    if (this.#worked) this.#deps.onEvent({ type: 'counted', counter: 'resets', by: 1 });
    this.#worked = true;
    this.#lastAsked = this.#deps.clock.monotonic();
    this.#setHealth({
      state: 'ready',
      warnings: cleared.ok ? [] : ['E1304'],
      identity: connected.value === '' ? undefined : connected.value,
    });
    return ok();
  }

  /** Returns when the connection is given up. Hearing anything is a sign of life. */
  async #watch(): Promise<void> {
    const { motor, options } = { motor: this.#motor, options: this.#options };
    while (this.#running && !motor.trouble) {
      if (this.#atWork === 0) await this.#custody.forgotten(this.#lastAsked);
      const quietFor = this.#deps.clock.monotonic() - motor.link.lastHeard;
      if (quietFor < options.heartbeatMs) {
        await this.#pause(options.heartbeatMs - quietFor);
        continue;
      }
      const looked = await motor.look();
      if (looked.ok && motor.position === 'none') this.#setHealth({ ...this.#health, warnings: [] });
    }
  }

  /** Errors: why the reader cannot be had; the signal's. */
  async #untilReady(signal: AbortSignal): Promise<Result<void>> {
    for (;;) {
      if (signal.aborted) return fail(abortCode(signal));
      const { state, code } = this.#health;
      if (!this.#running) return fail('E1301', 'reader is stopped');
      if (state === 'ready' && !this.#motor.trouble) return ok();
      if (state === 'offline' || state === 'fault') return fail(code ?? 'E1301', 'reader is not ready');
      await new Promise<void>((resolve) => {
        const done = () => {
          this.#waiting.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        this.#waiting.add(done);
        signal.addEventListener('abort', done, { once: true });
      });
    }
  }

  #setHealth(health: DeviceHealth): void {
    const { state, code, warnings } = this.#health;
    const same = state === health.state && code === health.code && warnings.join() === health.warnings.join();
    this.#health = health;
    if (!same) this.#deps.onStatus(health);
    for (const done of [...this.#waiting]) done();
  }

  async #pause(ms: number): Promise<void> {
    if (!this.#running) return;
    await new Promise<void>((resolve) => {
      const stop = this.#deps.clock.after(ms, resolve);
      this.#wake = () => {
        stop();
        resolve();
      };
    });
    this.#wake = () => {};
  }
}
