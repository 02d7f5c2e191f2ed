import { EventEmitter } from 'node:events';
import { Interpreter } from './interpreter.ts';
import { type Paper } from './paper.ts';

/**
 * Faults that stay until they are cleared:
 * paperEnd, nearEnd, coverOpen, cutter, hot, unrecoverable: as the sensors report them; cutterAtNextCut: jams on the
 * next cut; paperEndAfterBytes: the roll ends after so many more bytes were printed; dropAfterBytes: the connection
 * breaks after so many more bytes came; silent: takes bytes and neither prints nor answers; silentAfterBytes: falls
 * silent after so many more bytes were printed; slow: so many ms a line;
 * garbage: answers every question with bytes that are no status; merged: a report of its own is in front of every answer,
 * in one piece with it. Once: answerLost: the next answer does not come; answerLate: it comes so many ms later.
 */
export type SlipPrinterFault =
  | {
      readonly kind:
        | 'paperEnd'
        | 'nearEnd'
        | 'coverOpen'
        | 'cutter'
        | 'cutterAtNextCut'
        | 'hot'
        | 'unrecoverable'
        | 'silent'
        | 'garbage'
        | 'answerLost'
        | 'merged';
    }
  | { readonly kind: 'answerLate'; readonly ms: number }
  | { readonly kind: 'slow'; readonly msPerLine: number }
  | { readonly kind: 'paperEndAfterBytes' | 'silentAfterBytes'; readonly bytes: number }
  | { readonly kind: 'dropAfterBytes'; readonly bytes: number };

type Kind = SlipPrinterFault['kind'];
type FaultOf<K extends Kind> = Omit<Extract<SlipPrinterFault, { kind: Kind & K }>, 'kind'> & { readonly kind: K };

/** DLE DC4 8: empty the buffers now. */
const CLEAR = Buffer.from([0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8]);

/**
 * The printer without its cable: sensors, buffer, head and cutter. Emits 'answer' (bytes for the host), 'begun' (the first
 * line of a slip), 'slip' (paper that was cut), 'asked' (for its state, DLE EOT 1) and 'drop' (the cable breaks).
 */
export class SlipPrinter extends EventEmitter<{ answer: [Buffer]; begun: []; slip: [Paper]; asked: []; drop: [] }> {
  readonly #interpreter = new Interpreter();
  readonly #faults = new Map<Kind, SlipPrinterFault>();
  #buffer: Buffer = Buffer.alloc(0);
  #recent: Buffer = Buffer.alloc(0);
  #asb = false;
  #lastReport = '';
  #pumping = false;
  /** Commands no printer of this kind knows; a right driver leaves it empty. */
  readonly unknownCommands: string[] = [];

  setFault(fault: SlipPrinterFault): void {
    this.#faults.set(fault.kind, fault);
    this.#report();
  }

  clearFaults(): void {
    this.#faults.clear();
    this.#report();
    void this.#pump();
  }

  /** Power off and on: the buffer is gone, the paper stays. */
  powerCycle(): void {
    this.#buffer = Buffer.alloc(0);
    this.#recent = Buffer.alloc(0);
    this.#asb = false;
    this.#interpreter.reset();
  }

  /** What hangs out of the slot since the last cut. */
  get uncut(): Paper {
    return this.#interpreter.paper;
  }

  receive(bytes: Buffer): void {
    const drop = this.#fault('dropAfterBytes');
    if (drop && bytes.length >= drop.bytes) {
      this.#faults.delete('dropAfterBytes');
      this.#accept(bytes.subarray(0, drop.bytes));
      this.emit('drop');
      return;
    }
    if (drop) this.#faults.set('dropAfterBytes', { ...drop, bytes: drop.bytes - bytes.length });
    this.#accept(bytes);
  }

  #accept(bytes: Buffer): void {
    if (this.#faults.has('silent')) return;
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    this.#answerRealtime(bytes);
    void this.#pump();
  }

  /** Real-time commands are seen as they arrive, wherever they stand, whatever waits in the buffer. */
  #answerRealtime(bytes: Buffer): void {
    for (const byte of bytes) {
      this.#recent = Buffer.concat([this.#recent.subarray(-CLEAR.length + 1), Buffer.of(byte)]);
      const [a, b, n] = this.#recent.subarray(-3);
      if (a === 0x10 && b === 0x04 && n === 1) this.emit('asked');
      if (a === 0x10 && b === 0x04 && n !== undefined && n >= 1 && n <= 4) this.#answer(Buffer.of(this.#realtime(n)));
      if (this.#recent.equals(CLEAR)) {
        this.#buffer = Buffer.alloc(0);
        this.#interpreter.reset();
        this.#answer(Buffer.of(0x37, 0x25, 0x00));
      }
    }
  }

  #answer(bytes: Buffer): void {
    if (this.#faults.delete('answerLost')) return;
    const late = this.#fault('answerLate');
    if (late) {
      this.#faults.delete('answerLate');
      setTimeout(() => this.emit('answer', bytes), late.ms);
    } else if (this.#faults.has('garbage')) this.emit('answer', Buffer.from(bytes.map((byte) => byte ^ 0xed)));
    else if (this.#faults.has('merged')) this.emit('answer', Buffer.concat([this.#asbReport(), bytes]));
    else this.emit('answer', bytes);
  }

  #realtime(n: number): number {
    const has = (kind: Kind) => this.#faults.has(kind);
    const bit = (on: boolean, mask: number) => (on ? mask : 0);
    switch (n) {
      case 1:
        return 0x12 | bit(this.#stopped, 0x08);
      case 2:
        return 0x12 | bit(has('coverOpen'), 0x04) | bit(has('paperEnd'), 0x20) | bit(this.#error, 0x40);
      case 3:
        return 0x12 | bit(has('cutter'), 0x08) | bit(has('unrecoverable'), 0x20) | bit(has('hot'), 0x40);
      default:
        return 0x12 | bit(has('nearEnd') || has('paperEnd'), 0x0c) | bit(has('paperEnd'), 0x60);
    }
  }

  #asbReport(): Buffer {
    const has = (kind: Kind) => this.#faults.has(kind);
    const word =
      0x10 |
      (this.#stopped ? 0x08 : 0) |
      (has('coverOpen') ? 0x20 : 0) |
      (has('cutter') ? 0x0800 : 0) |
      (has('unrecoverable') ? 0x2000 : 0) |
      (has('hot') ? 0x4000 : 0) |
      (has('nearEnd') || has('paperEnd') ? 0x030000 : 0) |
      (has('paperEnd') ? 0x0c0000 : 0);
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(word);
    return bytes;
  }

  #report(): void {
    const report = this.#asbReport();
    const changed = report.toString('hex') !== this.#lastReport;
    this.#lastReport = report.toString('hex');
    if (!this.#asb || !changed || this.#faults.has('silent')) return;
    if (this.#faults.has('garbage')) return this.#answer(report);
    // In two pieces, as a serial line delivers it.
    this.emit('answer', report.subarray(0, 1));
    this.emit('answer', report.subarray(1));
  }

  get #error(): boolean {
    return ['cutter', 'unrecoverable', 'hot'].some((kind) => this.#faults.has(kind as Kind));
  }

  get #stopped(): boolean {
    return this.#error || this.#faults.has('paperEnd') || this.#faults.has('coverOpen');
  }

  #fault<K extends Kind>(kind: K): FaultOf<K> | undefined {
    return this.#faults.get(kind) as FaultOf<K> | undefined;
  }

  /** Prints what is in the buffer, command by command, for as long as nothing stops it. */
  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      while (!this.#stopped && !this.#faults.has('silent')) {
        const { taken, effect } = this.#interpreter.step(this.#buffer);
        if (taken === 0) return;
        if (effect?.type === 'cut' && this.#faults.has('cutterAtNextCut')) {
          this.#faults.delete('cutterAtNextCut');
          this.setFault({ kind: 'cutter' });
          return;
        }
        this.#buffer = this.#buffer.subarray(taken);
        if (effect?.type === 'line' && this.uncut.items.length === 1) this.emit('begun');
        if (effect?.type === 'cut') this.emit('slip', this.#interpreter.tear());
        if (effect?.type === 'asb') this.#switchAsb(effect.on);
        if (effect?.type === 'paperStatus') this.#answer(Buffer.of(this.#faults.has('nearEnd') ? 0x03 : 0x00));
        if (effect?.type === 'unknown') this.unknownCommands.push(effect.bytes);
        this.#countPrinted(taken);
        const slow = this.#fault('slow');
        if (slow && effect?.type === 'line') await new Promise((resolve) => setTimeout(resolve, slow.msPerLine));
      }
    } finally {
      this.#pumping = false;
    }
  }

  #switchAsb(on: boolean): void {
    this.#asb = on;
    this.#lastReport = '';
    if (on) this.#report();
  }

  #countPrinted(bytes: number): void {
    for (const [kind, then] of [
      ['paperEndAfterBytes', 'paperEnd'],
      ['silentAfterBytes', 'silent'],
    ] as const) {
      const limit = this.#fault(kind);
      if (!limit) continue;
      if (bytes < limit.bytes) this.#faults.set(kind, { ...limit, bytes: limit.bytes - bytes });
      else {
        this.#faults.delete(kind);
        this.setFault({ kind: then });
      }
    }
  }
}
