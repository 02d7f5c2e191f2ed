import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { PinBlock } from '@kiosk/contract/services/devices.ts';
import type { Driver, PinPadDevice } from '../drivers/driver.ts';
import type { PadFault } from './pin-pad.matrix.ts';

/** What a person, or a simulator in a person's place, does at a pad. */
export interface PadHands {
  press(...keys: readonly string[]): Promise<void>;
  /** Resolves when the pad takes keys: PIN digits or clear keys; `off` when it takes none. */
  takes(mode: 'pin' | 'clear' | 'off'): Promise<void>;
  /** Resolves when the pad was asked this often from now on, answered or not. */
  heard(times: number): Promise<void>;
  fault(kind: PadFault): Promise<void>;
  clearFaults(): Promise<void>;
  unplug(): Promise<void>;
  plug(): Promise<void>;
  /** The pad's own time for an entry is over. */
  timeOut(): Promise<void>;
  /** Closes the case, puts the pad in its place, and puts a master key in, as in the maker's key room. */
  putInOrder(): Promise<void>;
  /** Loads the work keys through the driver. */
  loadKeys(pad: PinPadDevice): Promise<Result<void>>;
  mac(pad: PinPadDevice): Promise<Result<void>>;
  /** The block that a PIN must give for a card, computed by the bench. */
  block(format: PinBlock['format'], pin: string, cardNumber: string): string;
  /** Everything that must never be seen outside the pad beside PINs and blocks. */
  readonly secrets: readonly string[];
}

export interface PadBench {
  readonly driver: Driver<'pinPad'>;
  readonly port: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Absent on real hardware when nobody stands by; what needs hands is then skipped. */
  readonly hands: PadHands | undefined;
  /** A card that no bank issued. */
  readonly cardNumber: string;
  close(): Promise<void>;
}
