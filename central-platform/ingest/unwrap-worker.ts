import type { KeyObject } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { unwrapKey } from '@kiosk/contract/journal/sealing.ts';
import type { UnwrapJob, UnwrapReply } from './unwrapper.ts';

const { centreKey } = workerData as { readonly centreKey: KeyObject };

parentPort!.on('message', ({ id, wrapped }: UnwrapJob) => {
  parentPort!.postMessage({ id, dataKeys: wrapped.map(unwrapped) } satisfies UnwrapReply);
});

function unwrapped(key: Uint8Array): Uint8Array | null {
  try {
    return unwrapKey(centreKey, key);
  } catch {
    // Wrapped for another key, or altered: a decision for a person.
    return null;
  }
}
