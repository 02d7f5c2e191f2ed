import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import koffi from 'koffi';
import { SerialPort } from 'serialport';
import { type Check, eventually, sideOf } from '../check.ts';
import { LAB_DEVICES } from '../devices.ts';

/** Of Linux, the same on x86 and ARM: TIOCMGET, TIOCMBIS, TIOCMBIC and the bits they take. */
const LINES_GET = 0x5415;
const LINES_RAISE = 0x5416;
const LINES_DROP = 0x5417;
const DTR = 0x002;
const RTS = 0x004;

export const MODEM_LINES: Check = {
  id: 'modem-lines',
  title: 'modem lines of a USB serial adapter: the device’s are seen to rise and fall, ours can be set and read back',
  async run(devices) {
    const adapter = sideOf(devices, 'serialReader');
    await adapter.call('plug');
    const path = await eventually(() => {
      try {
        readlinkSync(LAB_DEVICES.serialReader.port);
        return LAB_DEVICES.serialReader.port;
      } catch {
        return undefined;
      }
    });
    const port = new SerialPort({ path, baudRate: 115200, autoOpen: false });
    try {
      await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
      await eventually(async () => ((await lines(port)).dcd ? true : undefined));
      await adapter.call('switchOff');
      await eventually(async () => ((await lines(port)).dcd ? undefined : true));
      await adapter.call('switchOn');
      const up = await eventually(async () => ((await lines(port)).dcd ? lines(port) : undefined));
      const set = await new Promise<Error | null>((resolve) => port.set({ dtr: false, rts: false }, resolve));
      return `DCD ${up.dcd}, DSR ${up.dsr}, CTS ${up.cts}; DTR and RTS ${ownLines(port)}; serialport's set(): ${set?.message ?? 'done'}`;
    } finally {
      const closed = once(port, 'close');
      port.close(() => {});
      if (port.isOpen) await closed;
      await adapter.call('unplug');
    }
  },
};

function lines(port: SerialPort): Promise<{ cts: boolean; dsr: boolean; dcd: boolean }> {
  return new Promise((resolve, reject) => port.get((error, status) => (status ? resolve(status) : reject(error!))));
}

/** Drops and raises both of ours, and looks each time. */
function ownLines(port: SerialPort): string {
  const ioctl = koffi.load('libc.so.6').func('int ioctl(int, unsigned long, void*)') as unknown as (
    fd: number,
    request: number,
    lines: Buffer,
  ) => number;
  const fd = (port.port as unknown as { readonly fd: number }).fd;
  const ask = (request: number, bits = 0) => {
    const word = Buffer.alloc(4);
    word.writeInt32LE(bits);
    assert.equal(ioctl(fd, request, word), 0, `ioctl ${request.toString(16)} was refused`);
    return word.readInt32LE();
  };
  ask(LINES_DROP, DTR | RTS);
  assert.equal(ask(LINES_GET) & (DTR | RTS), 0, 'dropped, and still up');
  ask(LINES_RAISE, DTR | RTS);
  assert.equal(ask(LINES_GET) & (DTR | RTS), DTR | RTS, 'raised, and still down');
  return 'set and read back';
}
