import type { ReaderAnswer, ReaderCommand } from '@kiosk/device-drivers/codec/f2.ts';
import type { SyntheticCard } from '@kiosk/device-drivers/suites/synthetic-card.ts';
import { type ChipFault, type ChipStep, VirtualChip } from './chip.ts';

export type MotorStep =
  | 'initialise'
  | 'status'
  | 'sensors'
  | 'enableEntry'
  | 'disableEntry'
  | 'toChip'
  | 'chipOn'
  | ChipStep
  | 'chipOff'
  | 'releaseChip'
  | 'stripe'
  | 'eject'
  | 'retrieve'
  | 'retain';

/**
 * Faults of the mechanics. pulled: the card is torn out at that step; jam: it sticks from that step on until somebody
 * opens the machine; device: the motor is dead; chipMute: the chip does not start; binFull; powerLoss: the reader
 * restarts, the card stays.
 */
export const CARD_FAULTS = ['pulled', 'jam', 'device', 'chipMute', 'binFull', 'powerLoss'] as const;
export type CardFault = (typeof CARD_FAULTS)[number];
export type MechanicalFault = CardFault | ChipFault;

/** What the family calls things. */
export interface MotorFamily {
  /** undefined: the reader does not know the command. */
  readonly step: (command: ReaderCommand) => Exclude<MotorStep, ChipStep> | 'apdu' | undefined;
  readonly status: (position: 'none' | 'gate' | 'inside', binFull: boolean) => string;
  /** The stripe by which track was asked for. undefined: blank. */
  readonly track: (card: SyntheticCard, command: ReaderCommand) => Uint8Array | undefined;
  readonly firmware: string;
  /** Moving the card takes the contacts away. */
  readonly releasesByMoving: boolean;
  /** A card must be drawn in from the gate before it can be captured. */
  readonly retrievesFirst: boolean;
}

/** Says whether a fault happens now, and counts it. */
interface Due {
  take(fault: MechanicalFault, step: MotorStep): boolean;
}

const NOTHING = new Uint8Array(0);
const ATR = Buffer.from('3B6800000073C84000009000', 'hex');

/** The mechanics of a motorised reader with at most one card. A command in, an answer out. */
export class MotorBody {
  readonly #family: MotorFamily;
  readonly #faults: Due;
  readonly #random: (below: number) => number;
  #card: { readonly spec: SyntheticCard; readonly chip: VirtualChip } | undefined;
  #at: 'none' | 'gate' | 'inside' = 'none';
  #contacts = false;
  #powered = false;
  #entry = false;
  #initialised = false;
  #jammed = false;
  #binFull = false;
  retained = 0;
  /** What must never happen: a card moved under power or under its contacts. */
  harm: string[] = [];

  constructor(family: MotorFamily, faults: Due, random: (below: number) => number) {
    this.#family = family;
    this.#faults = faults;
    this.#random = random;
  }

  get position(): 'none' | 'gate' | 'inside' {
    return this.#at;
  }

  insert(spec: SyntheticCard): void {
    if (this.#card) throw new Error('a card is in the reader already');
    const due = (fault: ChipFault, step: ChipStep) => this.#faults.take(fault, step);
    this.#card = { spec, chip: new VirtualChip(spec, due, this.#random) };
    this.#at = 'gate';
    this.#drawIn();
  }

  /** A person takes the card that stands in the gate; nothing when there is none. */
  take(): boolean {
    if (this.#at !== 'gate') return false;
    this.#remove();
    return true;
  }

  /** A technician opens the machine: card out, bin emptied, jam gone. */
  empty(): void {
    this.#remove();
    this.#jammed = false;
    this.#binFull = false;
    this.harm = [];
  }

  fillBin(): void {
    this.#binFull = true;
  }

  restart(): void {
    this.#initialised = false;
    this.#entry = false;
    this.#contacts = false;
    this.#powered = false;
  }

  step(command: ReaderCommand): MotorStep | undefined {
    const step = this.#family.step(command);
    return step === 'apdu' ? (VirtualChip.step(command.data ?? NOTHING) ?? 'record') : step;
  }

  /** undefined: the power went away instead. */
  run(command: ReaderCommand): ReaderAnswer | undefined {
    const step = this.step(command);
    const bad = (code: string) => ({ ...pair(command), good: false, code, data: NOTHING });
    if (!step) return bad('00');
    if (this.#faults.take('powerLoss', step)) {
      this.restart();
      return undefined;
    }
    if (this.#faults.take('binFull', step)) this.#binFull = true;
    if (this.#faults.take('device', step)) return bad('51');
    if (step !== 'initialise' && !this.#initialised) return bad('B0');
    if (this.#faults.take('pulled', step) && this.#card) {
      this.#remove();
      if (step !== 'initialise' && step !== 'status') return bad('16');
    }
    if (this.#faults.take('jam', step)) this.#jammed = true;
    if (this.#jammed && step !== 'sensors') return bad('10');
    const done = this.#do(step, command);
    if (typeof done === 'string') return bad(done);
    return { ...pair(command), good: true, code: this.#family.status(this.#at, this.#binFull), data: done };
  }

  #do(step: MotorStep, command: ReaderCommand): Uint8Array | string {
    switch (step) {
      case 'initialise':
        this.#initialised = true;
        this.#entry = false;
        this.#contacts = false;
        this.#powered = false;
        return Buffer.from(this.#family.firmware, 'latin1');
      case 'status':
      case 'sensors':
        return NOTHING;
      case 'enableEntry':
        this.#entry = true;
        this.#drawIn();
        return NOTHING;
      case 'disableEntry':
        this.#entry = false;
        return NOTHING;
      case 'toChip':
        if (this.#at !== 'inside') return '02';
        this.#contacts = true;
        return NOTHING;
      case 'chipOn':
        if (!this.#contacts) return '02';
        if (!this.#card?.spec.chip || this.#faults.take('chipMute', step)) return '61';
        this.#card.chip.reset();
        this.#powered = true;
        return ATR;
      case 'chipOff':
        this.#powered = false;
        return NOTHING;
      case 'releaseChip':
        if (this.#powered) this.harm.push('contacts released under power');
        this.#contacts = false;
        return NOTHING;
      case 'stripe': {
        if (this.#at !== 'inside') return '02';
        const track = this.#card?.spec.stripe ? this.#family.track(this.#card.spec, command) : undefined;
        return track ?? '24';
      }
      case 'eject':
        if (this.#at === 'none') return '02';
        this.#move();
        this.#at = 'gate';
        return NOTHING;
      case 'retrieve':
        if (this.#at !== 'gate') return '02';
        this.#at = 'inside';
        return NOTHING;
      case 'retain':
        if (this.#at === 'none' || (this.#family.retrievesFirst && this.#at === 'gate')) return '02';
        if (this.#binFull) return '50';
        this.#move();
        this.#remove();
        this.retained++;
        return NOTHING;
      default:
        if (!this.#powered || !this.#card) return '65';
        return this.#card.chip.answer(command.data ?? NOTHING);
    }
  }

  #drawIn(): void {
    if (this.#at === 'gate' && this.#entry && this.#initialised) this.#at = 'inside';
  }

  #move(): void {
    if (this.#powered) this.harm.push('card moved while its chip had power');
    if (this.#contacts && !this.#family.releasesByMoving) this.harm.push('card moved under the contacts');
    this.#contacts = false;
    this.#powered = false;
  }

  #remove(): void {
    this.#card = undefined;
    this.#at = 'none';
    this.#contacts = false;
    this.#powered = false;
  }
}

const pair = ({ cm, pm }: ReaderCommand) => ({ cm, pm });
