import { randomUUID } from 'node:crypto';
import { connect, createServer, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Clock } from './clock.ts';

/**
 * Environment that a program which lives on after its depositors is started with: the C library overwrites what is given
 * back to it, and keeps none of it aside where it would not. Buffers, what goes over sockets and what TLS decrypted lie there.
 */
export const FORGETFUL = { GLIBC_TUNABLES: 'glibc.malloc.perturb=165:glibc.malloc.tcache_count=0' } as const;

/** After the last connection of a session went: its ends are told to everybody, and the goodbye is not held up. */
const QUIET_MS = 500;
/** Node reads every stream through one buffer of this size, which it keeps. */
const READ_BYTES = 64 * 1024;
/** Overwriting it takes one whole reading; a machine that is busy may need more than one attempt. */
const MOST_ZEROS = 16 * 1024 * 1024;
const ZEROS = Buffer.alloc(1024 * 1024);

type CollectGarbage = (how: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;
let collectGarbage: CollectGarbage | undefined;

/** For the start of such a program: small buffers have memory of their own, and leave nothing in a pool that is kept. */
export function keepNoPool(): void {
  Buffer.poolSize = 0;
}

/** What was personal in this program is to be forgotten soon; said again meanwhile, once is enough. */
export function forgetSoon(clock: Clock): () => void {
  let cancel = () => {};
  return () => {
    cancel();
    cancel = clock.after(QUIET_MS, () => void forget());
  };
}

/**
 * Overwrites or gives back to the system all memory that nothing refers to any more: the heap of JavaScript, the stack and the buffer
 * that streams are read into. Takes some 30 ms of a small program's time.
 */
export async function forget(): Promise<void> {
  if (!collectGarbage) {
    setFlagsFromString('--expose-gc');
    collectGarbage = runInNewContext('gc') as CollectGarbage;
  }
  // Of the last resort: also moves what lives together and gives back the pages. Twice: what ended at the first ends at the second.
  for (let times = 0; times < 2; times++) collectGarbage({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  overwriteStack();
  await overwriteReadBuffer();
}

/** Down to the end of the stack: returns where each call wrote over what lay there. */
function overwriteStack(depth = 0): number {
  try {
    return overwriteStack(depth + 1) + 1;
  } catch {
    return 0;
  }
}

/** Reads zeros from itself until one reading filled the buffer. Names of such sockets exist on Linux alone. */
async function overwriteReadBuffer(): Promise<void> {
  if (process.platform !== 'linux') return;
  const path = `\0${randomUUID()}`;
  const server = createServer(pourZeros);
  await new Promise<void>((resolve) => {
    server.once('close', resolve);
    server.listen(path, () => {
      const socket = connect(path);
      let read = 0;
      socket.on('data', ({ length }: Buffer) => {
        read += length;
        if (length >= READ_BYTES || read >= MOST_ZEROS) socket.destroy();
      });
      socket.on('error', () => {});
      socket.on('close', () => server.close());
    });
    server.once('error', () => resolve());
  });
}

function pourZeros(socket: Socket): void {
  socket.on('error', () => {});
  const more = () => {
    if (!socket.destroyed) socket.write(ZEROS, more);
  };
  more();
}
