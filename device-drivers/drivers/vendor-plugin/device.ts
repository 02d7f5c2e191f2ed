import { accessSync, constants } from 'node:fs';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import { type Picture, type VendorCapabilities, vendorCapabilities } from '../../plugin/capabilities.ts';
import { type Plugin, type PluginSettings, can, createPlugin } from '../../plugin/host.ts';
import { type Capability, type Hello, PHOTO } from '../../plugin/messages.ts';
import type { DeviceHealth, DriverDeps, SelfTestStep, VendorPluginDevice } from '../driver.ts';
import { stepTimer } from '../self-test.ts';
import type { VendorPluginOptions } from './driver.ts';

/** What is tried in a self-test: nobody's data. A library may refuse it with a word; that is an answer too. */
const NOTHING: Picture = { ...PHOTO, rgb: new Uint8Array(PHOTO.width * PHOTO.height * 3) };
const TRIALS = {
  photo: (vendor, signal) => vendor.decodePhoto(new Uint8Array(1_024), { signal }),
  face: (vendor, signal) => vendor.compareFaces(NOTHING, NOTHING, { signal }),
  fingerprint: (vendor, signal) => vendor.compareFingerprints(new Uint8Array(512), new Uint8Array(512), { signal }),
} as const satisfies Partial<
  Record<Capability, (vendor: VendorCapabilities, signal: AbortSignal) => Promise<Result<unknown>>>
>;

/** How `program` is run with these options of the machine configuration; `name` is for the log. */
export function pluginSettings(name: string, program: string, options: VendorPluginOptions): PluginSettings {
  const { args, env, helloWithinMs, answerWithinMs, backOffFirstMs, backOffMostMs } = options;
  return {
    ...{ name, command: program, args, env, helloWithin: helloWithinMs, answerWithin: answerWithinMs },
    ...{ backOffFirst: backOffFirstMs, backOffMost: backOffMostMs },
  };
}

/** Keeps a vendor's library running: started with the machine, and after its end again, ever more rarely while it fails. */
export class VendorPlugin implements VendorPluginDevice {
  readonly #program: string;
  readonly #options: VendorPluginOptions;
  readonly #deps: DriverDeps;
  readonly #plugin: Plugin;
  readonly #vendor: VendorCapabilities;
  #health: DeviceHealth = { state: 'starting', warnings: [] };
  #hello: Hello | undefined;
  #running = false;
  /** It ran before: running again is a reset that counts. */
  #ran = false;
  #failures = 0;
  #cancelRetry: (() => void) | undefined;

  constructor(name: string, program: string, options: VendorPluginOptions, deps: DriverDeps) {
    this.#program = program;
    this.#options = options;
    this.#deps = deps;
    this.#plugin = createPlugin(pluginSettings(name, program, options), {
      clock: deps.clock,
      log: deps.log,
      trace: deps.trace,
      onEnd: () => this.#ended(),
      onFailure: (restsMs) => this.#failed(restsMs),
    });
    this.#vendor = vendorCapabilities(this.#plugin);
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#bringUp();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#cancelRetry?.();
    await this.#plugin.stop();
  }

  status(): DeviceHealth {
    return this.#health;
  }

  offers(capability: Capability): boolean {
    return this.#hello !== undefined && can(this.#hello, capability);
  }

  decodePhoto: VendorCapabilities['decodePhoto'] = (...args) => this.#vendor.decodePhoto(...args);
  captureFace: VendorCapabilities['captureFace'] = (...args) => this.#vendor.captureFace(...args);
  compareFaces: VendorCapabilities['compareFaces'] = (...args) => this.#vendor.compareFaces(...args);
  compareFingerprints: VendorCapabilities['compareFingerprints'] = (...args) =>
    this.#vendor.compareFingerprints(...args);

  async selfTest({ signal }: { readonly signal: AbortSignal }): Promise<readonly SelfTestStep[]> {
    const step = stepTimer(this.#deps.clock);
    const steps = [step({ name: 'program', passed: mayRun(this.#program), detail: this.#program, code: 'E1701' })];
    const hello = await this.#plugin.hello();
    const who = hello.ok ? called(hello.value) : hello.error.detail;
    steps.push(step({ name: 'says who it is', passed: hello.ok, ...(who ? { detail: who } : {}), code: 'E1701' }));
    if (!hello.ok) return steps;
    const { capabilities } = hello.value;
    const detail = capabilities.join(', ');
    steps.push(step({ name: 'offers', passed: this.#lacks(hello.value).length === 0, detail, code: 'E1702' }));
    for (const [capability, trial] of Object.entries(TRIALS)) {
      if (!can(hello.value, capability as Capability)) continue;
      const before = this.#failures;
      const tried = await trial(this.#vendor, signal);
      const answered = tried.ok || (tried.error.code === 'E1701' && this.#failures === before);
      const said = tried.ok ? 'answers' : (tried.error.detail ?? tried.error.code);
      steps.push(step({ name: capability, passed: answered, detail: said, code: 'E1701' }));
      if (!answered) break;
    }
    return steps;
  }

  async #bringUp(): Promise<void> {
    this.#cancelRetry = undefined;
    const hello = await this.#plugin.hello();
    if (!this.#running) return;
    if (!hello.ok) {
      // A timer may be due a moment before the pause is over.
      if (!this.#cancelRetry) this.#retryAfter(this.#options.backOffFirstMs);
      return;
    }
    this.#hello = hello.value;
    const lacks = this.#lacks(hello.value);
    if (lacks.length > 0)
      this.#deps.log('error', 'vendor plug-in lacks what is configured', { lacks: lacks.join(' ') });
    if (this.#ran) this.#deps.onEvent({ type: 'counted', counter: 'resets', by: 1 });
    this.#ran = true;
    this.#setHealth({
      state: lacks.length > 0 ? 'fault' : 'ready',
      code: lacks.length > 0 ? 'E1702' : undefined,
      warnings: [],
      identity: called(hello.value),
      capabilities: { vendor: hello.value.capabilities },
    });
  }

  #failed(restsMs: number): void {
    this.#failures++;
    if (!this.#running) return;
    this.#hello = undefined;
    this.#setHealth({ ...this.#health, state: 'offline', code: 'E1701' });
    this.#retryAfter(restsMs);
  }

  /** Also when it was ended because somebody gave up waiting for its answer: then nothing is wrong, and it starts at once. */
  #ended(): void {
    if (!this.#running || this.#cancelRetry || !this.#hello) return;
    this.#hello = undefined;
    this.#setHealth({ ...this.#health, state: 'starting' });
    void this.#bringUp();
  }

  #retryAfter(ms: number): void {
    this.#cancelRetry?.();
    this.#cancelRetry = this.#deps.clock.after(ms, () => void this.#bringUp());
  }

  #lacks({ capabilities }: Hello): readonly Capability[] {
    return this.#options.capabilities.filter((wanted) => !capabilities.includes(wanted));
  }

  #setHealth(health: DeviceHealth): void {
    this.#health = health;
    this.#deps.onStatus(health);
  }
}

const called = ({ name, version }: Hello) => `${name} ${version}`;

function mayRun(program: string): boolean {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
