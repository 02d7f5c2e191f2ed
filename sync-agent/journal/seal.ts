import type { KeyObject } from 'node:crypto';
import type { RequestPerson, Sealed } from '@kiosk/contract/journal/entry.ts';
import { newDataKey, sealJson, wrapKey } from '@kiosk/contract/journal/sealing.ts';
import type { KeyProvider } from './keys.ts';

/** The data key of one entry, wrapped twice: a dead mainboard loses nothing, because the centre can open it too. */
export interface WrappedKeys {
  readonly forTerminal: Buffer;
  readonly forCentre: Buffer;
}

/** Encrypts the personal fields of one entry with a key of their own, kept nowhere in clear. */
export function sealPerson(
  person: RequestPerson,
  terminal: KeyProvider,
  centreKey: KeyObject,
): { readonly sealed: Sealed; readonly keys: WrappedKeys } {
  const dataKey = newDataKey();
  const sealed = sealJson(dataKey, person);
  const keys = { forTerminal: terminal.wrap(dataKey), forCentre: wrapKey(centreKey, dataKey) };
  dataKey.fill(0);
  return { sealed, keys };
}
