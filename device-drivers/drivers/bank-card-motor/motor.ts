import { type Failure, type Result, err, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { CardPosition } from '@kiosk/contract/services/devices.ts';
import type { ErrorClass, ReaderAnswer, ReaderCommand } from '../../codec/f2.ts';
import type { Transport } from '../../transport/transport.ts';
import type { DriverDeps } from '../driver.ts';
import type { Dialect } from './dialect.ts';
import { ReaderLink } from './link.ts';
import type { MotorOptions } from './options.ts';

/** Catalogue code of what a reader's error means for whoever asked. */
const CODES: Readonly<Record<ErrorClass, string>> = {
  notInitialised: 'E1301',
  command: 'E1303',
  jam: 'E1305',
  pulled: 'E1302',
  notTaken: 'E1304',
  binFull: 'E1306',
  notRetained: 'E1305',
  card: 'E1303',
  noCard: 'E1302',
  chip: 'E1303',
  stripe: 'E1303',
  device: 'E1308',
  unknown: 'E1308',
};
/** After these nothing works before the reader was initialised again. */
const NEEDS_RESTART: readonly ErrorClass[] = ['notInitialised', 'jam', 'binFull', 'device', 'notRetained'];

export interface Trouble extends Failure {
  readonly is?: ErrorClass | undefined;
}

/** The mechanics of one connection: commands, where the card stands, whether its chip has power. */
export class Motor {
  readonly dialect: Dialect;
  readonly link: ReaderLink;
  readonly #options: MotorOptions;
  readonly #deps: DriverDeps;
  readonly #onTrouble: () => void;
  position: CardPosition = 'unknown';
  /** The card in the gate was put there by us. */
  givenBack = false;
  /** Why this connection must be given up. */
  trouble: Failure | undefined;
  #chipOn = false;

  constructor(
    transport: Transport,
    dialect: Dialect,
    options: MotorOptions,
    restMs: number,
    deps: DriverDeps,
    onTrouble: () => void,
  ) {
    this.dialect = dialect;
    this.#options = options;
    this.#deps = deps;
    this.#onTrouble = onTrouble;
    const { ackMs, tries, gapMs } = options;
    this.link = new ReaderLink(transport, dialect, deps, { ackMs, tries, gapMs, restMs }, (detail) =>
      this.#giveUp({ code: 'E1301', detail }),
    );
  }

  /** Opens the port and initialises; the value is what the reader calls itself. */
  async connect(): Promise<Result<string>> {
    this.trouble = undefined;
    this.#chipOn = false;
    const opened = await this.link.open();
    if (!opened.ok) return fail('E1301', opened.error.detail);
    const initialised = await this.run(this.dialect.initialise);
    if (!initialised.ok) return initialised;
    const text = Buffer.from(initialised.value.data.subarray(0, 40)).toString('latin1');
    return ok(text.replace(/[^\x20-\x7e]/g, '').trim());
  }

  async close(): Promise<void> {
    if (this.position !== 'jammed') this.position = 'unknown';
    await this.link.close();
  }

  /** Asks where the card is. */
  async look(): Promise<Result<void>> {
    const looked = await this.run(this.dialect.status);
    if (!looked.ok) return looked;
    if (!this.dialect.binFull(looked.value)) return ok();
    const full = { code: 'E1306', detail: 'bin is full' };
    this.#giveUp(full);
    return err(full);
  }

  /** One command. A failure of the line, and an error after which nothing works, give up the connection. */
  async run(command: ReaderCommand, signal?: AbortSignal): Promise<Result<ReaderAnswer, Trouble>> {
    if (this.trouble) return err(this.trouble);
    const result = await this.link.command(command, this.#options.answerMs, signal);
    if (!result.ok) {
      const { reason, detail } = result.error;
      if (reason === 'cancelled') return fail('E9001', detail);
      const failure = { code: 'E1301', detail: `${nameOf(command)}: ${reason}, ${detail}` };
      this.#giveUp(failure);
      return err(failure);
    }
    const answer = result.value;
    if (answer.good) {
      this.position = this.dialect.position(answer) ?? this.position;
      if (this.position !== 'gate') this.givenBack = false;
      return ok(answer);
    }
    // One firmware sends its tracks under the head of an error.
    if (answer.data.length > 0 && this.dialect.stripe.some((read) => read.command === command)) return ok(answer);
    const { is, text } = this.dialect.meaning(answer.code);
    const failure: Trouble = {
      code: CODES[is],
      detail: `${nameOf(command)}: error ${printable(answer.code)}, ${text}`,
      is,
    };
    if (is === 'jam') this.position = 'jammed';
    if (is === 'pulled') this.position = 'unknown';
    if (NEEDS_RESTART.includes(is)) this.#giveUp(failure);
    return err(failure);
  }

  async enableEntry(): Promise<Result<void, Trouble>> {
    return toVoid(await this.run(this.dialect.enableEntry));
  }

  async disableEntry(): Promise<Result<void, Trouble>> {
    return toVoid(await this.run(this.dialect.disableEntry));
  }

  /** Contacts on the chip, and power. */
  async chipOn(): Promise<Result<void, Trouble>> {
    // Set first: after an error or an abort the contacts may be down all the same.
    this.#chipOn = true;
    const there = await this.run(this.dialect.toChip);
    if (!there.ok) return there;
    return toVoid(await this.run(this.dialect.chipOn));
  }

  /** Always before the card is moved: contacts that drag over a powered chip harm both. */
  async chipOff(): Promise<void> {
    if (!this.#chipOn) return;
    this.#chipOn = false;
    await this.run(this.dialect.chipOff);
    if (this.dialect.releaseChip) await this.run(this.dialect.releaseChip);
  }

  async eject(): Promise<Result<void, Trouble>> {
    await this.chipOff();
    const looked = await this.look();
    if (!looked.ok) return looked;
    if (this.position === 'inside') {
      const moved = await this.run(this.dialect.eject);
      // Not taken in time: it stands in the gate, which is where it should be.
      if (!moved.ok && moved.error.is !== 'notTaken') return moved;
    }
    this.givenBack = true;
    return ok();
  }

  async retain(): Promise<Result<void, Trouble>> {
    await this.chipOff();
    for (const command of this.dialect.retain(this.position)) {
      const moved = await this.run(command);
      if (!moved.ok) return moved;
    }
    return ok();
  }

  /** Ends early when the signal aborts or the connection is given up. */
  pause(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        stop();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const stop = this.#deps.clock.after(ms, done);
      signal.addEventListener('abort', done, { once: true });
    });
  }

  #giveUp(failure: Failure): void {
    this.trouble ??= failure;
    if (this.position !== 'jammed') this.position = 'unknown';
    this.#onTrouble();
  }
}

const nameOf = ({ cm, pm }: ReaderCommand) => `command ${cm.toString(16)} ${pm.toString(16)}`;
/** Only what can be an error number leaves for a log. */
const printable = (code: string) => (/^[0-9A-F]{2}$/.test(code) ? code : '??');

function toVoid(result: Result<ReaderAnswer, Trouble>): Result<void, Trouble> {
  return result.ok ? ok() : result;
}
