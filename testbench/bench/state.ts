import type { FaultList } from '../simulators/fault-list.ts';
import type { ArrivedRequest, Message } from './platform-desk.ts';

/** What the page shows; pushed whole on every change. */
export interface BenchState {
  readonly people: readonly { readonly key: string; readonly name: string; readonly note: string }[];
  readonly cardOnReader: string | null;
  readonly link: string;
  readonly linkModes: readonly { readonly kind: string; readonly name: string }[];
  /** Devices of this machine, with everything that can go wrong with them. */
  readonly faults: Readonly<Partial<Record<DeviceName, DeviceFaults>>>;
  readonly bankCards: readonly BankCard[];
  readonly extras: ExtrasState;
  readonly programs: readonly {
    readonly name: string;
    readonly pid: number | null;
    readonly starts: number;
    readonly state: string;
  }[];
  readonly messages: readonly Message[];
  readonly requests: readonly ArrivedRequest[];
  readonly jobs: readonly {
    readonly id: number;
    readonly state: string;
    readonly pages: number;
    readonly printed: number;
  }[];
  readonly slips: readonly { readonly index: number; readonly svg: string }[];
  /** What the centre has decided; null while the platform does not answer. */
  readonly centre: CentreState | null;
  readonly places: readonly { readonly name: string; readonly url: string }[];
}

export interface CentreState {
  readonly channel: 'open' | 'stopped';
  readonly stoppedItems: readonly string[];
  readonly emergency: boolean;
  readonly heartbeatSeconds: number;
}

export type DeviceName = 'idReader' | 'slipPrinter' | 'documentPrinter' | 'bankCard' | 'pinPad' | 'scanner' | 'ioBoard';

export interface DeviceFaults extends FaultList {
  /** What is set now, as `kind` or `kind@step`. */
  readonly set: readonly string[];
  readonly unplugged: boolean;
}

export interface BankCard {
  readonly key: string;
  readonly name: string;
  readonly note: string;
}

export interface BankCardState {
  readonly position: 'none' | 'gate' | 'inside';
  readonly retained: number;
  /** What must never happen to a card, and happened. */
  readonly harm: readonly string[];
}

export interface PinPadState {
  readonly mode: 'off' | 'clear' | 'pin';
  readonly digits: number;
}

export interface ScannerState {
  readonly looking: boolean;
}

export interface IoBoardState {
  /** By slot, and `sounder`; lights 0 off, 1 on, 2 slow, 3 fast. */
  readonly outputs: Readonly<Record<string, number>>;
  readonly contacts: Readonly<Record<string, boolean>>;
}

/** Absent: the machine has no such device. */
export interface ExtrasState {
  readonly bankCard?: BankCardState;
  readonly pinPad?: PinPadState;
  readonly scanner?: ScannerState;
  readonly ioBoard?: IoBoardState;
}
