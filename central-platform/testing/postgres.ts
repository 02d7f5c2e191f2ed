import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Order, Told } from './postgres-process.ts';

/** A PostgreSQL that was started for tests, on a Unix socket in a folder of its own; everything on it is gone when it ends. */
export interface TestPostgres {
  /** As DATABASE_URL names it. */
  url(database: string): string;
  /** Every process of it stands still, connections stay open: what a disk that does not answer looks like. */
  stall(): Promise<void>;
  release(): Promise<void>;
  /** Ends it cleanly and starts it again on the same data. */
  restart(): Promise<void>;
  /** As a power cut of the database's machine; restart() brings it back. */
  kill(): Promise<void>;
  end(): Promise<void>;
}

/** `settings` as in postgresql.conf. Throws when it cannot start; whyNoPostgres() says beforehand. It also ends when this process does. */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<TestPostgres> {
  const main = fileURLToPath(new URL('./postgres-process.ts', import.meta.url));
  // A group of its own: an interrupt at the keyboard must find it still there to clean up.
  const child = fork(main, [JSON.stringify(settings)], { stdio: 'ignore', detached: true, execArgv: [] });
  const [first] = (await once(child, 'message')) as [Told];
  if (!('ready' in first)) throw new Error('failed' in first ? first.failed : 'PostgreSQL does not start');
  const folder = first.ready;
  // It does not keep this process alive; its end is the end of the channel.
  child.unref();
  child.channel?.unref();
  return {
    url: (database) => `postgresql:///${database}?host=${encodeURIComponent(folder)}&user=kiosk`,
    stall: () => order(child, 'stall'),
    release: () => order(child, 'release'),
    restart: () => order(child, 'restart'),
    kill: () => order(child, 'kill'),
    async end() {
      const ended = once(child, 'exit');
      child.ref();
      child.disconnect();
      await ended;
    },
  };
}

async function order(child: ChildProcess, word: Order): Promise<void> {
  child.channel?.ref();
  child.send(word);
  await once(child, 'message');
  child.channel?.unref();
}
