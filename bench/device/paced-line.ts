import { join } from 'node:path';
import { Pty } from '@kiosk/testbench/simulators/pty.ts';

/** 8 data bits, start and stop bit. */
const BITS_PER_BYTE = 10;

export interface FarEnd {
  write(bytes: Uint8Array): void;
  onData(listener: (bytes: Buffer) => void): void;
  close(): Promise<void>;
}

export interface PacedLine {
  /** The serial port that a driver opens. */
  readonly port: string;
  readonly baudRate: number;
  /** Bytes in both directions since the last call. */
  takeCount(): number;
  close(): Promise<void>;
}

/** ms that so many bytes need on a line of this speed. */
export const wireMs = (bytes: number, baudRate: number): number => (bytes * BITS_PER_BYTE * 1000) / baudRate;

/**
 * A serial line between a driver and a simulated device that is exactly as fast as `baudRate` allows: each byte arrives
 * when its last bit would have. A pseudo-terminal knows no speed, and the simulators' own pacing rounds to timer ticks.
 */
export async function pacedLine(dir: string, far: FarEnd, baudRate: number): Promise<PacedLine> {
  let count = 0;
  const toDevice = pacer(baudRate, (bytes) => far.write(bytes));
  const pty = new Pty(join(dir, 'line'), (bytes) => {
    count += bytes.length;
    toDevice(bytes);
  });
  const toDriver = pacer(baudRate, (bytes) => pty.write(bytes));
  await pty.listen();
  await pty.plug();
  far.onData((bytes) => {
    count += bytes.length;
    toDriver(bytes);
  });
  return {
    port: pty.port,
    baudRate,
    takeCount() {
      const taken = count;
      count = 0;
      return taken;
    },
    async close() {
      await pty.close();
      await far.close();
    },
  };
}

/**
 * Passes bytes on by the clock of the line: the first begins when it is given or when the one before has ended. While
 * bytes are under way it looks at the clock in every turn of the event loop, which is finer than any timer.
 */
function pacer(baudRate: number, pass: (bytes: Uint8Array) => void): (bytes: Uint8Array) => void {
  const byteMs = wireMs(1, baudRate);
  let waiting = Buffer.alloc(0);
  /** When the first waiting byte began to travel. */
  let since = 0;
  const look = () => {
    const arrived = Math.min(waiting.length, Math.floor((performance.now() - since) / byteMs));
    if (arrived > 0) {
      pass(waiting.subarray(0, arrived));
      waiting = waiting.subarray(arrived);
      since += arrived * byteMs;
    }
    if (waiting.length > 0) setImmediate(look);
  };
  return (bytes) => {
    const idle = waiting.length === 0;
    waiting = Buffer.concat([waiting, bytes]);
    if (!idle) return;
    since = Math.max(since, performance.now());
    setImmediate(look);
  };
}
