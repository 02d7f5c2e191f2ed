import { Catalogue } from '@kiosk/contract/platform/api.ts';
import { callPlatform } from '../delivery/calls.ts';
import type { Line } from '../delivery/http.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from './log.ts';

export interface CatalogueCache {
  /** The last good one, also from a former run; null until the first ever. */
  readonly current: () => Catalogue | null;
  /** Fetches when the platform has another version. True: there is a new one. A bad answer keeps the last good one. */
  follow(version: number): Promise<boolean>;
}

const NAME = 'catalogue';
const DEADLINE_MS = 15_000;

export function catalogueCache(journal: Journal | undefined, line: Line, log: Log): CatalogueCache {
  let catalogue = kept(journal);
  let fetching = false;
  return {
    current: () => catalogue,
    async follow(version) {
      if (fetching || catalogue?.version === version) return false;
      fetching = true;
      const answer = await callPlatform(line, 'catalogue', {}, { deadlineMs: DEADLINE_MS });
      fetching = false;
      if (!answer.ok) {
        log('catalogue.failed', { code: answer.error.code, detail: answer.error.detail });
        return false;
      }
      catalogue = answer.value.value;
      journal?.keepDownlink(NAME, catalogue.version, JSON.stringify(catalogue));
      log('catalogue.changed', { version: catalogue.version });
      return true;
    },
  };
}

function kept(journal: Journal | undefined): Catalogue | null {
  const row = journal?.downlink(NAME);
  if (!row?.ok || !row.value) return null;
  // Written by another release: asked for again rather than guessed at.
  return Catalogue.safeParse(JSON.parse(row.value.json)).data ?? null;
}
