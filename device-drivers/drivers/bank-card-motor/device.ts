import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { PrintCompletion } from '@kiosk/contract/services/device-host.ts';
import type { BankCard, CardPosition } from '@kiosk/contract/services/devices.ts';
import type { Transport } from '../../transport/transport.ts';
import { abortCode } from '../bank-card/chip.ts';
import type { BankCardReaderDevice, DeviceHealth, DriverDeps, SelfTestStep } from '../driver.ts';
import { stepTimer } from '../self-test.ts';
import type { Dialect } from './dialect.ts';
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
  #health: DeviceHealth = { state: 'starting', warnings: [] };
  #running = false;
  #living: Promise<void> = Promise.resolve();
  /** It worked before: working again is a reset that counts. */
  #worked = false;
  #wake = () => {};
  readonly #waiting = new Set<() => void>();

  constructor(transport: Transport, dialect: Dialect, options: MotorOptions, restMs: number, deps: DriverDeps) {
    this.#deps = deps;
    this.#options = options;
    this.#motor = new Motor(transport, dialect, options, restMs, deps, () => this.#wake());
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
    const ready = await this.#untilReady(signal);
    if (!ready.ok) return ready;
    // A card from before is not this visit's card.
    const cleared = await this.#clear(signal);
    if (!cleared.ok) return cleared;
    const card = await readInserted(this.#motor, this.#options, this.#deps.clock, signal, onProgress);
    if (card.ok) this.#deps.onEvent({ type: 'counted', counter: 'cardsRead', by: 1 });
    return card;
  }

  async eject({ signal }: { readonly signal: AbortSignal }): Promise<Result<void>> {
    const ready = await this.#untilReady(signal);
    return ready.ok ? this.#eject(signal) : ready;
  }

  async retain({ signal }: { readonly signal: AbortSignal }): Promise<Result<PrintCompletion>> {
    const ready = await this.#untilReady(signal);
    if (!ready.ok) return ready;
    const looked = await this.#motor.look();
    if (!looked.ok) return looked;
    if (this.#motor.position === 'none') return fail('E1302', 'there is no card to retain');
    return ok(await this.#retain());
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
    const cleared = await this.#clear(never);
    if (!cleared.ok && cleared.error.code !== 'E1304') return cleared;
    if (this.#worked) this.#deps.onEvent({ type: 'counted', counter: 'resets', by: 1 });
    this.#worked = true;
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
      const quietFor = this.#deps.clock.monotonic() - motor.link.lastHeard;
      if (quietFor < options.heartbeatMs) {
        await this.#pause(options.heartbeatMs - quietFor);
        continue;
      }
      const looked = await motor.look();
      if (looked.ok && motor.position === 'none') this.#setHealth({ ...this.#health, warnings: [] });
    }
  }

  /** Makes the path free by the policy. Errors: those of eject. */
  async #clear(signal: AbortSignal): Promise<Result<void>> {
    const looked = await this.#motor.look();
    if (!looked.ok) return looked;
    const { position } = this.#motor;
    // A card in the gate that is not ours to give back is one that is just being put in.
    if (position === 'none' || (position === 'gate' && !this.#motor.givenBack)) return ok();
    this.#deps.log('warn', 'a card was left in the reader', { position, policy: this.#options.cardLeftInside });
    if (this.#options.cardLeftInside === 'retain') {
      const { outcome, code } = await this.#retain();
      return outcome === 'done' ? ok() : fail(code ?? 'E1305', 'a card left inside could not be retained');
    }
    const ejected = await this.#eject(signal);
    return ejected.ok || this.#motor.position !== 'none' ? ejected : ok();
  }

  async #eject(signal: AbortSignal): Promise<Result<void>> {
    const { clock } = this.#deps;
    const moved = await this.#motor.eject();
    if (!moved.ok) return moved.error.code === 'E1302' ? ok() : moved;
    const until = clock.monotonic() + this.#options.takeWithinMs;
    for (;;) {
      const looked = await this.#motor.look();
      if (!looked.ok) return looked;
      if (this.#motor.position === 'none') return ok();
      if (signal.aborted) return fail('E1304', `${abortCode(signal)} while the card stands in the gate`);
      if (clock.monotonic() >= until) break;
      await this.#motor.pause(this.#options.pollMs, signal);
    }
    if (this.#options.notTaken === 'leave') {
      this.#setHealth({ ...this.#health, warnings: ['E1304'] });
      return fail('E1304', 'left in the gate');
    }
    const { outcome, code } = await this.#retain();
    if (code === 'E1302') return ok();
    return fail(
      outcome === 'done' ? 'E1304' : (code ?? 'E1305'),
      outcome === 'done' ? 'retained' : 'could not be retained',
    );
  }

  async #retain(): Promise<PrintCompletion> {
    const retained = await this.#motor.retain();
    if (retained.ok) {
      this.#deps.onEvent({ type: 'counted', counter: 'cardsRetained', by: 1 });
      return { outcome: 'done', printed: 1 };
    }
    const { code } = retained.error;
    return { outcome: code === 'E1301' ? 'unknown' : 'failed', code, printed: 0 };
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
