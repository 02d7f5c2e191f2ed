import { connect } from 'node:net';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';

/** A program that listens answers at once; this is for one that has just been started, and for a machine at its limits. */
const WAIT_MS = 3_000;

/** No socket, or one that a killed program left behind. Anything else may still become an answer. */
const ABSENT: readonly (string | undefined)[] = ['ENOENT', 'ECONNREFUSED'];

/** Whether somebody listens on this socket. Nobody there is known at once. */
export function listens(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(!ABSENT.includes(error.code)));
  });
}

/** The program's first snapshot; undefined: it does not run, or does not let us in. */
export async function firstSnapshot<S>(
  path: string,
  client: { readonly snapshot: S | undefined; onSnapshot(listener: (s: S | undefined) => void): () => void },
  clock: Clock,
): Promise<S | undefined> {
  if (!(await listens(path))) return undefined;
  if (client.snapshot !== undefined) return client.snapshot;
  return new Promise((resolve) => {
    const cancel = clock.after(WAIT_MS, () => {
      off();
      resolve(undefined);
    });
    const off = client.onSnapshot((snapshot) => {
      if (snapshot === undefined) return;
      cancel();
      queueMicrotask(() => off());
      resolve(snapshot);
    });
  });
}
