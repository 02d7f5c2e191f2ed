import type { DeviceConfig } from '@kiosk/contract/config.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { newId } from '@kiosk/contract/kernel/ids.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { EventPayload } from '@kiosk/contract/kernel/service.ts';
import type {
  DeviceHostState,
  DeviceKind,
  DeviceStatus,
  PrintCompletion,
  deviceHost,
} from '@kiosk/contract/services/device-host.ts';
import type { CabinetInputs } from '@kiosk/contract/services/devices.ts';
import type { CaptureReason, DeviceHealth, Driver } from '../drivers/driver.ts';
import type { Log } from '../log.ts';
import type { Capability } from '../plugin/messages.ts';
import { ABSENT, Bay, type BayEvent } from './bay.ts';
import type { Ledger } from './ledger.ts';

export type BoardState = Pick<DeviceHostState, 'devices' | 'cabinet' | 'captures' | 'lastEvent'>;
type Events = { readonly [E in keyof (typeof deviceHost)['events']]: EventPayload<typeof deviceHost, E> };

export interface BoardDeps {
  readonly drivers: ReadonlyMap<string, Driver<DeviceKind>>;
  readonly clock: Clock;
  readonly log: Log;
  readonly ledger: Ledger;
  readonly onChange: (state: BoardState) => void;
  readonly onEvent: <E extends keyof Events>(name: E, payload: Events[E]) => void;
}

/** What a device is waited for by. */
type Row = Pick<Bay<DeviceKind>, 'id' | 'turns'>;

interface Installed {
  readonly bay: Bay<DeviceKind>;
  /** UTC ms of the last change of state or code. */
  since: number;
  /** An operation runs that nothing else may interrupt. */
  busy: boolean;
}

/** The devices of this machine: made from its configuration, watched, and shown as one list of statuses. */
export class Board {
  readonly #deps: BoardDeps;
  readonly #installed = new Map<string, Installed>();
  #shown = '';
  #cabinet: CabinetInputs | undefined;
  #lastEvent = 0;

  private constructor(deps: BoardDeps) {
    this.#deps = deps;
  }

  /** Errors: E8101 with the field, its value and what is allowed. */
  static create(configs: readonly DeviceConfig[], deps: BoardDeps): Result<Board> {
    const board = new Board(deps);
    for (const [index, config] of configs.entries()) {
      const fits = checkPlace(configs, index, deps.drivers);
      if (!fits.ok) return fits;
      const added = board.#add(config, fits.value);
      if (!added.ok) return added;
    }
    return ok(board);
  }

  start(): void {
    for (const { bay } of this.#installed.values()) bay.start();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#installed.values()].map(({ bay }) => bay.stop()));
  }

  find(id: string): Result<Bay<DeviceKind>> {
    const found = this.#installed.get(id);
    const known = [...this.#installed.keys()].join(', ');
    return found ? ok(found.bay) : fail('E9005', `no device is called ${id}; there are: ${known}`);
  }

  /** A machine has one device of a kind; of several, the first in the configuration serves. Error: not there. */
  first<K extends DeviceKind>(kind: K): Result<Bay<K>> {
    const bays = [...this.#installed.values()].map(({ bay }) => bay);
    const found = bays.find((bay) => isOf(bay, kind));
    return found ? ok(found) : fail(ABSENT[kind], 'no such device is configured');
  }

  /** The vendor's library that offers this; of several, the first in the configuration. Error: E1701, also while it is away. */
  offering(capability: Capability): Result<Bay<'vendorPlugin'>> {
    const bays = [...this.#installed.values()].map(({ bay }) => bay);
    const all: readonly Bay<'vendorPlugin'>[] = bays.filter((bay) => isOf(bay, 'vendorPlugin'));
    const found = all.find((bay) => bay.look((plugin) => plugin.offers(capability)));
    return found ? ok(found) : fail(ABSENT.vendorPlugin, `no plug-in that runs offers ${capability}`);
  }

  /** For what nobody should wait for: paper. Error: E9010 when the device is at work or somebody waits for it. */
  async alone<T>(bay: Row, signal: AbortSignal, work: () => Promise<Result<T>>): Promise<Result<T>> {
    return bay.turns.free ? this.inTurn(bay, signal, work, { busy: true }) : fail('E9010', bay.id);
  }

  /**
   * For what a person waits at: cards, keys, codes. A second caller waits for its turn; the former one is a session that
   * is just being ended, and its connection closes a moment after the next one asks. `busy`: shown in the status.
   */
  inTurn<T>(bay: Row, signal: AbortSignal, work: () => Promise<Result<T>>, { busy = false } = {}): Promise<Result<T>> {
    return bay.turns.take(signal, async () => {
      if (busy) this.#setBusy(bay.id, true);
      try {
        return await work();
      } finally {
        if (busy) this.#setBusy(bay.id, false);
      }
    });
  }

  state(): BoardState {
    const devices = [...this.#installed.values()].map((installed) => this.#statusOf(installed));
    const captures = this.#deps.ledger.captures();
    return {
      devices,
      ...(this.#cabinet ? { cabinet: this.#cabinet } : {}),
      ...(captures.length > 0 ? { captures } : {}),
      lastEvent: this.#lastEvent,
    };
  }

  #statusOf({ bay, since, busy }: Installed): DeviceStatus {
    const { id, kind, driver, health } = bay;
    const { capabilities } = driver;
    const open = kind === 'ioBoard' && (this.#cabinet?.doorOpen || this.#cabinet?.tampered);
    const warned = !open || health.code === 'E1602' || health.warnings.includes('E1602');
    return {
      ...health,
      warnings: warned ? health.warnings : [...health.warnings, 'E1602'],
      id,
      kind,
      driver: driver.name,
      since,
      state: busy && health.state === 'ready' ? 'busy' : health.state,
      ...((health.capabilities ?? capabilities) ? { capabilities: health.capabilities ?? capabilities } : {}),
      counters: this.#deps.ledger.counters(id),
    };
  }

  #add(config: DeviceConfig, driver: Driver<DeviceKind>): Result<void> {
    const { clock, log } = this.#deps;
    const bay: Bay<DeviceKind> = new Bay<DeviceKind>(config, driver, {
      clock,
      log,
      onHealth: (before) => this.#onHealth(installed, before),
      onEvent: (event) => this.#onEvent(bay, event),
      onCapture: (why) => this.#capturing(bay, why),
    });
    const installed: Installed = { bay, since: clock.now(), busy: false };
    this.#installed.set(config.id, installed);
    return bay.create();
  }

  #onHealth(installed: Installed, before: DeviceHealth): void {
    const { clock, log, ledger } = this.#deps;
    const { id, health, kind } = installed.bay;
    const { state, code } = health;
    if (before.state !== state || before.code !== code) {
      installed.since = clock.now();
      log('info', 'device changed', { device: id, state, code });
      const change = { at: installed.since, state, ...(code === undefined ? {} : { code }) };
      const noted = ledger.noteChange(id, change);
      if (!noted.ok) log('error', 'history not kept', { device: id, code: noted.error.code });
      this.#tell('statusChanged', (seq) => ({ seq, deviceId: id, change }));
    }
    if (kind === 'ioBoard') this.#lookAtCabinet();
    this.#changed();
  }

  #onEvent({ id }: Bay<DeviceKind>, event: BayEvent): void {
    const { ledger, log } = this.#deps;
    switch (event.type) {
      case 'cardLifted':
        this.#tell('cardLifted', (seq) => ({ seq, deviceId: id }));
        break;
      case 'cabinetChanged':
        this.#lookAtCabinet();
        break;
      case 'counted': {
        const counted = ledger.count(id, event.counter, event.by);
        if (!counted.ok) log('error', 'counter not kept', { device: id, code: counted.error.code });
      }
    }
    this.#changed();
  }

  /** Noted before the motor turns; shown in the snapshot and in the device's history when it has ended. */
  #capturing({ id, health }: Bay<DeviceKind>, why: CaptureReason): Result<(completion: PrintCompletion) => void> {
    const { ledger, clock, log } = this.#deps;
    const operationId = newId(clock.now());
    const noted = ledger.startCapture({ operationId, deviceId: id }, why, clock.now());
    if (!noted.ok) return noted;
    return ok((completion) => {
      const { outcome, code } = completion;
      log('warn', 'a card was taken by policy', { device: id, why, operationId, outcome, code });
      const at = clock.now();
      const written = [
        ledger.settle(operationId, completion, at),
        ledger.noteChange(id, { at, state: health.state, code: code ?? 'E1304' }),
      ].find((result) => !result.ok);
      if (written) log('error', 'ledger not written', { operationId, code: written.error.code });
      this.#changed();
    });
  }

  /** The journal has it. */
  acknowledgeCapture(operationId: string): Result<void> {
    const noted = this.#deps.ledger.noteJournaled(operationId);
    this.#changed();
    return noted;
  }

  /** What a board saw that does not answer any more is not known. */
  #lookAtCabinet(): void {
    const board = this.first('ioBoard');
    if (!board.ok) return;
    const answers = board.value.health.state === 'ready' || board.value.health.state === 'fault';
    const cabinet = answers ? board.value.look((device) => device.inputs()) : undefined;
    if (JSON.stringify(cabinet) === JSON.stringify(this.#cabinet)) return;
    this.#cabinet = cabinet;
    this.#deps.log('info', 'cabinet changed', { ...cabinet });
    if (cabinet) this.#tell('cabinetChanged', (seq) => ({ seq, cabinet }));
  }

  #tell<E extends keyof Events>(name: E, payload: (seq: number) => Events[E]): void {
    this.#deps.onEvent(name, payload(++this.#lastEvent));
  }

  #setBusy(id: string, busy: boolean): void {
    const installed = this.#installed.get(id);
    if (installed) installed.busy = busy;
    this.#changed();
  }

  #changed(): void {
    const state = this.state();
    const shown = JSON.stringify(state);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#deps.onChange(state);
  }
}

function isOf<K extends DeviceKind>(bay: Bay<DeviceKind>, kind: K): bay is Bay<DeviceKind> & Bay<K> {
  return bay.kind === kind;
}

/** The driver of a device whose place in the configuration is its own. Error: E8101. */
function checkPlace(
  configs: readonly DeviceConfig[],
  index: number,
  drivers: BoardDeps['drivers'],
): Result<Driver<DeviceKind>> {
  const { id, driver: name, port } = configs[index]!;
  const at = `devices.${index}`;
  const former = configs.slice(0, index);
  const driver = drivers.get(name);
  if (!driver) return fail('E8101', `${at}.driver: "${name}" is no driver; allowed: ${[...drivers.keys()].join(', ')}`);
  if (former.some((other) => other.id === id))
    return fail('E8101', `${at}.id: "${id}" is taken; each device has its own`);
  // Two plug-ins may be one program with different arguments; a port is one device's.
  const sharing = driver.kind === 'vendorPlugin' ? undefined : former.find((other) => other.port === port);
  if (sharing) return fail('E8101', `${at}.port: "${port}" is the port of ${sharing.id}; each device has its own`);
  return ok(driver);
}
