import type { CabinetInputs } from '@kiosk/contract/services/devices.ts';
import type { InputName, RegisterMap } from './map.ts';

/** What is believed of the inputs, and changes that have not lasted long enough yet. */
export interface InputState {
  readonly believed: CabinetInputs;
  readonly changing: Readonly<Partial<Record<InputName, number>>>;
}

export const NO_INPUTS: InputState = { believed: {}, changing: {} };

/** The next readings. The first one of an input is believed at once; a later one when it has lasted. */
export function debounce(
  { believed, changing }: InputState,
  readings: ReadonlyMap<InputName, boolean>,
  map: RegisterMap['inputs'],
  now: number,
): InputState {
  let next = believed;
  const waiting: Partial<Record<InputName, number>> = {};
  for (const [name, place] of Object.entries(map) as [InputName, RegisterMap['inputs'][InputName]][]) {
    const value = readings.get(name);
    if (!place || value === undefined || believed[name] === value) continue;
    const since = changing[name] ?? now;
    const lasted = believed[name] === undefined || now - since >= place.debounceMs;
    if (lasted) next = { ...next, [name]: value };
    else waiting[name] = since;
  }
  return { believed: next, changing: waiting };
}
