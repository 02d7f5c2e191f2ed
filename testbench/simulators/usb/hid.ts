import { EventEmitter } from 'node:events';
import type { Hid, HidDevice, HidInfo } from '@kiosk/device-drivers/transport/usb-hid.ts';

/** What a HID device does with a whole output report, without its number; `say` sends one input report. */
export type HidEnd = (report: Buffer, say: (report: Uint8Array) => void) => void;

export interface HidShape {
  readonly reportSize: number;
  readonly reportId: number;
}

/**
 * HID devices in this process with the surface of the package node-hid: reports of the full length only, nothing kept
 * without a reader, and an unplugged device whose error is a text. The laboratory runs the same transport against a
 * device that the kernel believes in.
 */
export class SimulatedHid implements Hid {
  readonly shape: HidShape;
  readonly #end: HidEnd;
  /** Reports that an interrupted exchange left behind; they come as soon as somebody reads. */
  readonly stale: Uint8Array[] = [];
  plugged = true;
  refuses: string | undefined;
  opened: OpenHid | undefined;

  constructor(end: HidEnd, shape: HidShape = { reportSize: 64, reportId: 0 }) {
    this.#end = end;
    this.shape = shape;
  }

  devices(): Promise<readonly HidInfo[]> {
    return Promise.resolve(this.plugged ? [{ path: '/dev/hidraw0', serialNumber: 'H1' }] : []);
  }

  open(): Promise<HidDevice> {
    if (!this.plugged || this.refuses) return Promise.reject(new Error(this.refuses ?? 'cannot open device'));
    this.opened = new OpenHid(this.#end, this.shape);
    for (const report of this.stale.splice(0)) this.opened.say(report);
    return Promise.resolve(this.opened);
  }

  unplug(): void {
    this.plugged = false;
    this.opened?.fail('could not read from HID device');
  }
}

class OpenHid implements HidDevice {
  readonly #news = new EventEmitter();
  readonly #end: HidEnd;
  readonly #shape: HidShape;
  closed = false;

  constructor(end: HidEnd, shape: HidShape) {
    this.#end = end;
    this.#shape = shape;
  }

  on(event: 'data' | 'error', listener: ((report: Buffer) => void) | ((error: unknown) => void)): unknown {
    return this.#news.on(event, listener);
  }

  fail(text: string): void {
    this.#news.emit('error', text);
  }

  /** Cut into reports, the last one padded; numbered ones begin with their number. */
  say(data: Uint8Array): void {
    const { reportSize, reportId } = this.#shape;
    for (let at = 0; at < data.length; at += reportSize) {
      const report = Buffer.alloc(reportSize);
      report.set(data.subarray(at, at + reportSize));
      const whole = reportId === 0 ? report : Buffer.concat([Uint8Array.of(reportId), report]);
      setImmediate(() => !this.closed && this.#news.emit('data', whole));
    }
  }

  write(report: Buffer): Promise<number> {
    const { reportSize, reportId } = this.#shape;
    if (this.closed) return Promise.reject(new Error('device has been closed'));
    if (report.length !== reportSize + 1 || report[0] !== reportId) {
      return Promise.reject(new TypeError('Cannot write to hid device'));
    }
    this.#end(report.subarray(1), (bytes) => this.say(bytes));
    return Promise.resolve(report.length);
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}
