import koffi from 'koffi';

/** What a program set its end of a serial line to. */
export interface LineSettings {
  readonly baudRate: number;
  /** A pseudo-terminal forgets that a parity was switched on and keeps only that it is odd; even looks like none. */
  readonly parity: 'noneOrEven' | 'odd';
}

/** `TCGETS2` of Linux on x86 and ARM. Its struct termios2 has the control flags at 8 and the speed in baud at 40. */
const GET_SETTINGS = 0x802c542a;
const CONTROL_FLAGS = 8;
const OUTPUT_SPEED = 40;
const ODD_PARITY = 0o1000;

type Ioctl = (fd: number, request: number, settings: Buffer) => number;
let ioctl: Ioctl | undefined;

/** Asks a pseudo-terminal; undefined where the system is not Linux or the terminal is gone. */
export function lineSettings(fd: number): LineSettings | undefined {
  if (process.platform !== 'linux') return undefined;
  ioctl ??= koffi.load('libc.so.6').func('int ioctl(int, unsigned long, void*)') as unknown as Ioctl;
  const settings = Buffer.alloc(64);
  if (ioctl(fd, GET_SETTINGS, settings) !== 0) return undefined;
  return {
    baudRate: settings.readUInt32LE(OUTPUT_SPEED),
    parity: (settings.readUInt32LE(CONTROL_FLAGS) & ODD_PARITY) === 0 ? 'noneOrEven' : 'odd',
  };
}
