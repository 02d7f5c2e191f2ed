import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { StreamName } from '@kiosk/contract/journal/stream.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Effect, Store } from '../store/store.ts';
import type { Vault } from '../vault.ts';
import { effectOf } from './effect.ts';
import { quarantineOf } from './judge.ts';
import type { Unwrapper } from './unwrapper.ts';

export interface SecondReading {
  /**
   * An entry in quarantine, judged by this release as if it came now, and projected. Twice is as good as once.
   * Errors: E2508 it is not there, E2514 with why it is still not understood.
   */
  read(terminalId: string, stream: StreamName, seq: number): Promise<Result<Effect>>;
}

export interface SecondReadingParts {
  readonly store: Pick<Store, 'journal' | 'business'>;
  readonly clock: Clock;
  readonly unwrapper: Unwrapper;
  readonly vault: Vault;
  /** As of entries that are understood at once (projection.ts). */
  readonly arrived: (effects: readonly Effect[]) => Promise<void>;
}

export function createSecondReading(parts: SecondReadingParts): SecondReading {
  const { store, clock, unwrapper, vault, arrived } = parts;
  return {
    async read(terminalId, stream, seq) {
      const entry = await store.journal.quarantinedEntry(terminalId, stream, seq);
      if (!entry) return fail('E2508');
      const aside = quarantineOf(stream, entry.body);
      if (aside) return fail('E2514', aside.reason);
      // Only business becomes something; what was understood of the others is in the journal, where it is looked for.
      if (stream !== 'business') return ok({ kind: 'none' });
      const [dataKey = null] = entry.wrappedKey === null ? [] : await unwrapper.unwrap([entry.wrappedKey]);
      const now = clock.now();
      const effect = effectOf(entry, now, dataKey, vault);
      if (effect.kind === 'quarantine') return fail('E2514', effect.reason);
      if (!(await store.business.applyAgain(entry, effect, now))) {
        return fail('E2514', 'request number already stands for another operation');
      }
      await arrived([effect]);
      return ok(effect);
    },
  };
}
