import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { PrintCompletion, Supply } from '@kiosk/contract/services/device-host.ts';
import type { SlipDocument } from '@kiosk/contract/slip.ts';
import { CONDITION_CODES, type SlipPrinterStatus } from '../../codec/escpos-status.ts';
import { type SlipEncoding, encodeSlip } from '../../codec/escpos.ts';
import type { Transport } from '../../transport/transport.ts';
import type { DeviceHealth, DriverDeps, SelfTestStep, SlipPrinterDevice } from '../driver.ts';
import { stepTimer } from '../self-test.ts';
import { Dialogue } from './dialogue.ts';

export interface SlipPrinterTimes {
  /** How long one answer may take. */
  readonly answerMs: number;
  /** Pause between two looks at an idle printer. */
  readonly heartbeatMs: number;
  /** First and longest pause before connecting again. */
  readonly reconnectMs: readonly [number, number];
  /** How long the printer may take for one slip. */
  readonly printMs: number;
}

/** Bytes given to the line at once: a lost connection is noticed between two of them. */
const CHUNK_BYTES = 512;
/** GS V 66 0: feed to the cutter and cut. */
const CUT_OFF_REMAINS = Uint8Array.of(0x1d, 0x56, 0x42, 0);
const UNKNOWN: PrintCompletion = { outcome: 'unknown', code: 'E4207', printed: 0 };

export function slipPrinterDevice(
  transport: Transport,
  encoding: SlipEncoding,
  times: SlipPrinterTimes,
  deps: DriverDeps,
): SlipPrinterDevice {
  return new SlipPrinter(transport, encoding, times, deps);
}

class SlipPrinter implements SlipPrinterDevice {
  readonly #transport: Transport;
  readonly #encoding: SlipEncoding;
  readonly #times: SlipPrinterTimes;
  readonly #deps: DriverDeps;
  readonly #clock: Clock;
  readonly #dialogue: Dialogue;
  #health: DeviceHealth = { state: 'starting', warnings: [] };
  #running: Promise<void> | undefined;
  #stopping = new AbortController();
  /** One conversation at a time: an operation waits for a heartbeat that is under way. */
  #line: Promise<unknown> = Promise.resolve();
  #wake: () => void = () => {};
  /** Part of a slip that failed still hangs in the slot; it is cut off before the next one. */
  #remains = false;
  /** This connection has answered its first question; before that no report of its own counts. */
  #greeted = false;
  #connections = 0;

  constructor(transport: Transport, encoding: SlipEncoding, times: SlipPrinterTimes, deps: DriverDeps) {
    this.#transport = transport;
    this.#encoding = encoding;
    this.#times = times;
    this.#deps = deps;
    this.#clock = deps.clock;
    this.#dialogue = new Dialogue(transport, deps.clock, times.answerMs, deps.trace);
    this.#dialogue.onReport((status) => this.#greeted && this.#show(status));
    transport.onClosed(() => this.#wake());
  }

  start(): void {
    this.#running ??= this.#run();
  }

  status(): DeviceHealth {
    return this.#health;
  }

  async stop(): Promise<void> {
    this.#stopping.abort('E9001');
    this.#wake();
    await this.#line;
    await this.#transport.close();
    await this.#running;
  }

  print(slip: SlipDocument, { signal }: { readonly signal: AbortSignal }): Promise<Result<PrintCompletion>> {
    return this.#alone(async () => {
      const refused = await this.#refusal();
      if (refused) return refused;
      if (signal.aborted) return fail(String(signal.reason));
      const completion = await this.#printNow(slip, AbortSignal.any([signal, this.#stopping.signal]));
      if (completion.outcome === 'done') this.#deps.onEvent({ type: 'counted', counter: 'slips', by: 1 });
      else this.#deps.log('warn', 'slip not printed', { outcome: completion.outcome, code: completion.code });
      return ok(completion);
    });
  }

  async selfTest(): Promise<readonly SelfTestStep[]> {
    return this.#alone(async () => {
      const step = stepTimer(this.#clock);
      const connected = this.#transport.isOpen;
      const connection = step({ name: 'connection', passed: connected, detail: this.#transport.place, code: 'E4201' });
      const status = connected ? await this.#dialogue.status() : undefined;
      const detail = status ? 'DLE EOT 1-4' : `none in ${this.#times.answerMs} ms`;
      const answer = step({ name: 'answer', passed: status !== undefined, detail, code: 'E4201' });
      if (!status) return [connection, answer];
      this.#show(status);
      const { condition, paperNearEnd } = status;
      const free = (of: keyof typeof CONDITION_CODES) => ({ passed: condition !== of, code: CONDITION_CODES[of] });
      return [
        connection,
        answer,
        step({ name: 'cover', ...free('coverOpen') }),
        step({ name: 'paper', ...free('paperEnd'), ...(paperNearEnd ? { detail: 'near end' } : {}) }),
        step({ name: 'cutter', ...free('cutterError') }),
        step({
          name: 'ready',
          passed: condition === 'ready',
          detail: condition,
          ...(condition === 'ready' ? {} : { code: CONDITION_CODES[condition] }),
        }),
      ];
    });
  }

  async #refusal(): Promise<Result<never> | undefined> {
    if (!this.#transport.isOpen) return fail('E4201', `${this.#transport.place} is not connected`);
    // One lost answer is no reason to send a person away: nothing has moved, so it may be asked again.
    const status = (await this.#dialogue.status()) ?? (await this.#dialogue.status());
    if (!status) return fail('E4201', `${this.#transport.place} does not answer DLE EOT`);
    this.#show(status);
    if (status.condition !== 'ready') return fail(CONDITION_CODES[status.condition], status.condition);
    return undefined;
  }

  /** From here on bytes leave: a slip is sent once, whatever happens. */
  async #printNow(slip: SlipDocument, signal: AbortSignal): Promise<PrintCompletion> {
    const bytes = encodeSlip(slip, this.#encoding);
    const all = this.#remains ? Buffer.concat([CUT_OFF_REMAINS, bytes]) : bytes;
    this.#remains = true;
    for (let sent = 0; sent < all.length; sent += CHUNK_BYTES) {
      if (signal.aborted) break;
      const chunk = all.subarray(sent, sent + CHUNK_BYTES);
      // What is on a slip is the depositor's; that it was sent is all a trace may tell.
      this.#deps.trace?.('out', chunk, 'all');
      const written = await this.#transport.write(chunk);
      if (!written.ok) return UNKNOWN;
    }
    const turn = await this.#dialogue.printedAll(this.#times.printMs, signal);
    switch (turn.type) {
      case 'printed': {
        this.#remains = false;
        // How the paper stands now is for the next slip; nobody who has this one need wait for it.
        void this.#alone(async () => {
          const status = await this.#dialogue.status();
          if (status) this.#show(status);
        });
        return { outcome: 'done', printed: 1 };
      }
      case 'stopped': {
        this.#show(turn.status);
        await this.#dialogue.clearBuffers();
        const { condition } = turn.status;
        return condition === 'ready' ? UNKNOWN : { outcome: 'failed', code: CONDITION_CODES[condition], printed: 0 };
      }
      case 'aborted':
      case 'silent':
        await this.#dialogue.clearBuffers();
        return UNKNOWN;
      case 'lost':
        return UNKNOWN;
    }
  }

  /** Connects, looks after the connection, connects again; ends when the device is stopped. */
  async #run(): Promise<void> {
    const [first, longest] = this.#times.reconnectMs;
    let pause = first;
    while (!this.#stopping.signal.aborted) {
      if (await this.#connect()) {
        pause = first;
        await this.#lookAfter();
      }
      this.#greeted = false;
      await this.#transport.close();
      if (this.#stopping.signal.aborted) return;
      this.#setHealth({ state: 'offline', code: 'E4201', warnings: [] });
      await this.#pause(pause);
      pause = Math.min(pause * 2, longest);
    }
  }

  async #connect(): Promise<boolean> {
    const opened = await this.#transport.open();
    if (!opened.ok) return false;
    return this.#alone(async () => {
      const status = (await this.#dialogue.begin()) ? await this.#dialogue.status() : undefined;
      if (!status) return false;
      this.#greeted = true;
      if (this.#connections++ > 0) this.#deps.onEvent({ type: 'counted', counter: 'resets', by: 1 });
      this.#show(status);
      return true;
    });
  }

  /** A missed heartbeat is asked again before it counts: one lost byte is not a lost printer. */
  async #lookAfter(): Promise<void> {
    let missed = 0;
    while (missed < 2 && this.#transport.isOpen && !this.#stopping.signal.aborted) {
      if (missed === 0) await this.#pause(this.#times.heartbeatMs);
      if (!this.#transport.isOpen || this.#stopping.signal.aborted) return;
      const status = await this.#alone(() => this.#dialogue.status());
      missed = status ? 0 : missed + 1;
      if (status) this.#show(status);
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const stopTimer = this.#clock.after(ms, resolve);
      this.#wake = () => {
        stopTimer();
        resolve();
      };
    });
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#line.then(work);
    this.#line = result.catch(() => {});
    return result;
  }

  #show({ condition, paperNearEnd }: SlipPrinterStatus): void {
    const level = condition === 'paperEnd' ? 'out' : paperNearEnd ? 'low' : 'full';
    const warnings = level === 'low' ? ['E4209'] : [];
    const supplies: Supply[] = [{ kind: 'paper', level }];
    if (condition === 'ready') this.#setHealth({ state: 'ready', warnings, supplies });
    else this.#setHealth({ state: 'fault', code: CONDITION_CODES[condition], warnings, supplies });
  }

  #setHealth(health: DeviceHealth): void {
    if (JSON.stringify(health) === JSON.stringify(this.#health)) return;
    this.#health = health;
    this.#deps.onStatus(health);
  }
}
