import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { ChannelStore } from '../store/channel-store.ts';

const FLUSH_MS = 1_000;

/** Counts the calls of channels. With a cap each call is one statement; without one they are written a second's worth at a time. */
export interface FlowCount {
  /** False: the channel is at its cap, and this call is not counted. */
  count(code: string, day: string, cap: number | null): Promise<boolean>;
  flush(): Promise<void>;
  close(): Promise<void>;
}

export function createFlowCount(clock: Clock, store: ChannelStore): FlowCount {
  let waiting = new Map<string, { code: string; day: string; calls: number }>();
  let cancel: (() => void) | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function flush(): Promise<void> {
    cancel?.();
    cancel = undefined;
    const taken = waiting;
    waiting = new Map();
    writing = writing.then(async () => {
      for (const { code, day, calls } of taken.values()) {
        await store.use(code, day, 'calls', calls, Number.MAX_SAFE_INTEGER);
      }
    });
    // Numbers for the console: a store that does not answer must not stop the calls they count.
    writing = writing.catch(() => undefined);
    await writing;
  }

  return {
    async count(code, day, cap) {
      if (cap !== null) return (await store.use(code, day, 'calls', 1, cap)) !== undefined;
      const key = `${code} ${day}`;
      const known = waiting.get(key) ?? { code, day, calls: 0 };
      waiting.set(key, { ...known, calls: known.calls + 1 });
      cancel ??= clock.after(FLUSH_MS, () => void flush());
      return true;
    },
    flush,
    close: flush,
  };
}
