import type { KeyObject } from 'node:crypto';
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { unwrapKey } from '@kiosk/contract/journal/sealing.ts';
import type { UnwrapJob, UnwrapReply } from './unwrapper.ts';

const { centreKey } = workerData as { readonly centreKey: KeyObject };

// On Linux this is the priority of the calling thread alone (elsewhere of the program): nobody waits for these keys.
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_LOW);

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
