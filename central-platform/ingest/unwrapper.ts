import type { KeyObject } from 'node:crypto';
import { Worker } from 'node:worker_threads';

/**
 * Unwraps the data keys of entries off the thread that serves: RSA with 3072 bits takes some 3 ms a key, and a terminal
 * that was dark for a month brings thousands while people at the other terminals wait for their answers.
 */
export interface Unwrapper {
  /** In the same order; null: wrapped for another key, or altered. Rejects when the thread died; ask again. */
  unwrap(wrapped: readonly Uint8Array[]): Promise<readonly (Uint8Array | null)[]>;
  close(): Promise<void>;
}

export interface UnwrapJob {
  readonly id: number;
  readonly wrapped: readonly Uint8Array[];
}
export interface UnwrapReply {
  readonly id: number;
  readonly dataKeys: readonly (Uint8Array | null)[];
}

interface Waiting {
  readonly resolve: (dataKeys: UnwrapReply['dataKeys']) => void;
  readonly reject: (error: Error) => void;
}

/** One thread, started with the first key and started again should it die. */
export function workerUnwrapper(centreKey: KeyObject): Unwrapper {
  let worker: Worker | undefined;
  let nextId = 1;
  const waiting = new Map<number, Waiting>();

  function start(): Worker {
    const started = new Worker(new URL('./unwrap-worker.ts', import.meta.url), { workerData: { centreKey } });
    started.on('message', ({ id, dataKeys }: UnwrapReply) => {
      waiting.get(id)?.resolve(dataKeys);
      waiting.delete(id);
    });
    let reason = new Error('the unwrapping thread ended');
    started.on('error', (error) => (reason = error));
    started.on('exit', () => {
      if (worker === started) worker = undefined;
      for (const { reject } of waiting.values()) reject(reason);
      waiting.clear();
    });
    return started;
  }

  return {
    async unwrap(wrapped) {
      if (wrapped.length === 0) return [];
      worker ??= start();
      const id = nextId++;
      const answered = new Promise<UnwrapReply['dataKeys']>((resolve, reject) => waiting.set(id, { resolve, reject }));
      worker.postMessage({ id, wrapped } satisfies UnwrapJob);
      return answered;
    },
    async close() {
      await worker?.terminate();
    },
  };
}
