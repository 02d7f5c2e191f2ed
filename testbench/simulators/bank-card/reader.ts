import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import {
  ACK,
  type Decoded,
  NAK,
  type ReaderAnswer,
  encodeAnswerText,
  parseCommandText,
} from '@kiosk/device-drivers/codec/f2.ts';
import { Faults } from './faults.ts';
import { type MechanicalFault, MotorBody, type MotorFamily, type MotorStep } from './motor.ts';

/**
 * Faults of the line. silent: neither ACK nor answer; noAck: the ACK is lost, the command executed; noAnswer: ACK and
 * nothing more; late: the answer after `lateMs`; nak: the command is refused; badCheck, garbage: the answer spoilt;
 * split: byte by byte; merged: ACK and answer in one piece, with noise before them; errorHead: errors with head E;
 * repeated: the answer comes twice.
 */
export const LINE_FAULTS = [
  'silent',
  'noAck',
  'noAnswer',
  'late',
  'nak',
  'badCheck',
  'garbage',
  'split',
  'merged',
  'errorHead',
  'repeated',
] as const;
export type LineFault = (typeof LINE_FAULTS)[number];
export type ReaderFault = LineFault | MechanicalFault;

export interface ReaderWire {
  readonly encode: (text: Uint8Array) => Uint8Array;
  readonly decode: (pending: Uint8Array, chunk: Uint8Array) => Decoded;
  readonly cancel: Uint8Array;
}

export interface ReaderTimes {
  /** How late a late answer is, ms. */
  readonly lateMs: number;
  /** How long the reader is dark after its power went, ms. */
  readonly bootMs: number;
  /** No ACK from the host within this: the answer is repeated, once. */
  readonly ackMs: number;
}

/** The reader's side of the line: handshake, repeats, cancelling, and what can go wrong with them. */
export class CardReader {
  readonly faults = new Faults<ReaderFault, MotorStep>();
  readonly body: MotorBody;
  readonly #wire: ReaderWire;
  readonly #times: ReaderTimes;
  readonly #clock: Clock;
  readonly #send: (bytes: Uint8Array) => void;
  readonly #random: (below: number) => number;
  #pending: Uint8Array = new Uint8Array(0);
  #dark = false;
  #stopTimer = () => {};
  #lastAnswer: Uint8Array | undefined;
  #naks = 0;
  /** Steps executed, oldest first; no data. */
  readonly steps: MotorStep[] = [];

  constructor(
    wire: ReaderWire,
    family: MotorFamily,
    options: { readonly clock: Clock; readonly times: ReaderTimes; readonly random: (below: number) => number },
    send: (bytes: Uint8Array) => void,
  ) {
    this.#wire = wire;
    this.#times = options.times;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#send = send;
    this.body = new MotorBody(family, this.faults, options.random);
  }

  /** The cable was put in: what was half said is forgotten. */
  plugged(): void {
    this.#pending = new Uint8Array(0);
    this.#stopTimer();
    this.#lastAnswer = undefined;
  }

  powerLoss(): void {
    this.body.restart();
    this.plugged();
    this.#dark = true;
    this.#clock.after(this.#times.bootMs, () => (this.#dark = false));
  }

  hear(chunk: Uint8Array): void {
    if (this.#dark) return;
    const { pending, items } = this.#wire.decode(this.#pending, chunk);
    this.#pending = pending;
    for (const item of items) {
      switch (item.type) {
        case 'ack':
          this.#stopTimer();
          this.#lastAnswer = undefined;
          break;
        case 'nak':
          if (this.#lastAnswer && this.#naks++ < 2) this.#say(this.#lastAnswer, undefined);
          break;
        case 'cancel':
          this.#stopTimer();
          this.#lastAnswer = undefined;
          this.#send(this.#wire.cancel);
          break;
        case 'garbled':
          this.#send(Uint8Array.of(NAK));
          break;
        case 'text':
          this.#command(item.text);
      }
    }
  }

  #command(text: Uint8Array): void {
    const command = parseCommandText(text);
    if (!command) return this.#send(Uint8Array.of(NAK));
    const step = this.body.step(command);
    const fault = LINE_FAULTS.find((kind) => kind !== 'errorHead' && this.faults.take(kind, step));
    if (fault === 'silent') return;
    if (fault === 'nak') return this.#send(Uint8Array.of(NAK));
    const merged = fault === 'merged';
    if (!merged && fault !== 'noAck') this.#send(Uint8Array.of(ACK));
    const answer = this.body.run(command);
    if (step) this.steps.push(step);
    if (this.steps.length > 2_000) this.steps.shift();
    if (!answer) return this.powerLoss();
    if (fault === 'noAnswer') return;
    this.#naks = 0;
    const frame = this.#frame(answer, step);
    if (fault === 'late') {
      this.#stopTimer = this.#clock.after(this.#times.lateMs, () => this.#answer(frame, undefined));
      return;
    }
    this.#answer(frame, fault);
  }

  #frame(answer: ReaderAnswer, step: MotorStep | undefined): Uint8Array {
    const head = !answer.good && this.faults.take('errorHead', step) ? 0x45 : undefined;
    return this.#wire.encode(encodeAnswerText(answer, head));
  }

  #answer(frame: Uint8Array, fault: LineFault | undefined): void {
    this.#lastAnswer = frame;
    this.#say(frame, fault);
    if (fault === 'repeated') this.#say(frame, undefined);
    this.#stopTimer();
    this.#stopTimer = this.#clock.after(this.#times.ackMs, () => {
      if (this.#lastAnswer) this.#say(this.#lastAnswer, undefined);
    });
  }

  #say(frame: Uint8Array, fault: LineFault | undefined): void {
    const spoilt = Uint8Array.from(frame);
    if (fault === 'badCheck') spoilt[spoilt.length - 1]! ^= 0x5a;
    if (fault === 'garbage') spoilt.forEach((_, at) => (spoilt[at] = this.#random(256)));
    if (fault === 'merged') return this.#send(Buffer.concat([Uint8Array.of(0x00, 0xff, 0xf2, ACK), spoilt]));
    if (fault !== 'split') return this.#send(spoilt);
    for (const byte of spoilt) this.#send(Uint8Array.of(byte));
  }
}
