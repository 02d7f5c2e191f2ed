import type { RtuFrame } from '@kiosk/device-drivers/codec/modbus-rtu.ts';

/** Three contacts, seven outputs; see the driver's default map. */
const CONTACTS = 3;
const OUTPUTS = 7;

const ILLEGAL_FUNCTION = 1;
const ILLEGAL_ADDRESS = 2;
const ILLEGAL_VALUE = 3;

/** The slave's mind: a request in, an answer out. */
export class Board {
  readonly unit: number;
  readonly contacts: boolean[] = Array<boolean>(CONTACTS).fill(false);
  registers: number[] = Array<number>(OUTPUTS).fill(0);

  constructor(unit: number) {
    this.unit = unit;
  }

  /** Power came back: every output is off. */
  powerOn(): void {
    this.registers = this.registers.map(() => 0);
  }

  answer({ address, fn, data }: RtuFrame): RtuFrame | undefined {
    if (address !== this.unit) return undefined;
    const word = (at: number) => ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0);
    const [first, second] = [word(0), word(2)];
    const failed = (code: number): RtuFrame => ({ address, fn: fn | 0x80, data: Uint8Array.of(code) });
    const bits = (all: readonly boolean[]): RtuFrame => {
      if (second < 1 || second > 2000) return failed(ILLEGAL_VALUE);
      if (first + second > all.length) return failed(ILLEGAL_ADDRESS);
      const bytes = new Uint8Array(Math.ceil(second / 8));
      all.slice(first, first + second).forEach((on, i) => (bytes[i >> 3]! |= Number(on) << (i & 7)));
      return { address, fn, data: Uint8Array.of(bytes.length, ...bytes) };
    };
    switch (fn) {
      case 1:
        return bits(this.registers.map((value) => value !== 0));
      case 2:
        return bits(this.contacts);
      case 3: {
        if (first + second > OUTPUTS) return failed(ILLEGAL_ADDRESS);
        const words = this.registers.slice(first, first + second).flatMap((value) => [value >> 8, value & 0xff]);
        return { address, fn, data: Uint8Array.of(words.length, ...words) };
      }
      case 5:
        if (first >= OUTPUTS) return failed(ILLEGAL_ADDRESS);
        if (second !== 0 && second !== 0xff00) return failed(ILLEGAL_VALUE);
        this.registers[first] = second === 0 ? 0 : 1;
        return { address, fn, data };
      case 6:
        if (first >= OUTPUTS) return failed(ILLEGAL_ADDRESS);
        if (second > 3) return failed(ILLEGAL_VALUE);
        this.registers[first] = second;
        return { address, fn, data };
      default:
        return failed(ILLEGAL_FUNCTION);
    }
  }
}
