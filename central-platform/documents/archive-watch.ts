import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { z } from 'zod';
import { placeOf, type Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { ArchiveReport } from './integrity.ts';

export const ArchiveWalk = z.object({
  at: z.number().int(),
  papers: z.number().int(),
  /** By number and what is wrong with it; the first hundred. */
  broken: z.array(z.object({ documentNumber: z.string(), reprint: z.number().int(), problem: z.string() })),
});
export type ArchiveWalk = z.infer<typeof ArchiveWalk>;

export interface ArchiveWatch {
  /** null: never walked. */
  last(): Promise<ArchiveWalk | null>;
  run(): Promise<ArchiveWalk>;
  begin(): void;
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;
/** A platform that has just come up has callers to answer first. */
const FIRST_MS = 30 * 60_000;
const MOST_TOLD = 100;
const PLACE = ['archive', 'walk'] as const;

/**
 * Walks the archive once a day, whichever process comes first, and keeps what it found. A paper that is gone or is not what was
 * sealed is an alarm: the centre's word hangs on it.
 */
export function createArchiveWatch(parts: {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Pick<Store, 'places' | 'security'>;
  readonly walk: () => Promise<ArchiveReport>;
}): ArchiveWatch {
  const { clock, log, store, walk } = parts;
  let stopWaiting = (): void => {};
  let running: Promise<unknown> = Promise.resolve();
  let closed = false;

  const last = async (): Promise<ArchiveWalk | null> =>
    ArchiveWalk.safeParse(await store.places.setting(...PLACE)).data ?? null;

  async function run(): Promise<ArchiveWalk> {
    const { papers, broken } = await walk();
    const found: ArchiveWalk = { at: clock.now(), papers, broken: broken.slice(0, MOST_TOLD) };
    await store.places.set(...PLACE, found);
    if (broken.length > 0) {
      const detail = `${broken.length} of ${papers}: ${broken[0]!.documentNumber} ${broken[0]!.problem}`;
      await store.security.record({ at: found.at, code: 'E5219', terminalId: null, detail });
    }
    log({
      event: 'archive.walked',
      count: papers,
      ...(broken.length > 0 ? { code: 'E5219', detail: `${broken.length} broken` } : {}),
    });
    return found;
  }

  function later(ms: number): void {
    stopWaiting = clock.after(ms, () => {
      running = due()
        .catch((error: unknown) => log({ event: 'archive.failed', code: 'E9006', detail: placeOf(error) }))
        .finally(() => {
          if (!closed) later(DAY_MS);
        });
    });
  }

  async function due(): Promise<void> {
    const before = await last();
    // Half a day: processes that started at different hours take it in turns.
    if (before && clock.now() - before.at < DAY_MS / 2) return;
    await run();
  }

  return {
    last,
    run,
    begin: () => later(FIRST_MS),
    async close() {
      closed = true;
      stopWaiting();
      await running;
    },
  };
}
