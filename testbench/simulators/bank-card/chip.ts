import { type CommandApdu, SW, encodeResponse, parseCommand } from '@kiosk/device-drivers/codec/emv/apdu.ts';
import { PSE } from '@kiosk/device-drivers/codec/emv/read.ts';
import { encodeTlv } from '@kiosk/device-drivers/codec/emv/tlv.ts';
import type { SyntheticCard } from '@kiosk/device-drivers/suites/synthetic-card.ts';

export type ChipStep = 'directory' | 'directoryRecord' | 'application' | 'options' | 'record';
export const CHIP_STEPS: readonly ChipStep[] = ['directory', 'directoryRecord', 'application', 'options', 'record'];

/**
 * getResponse: answers 61xx first; wrongLength: 6Cxx first; badStatus: 6F00; nonsense: noise with 9000; wrongRecords: a
 * file locator that names records there are not; endless: 61xx for ever.
 */
export const CHIP_FAULTS = ['getResponse', 'wrongLength', 'badStatus', 'nonsense', 'wrongRecords', 'endless'] as const;
export type ChipFault = (typeof CHIP_FAULTS)[number];

const AID = Buffer.from('A000000333010101', 'hex');
const DIRECTORY_SFI = 1;
const RECORDS_SFI = 2;
const NOTHING = new Uint8Array(0);

/** The chip of a synthetic UnionPay debit card. It answers what it is asked and keeps the order of a reading. */
export class VirtualChip {
  readonly #card: SyntheticCard;
  readonly #due: (fault: ChipFault, step: ChipStep) => boolean;
  readonly #random: (below: number) => number;
  #waiting: Uint8Array = NOTHING;

  constructor(
    card: SyntheticCard,
    due: (fault: ChipFault, step: ChipStep) => boolean,
    random: (below: number) => number,
  ) {
    this.#card = card;
    this.#due = due;
    this.#random = random;
  }

  /** The step a command belongs to; undefined: to none, as GET RESPONSE. */
  static step(bytes: Uint8Array): ChipStep | undefined {
    const command = parseCommand(bytes);
    if (command?.ins === 0xa4) return PSE.equals(command.data ?? NOTHING) ? 'directory' : 'application';
    if (command?.ins === 0xa8) return 'options';
    if (command?.ins === 0xb2) return command.p2 >> 3 === DIRECTORY_SFI ? 'directoryRecord' : 'record';
    return undefined;
  }

  reset(): void {
    this.#waiting = NOTHING;
  }

  answer(bytes: Uint8Array): Uint8Array {
    const command = parseCommand(bytes);
    if (!command) return status(0x6700);
    if (command.ins === 0xc0) return this.#fetch(command.le ?? 256);
    const step = VirtualChip.step(bytes);
    if (!step) return status(0x6d00);
    const data = this.#data(step, command);
    if (data === undefined)
      return status(step === 'record' || step === 'directoryRecord' ? SW.recordNotFound : SW.notFound);
    if (this.#due('badStatus', step)) return status(0x6f00);
    if (this.#due('nonsense', step)) return encodeResponse({ data: data.map(() => this.#random(256)), sw: SW.success });
    if (this.#due('endless', step)) return status(0x6110);
    const short = data.length & 0xff;
    if (command.le !== data.length && this.#due('wrongLength', step)) return status(0x6c00 | short);
    if (this.#due('getResponse', step)) {
      this.#waiting = data;
      return status(0x6100 | short);
    }
    return encodeResponse({ data, sw: SW.success });
  }

  #fetch(length: number): Uint8Array {
    if (this.#waiting.length === 0) return status(0x6110);
    const part = this.#waiting.subarray(0, length);
    this.#waiting = this.#waiting.subarray(length);
    return encodeResponse({ data: part, sw: SW.success });
  }

  #data(step: ChipStep, { data = NOTHING, p1, p2 }: CommandApdu): Uint8Array | undefined {
    const { directory, pdol, options } = this.#card;
    switch (step) {
      case 'directory':
        if (!directory) return undefined;
        return encodeTlv(0x6f, encodeTlv(0x84, PSE), encodeTlv(0xa5, encodeTlv(0x88, Uint8Array.of(DIRECTORY_SFI))));
      case 'directoryRecord':
        if (p1 !== 1 || !directory) return undefined;
        return encodeTlv(0x70, encodeTlv(0x61, encodeTlv(0x4f, AID), encodeTlv(0x50, ascii('PBOC DEBIT'))));
      case 'application': {
        if (!AID.equals(data)) return undefined;
        // Date, unpredictable number, terminal country: what Chinese cards like to know.
        const wants = encodeTlv(0x9f38, Uint8Array.of(0x9a, 3, 0x9f, 0x37, 4, 0x9f, 0x1a, 2));
        return encodeTlv(
          0x6f,
          encodeTlv(0x84, AID),
          encodeTlv(0xa5, encodeTlv(0x50, ascii('PBOC')), pdol ? wants : NOTHING),
        );
      }
      case 'options': {
        if (data.length !== 2 + (pdol ? 9 : 0)) return undefined;
        const last = this.#due('wrongRecords', 'options') ? 9 : 2;
        const afl = Uint8Array.of(RECORDS_SFI << 3, last === 9 ? 7 : 1, last, 0);
        const profile = Uint8Array.of(0x7c, 0x00);
        if (options === '80') return encodeTlv(0x80, profile, afl);
        return encodeTlv(0x77, encodeTlv(0x82, profile), encodeTlv(0x94, afl));
      }
      case 'record':
        return p2 >> 3 === RECORDS_SFI ? this.#record(p1) : undefined;
    }
  }

  #record(number: number): Uint8Array | undefined {
    const { number: pan, expires, holder, numberIn } = this.#card;
    const yymm = expires ? expires.slice(2).replace('-', '') : '0000';
    if (number === 1) {
      const name = encodeTlv(0x5f20, ascii('  '));
      const document = holder ? [encodeTlv(0x9f61, ascii(holder.padEnd(40))), encodeTlv(0x9f62, Uint8Array.of(0))] : [];
      return encodeTlv(0x70, encodeTlv(0x57, packed(`${pan}D${yymm}220`)), name, ...document);
    }
    if (number !== 2) return undefined;
    const panObject = numberIn === '5A' ? encodeTlv(0x5a, packed(pan)) : NOTHING;
    const expiry = expires ? encodeTlv(0x5f24, packed(`${yymm}31`)) : NOTHING;
    return encodeTlv(0x70, panObject, expiry, encodeTlv(0x5f34, Uint8Array.of(1)));
  }
}

const status = (sw: number) => encodeResponse({ data: NOTHING, sw });
const ascii = (text: string) => Buffer.from(text, 'latin1');
/** Digits as half bytes, filled up with F. */
const packed = (digits: string) => Buffer.from(digits.length % 2 === 0 ? digits : `${digits}F`, 'hex');
