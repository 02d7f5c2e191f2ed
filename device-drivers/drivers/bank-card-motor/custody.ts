import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { PrintCompletion } from '@kiosk/contract/services/device-host.ts';
import { abortCode } from '../bank-card/chip.ts';
import type { CaptureReason, DriverDeps } from '../driver.ts';
import type { Motor } from './motor.ts';
import type { MotorOptions } from './options.ts';

const NEVER = new AbortController().signal;

/**
 * Whose a card in the reader is and how long it is waited for: given back, left in the gate, or taken into the bin by the
 * policy of the options. What the policy takes is an operation like any other, noted before the motor turns.
 */
export class Custody {
  readonly #motor: Motor;
  readonly #options: MotorOptions;
  readonly #deps: DriverDeps;
  readonly #onLeft: () => void;
  /** When the card in the gate was given back. */
  #givenBackAt = 0;

  /** `onLeft`: a card stays in the gate because the policy says so. */
  constructor(motor: Motor, options: MotorOptions, deps: DriverDeps, onLeft: () => void) {
    this.#motor = motor;
    this.#options = options;
    this.#deps = deps;
    this.#onLeft = onLeft;
  }

  /** Makes the path free by the policy. Errors: those of eject. */
  async clear(signal: AbortSignal): Promise<Result<void>> {
    const looked = await this.#motor.look();
    if (!looked.ok) return looked;
    const { position } = this.#motor;
    // A card in the gate that is not ours to give back is one that is just being put in.
    if (position === 'none' || (position === 'gate' && !this.#motor.givenBack)) return ok();
    this.#deps.log('warn', 'a card was left in the reader', { position, policy: this.#options.cardLeftInside });
    if (this.#options.cardLeftInside === 'retain') {
      const { outcome, code } = await this.#capture('leftInside');
      return outcome === 'done' ? ok() : fail(code ?? 'E1305', 'a card left inside could not be retained');
    }
    const ejected = await this.eject(signal);
    return ejected.ok || this.#motor.position !== 'none' ? ejected : ok();
  }

  /** Errors: E1304 not taken, what became of it by the policy in the detail; E1305, E1306; those of the line. */
  async eject(signal: AbortSignal): Promise<Result<void>> {
    const { clock } = this.#deps;
    const moved = await this.#motor.eject();
    if (!moved.ok) return moved.error.code === 'E1302' ? ok() : moved;
    this.#givenBackAt = clock.monotonic();
    for (;;) {
      const looked = await this.#motor.look();
      if (!looked.ok) return looked;
      if (this.#motor.position === 'none') return ok();
      // Its time goes on without whoever gave up: forgotten() looks after it.
      if (signal.aborted) return fail('E1304', `${abortCode(signal)} while the card stands in the gate`);
      if (this.#timeIsUp) return this.#notTaken();
      await this.#motor.pause(this.#options.pollMs, signal);
    }
  }

  /** On whoever's behalf. */
  async retain(): Promise<PrintCompletion> {
    const retained = await this.#motor.retain();
    if (retained.ok) {
      this.#deps.onEvent({ type: 'counted', counter: 'cardsRetained', by: 1 });
      return { outcome: 'done', printed: 1 };
    }
    const { code } = retained.error;
    return { outcome: code === 'E1301' ? 'unknown' : 'failed', code, printed: 0 };
  }

  /**
   * Nobody uses the reader, the last one until `lastAsked`. A card that stands in the gate and whose time is up goes by
   * the policy; one that is inside longer than any visit lasts is given back first.
   */
  async forgotten(lastAsked: number): Promise<void> {
    const { position, givenBack } = this.#motor;
    if (position === 'gate' && givenBack && this.#timeIsUp && this.#options.notTaken === 'retain') {
      await this.#notTaken();
    } else if (position === 'inside' && this.#deps.clock.monotonic() - lastAsked > this.#options.longestVisitMs) {
      this.#deps.log('warn', 'a card was forgotten in the reader', { position });
      await this.eject(NEVER);
    }
  }

  get #timeIsUp(): boolean {
    return this.#deps.clock.monotonic() - this.#givenBackAt >= this.#options.takeWithinMs;
  }

  async #notTaken(): Promise<Result<void>> {
    if (this.#options.notTaken === 'leave') {
      this.#onLeft();
      return fail('E1304', 'left in the gate');
    }
    const { outcome, code } = await this.#capture('notTaken');
    if (code === 'E1302') return ok();
    return outcome === 'done' ? fail('E1304', 'retained') : fail(code ?? 'E1305', 'could not be retained');
  }

  async #capture(why: CaptureReason): Promise<PrintCompletion> {
    const noted = this.#deps.capturing?.(why);
    if (noted && !noted.ok) return { outcome: 'failed', code: noted.error.code, printed: 0 };
    const completion = await this.retain();
    noted?.value(completion);
    return completion;
  }
}
