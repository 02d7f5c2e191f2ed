import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Outcome } from '@kiosk/contract/services/common.ts';
import type { EntryWriter, Placed } from '../chain/entries.ts';
import { heads } from '../chain/heads.ts';
import type { Store } from '../file/store.ts';

export type Intended = Extract<EntryData, { type: 'operation.intended' }>;
export type Settled = Extract<EntryData, { type: 'operation.settled' }>;

export interface OpenIntent {
  readonly operationId: string;
  readonly sessionId: string;
}

/** The write-ahead rule: an irreversible step is intended on disk, then done, then settled on disk. */
export interface Intents {
  /** The same operation intended again is one intent. Inside `store.write`. */
  intend(data: Intended): Placed;
  /**
   * The first word counts, with one exception: the session that was there overrules what a restart concluded without
   * it. E9005: no such intent, or it was already settled otherwise. Inside `store.write`.
   */
  settle(data: Settled): Result<Placed>;
  open(): readonly OpenIntent[];
}

interface IntentRow {
  readonly intended_seq: number;
  readonly settled_seq: number | null;
  readonly outcome: Outcome | null;
  readonly reconciled: number;
}

export function intents(store: Store, writer: EntryWriter): Intents {
  const find = store.db.prepare<[string], IntentRow>(
    'SELECT intended_seq, settled_seq, outcome, reconciled FROM intent WHERE operation_id = ?',
  );
  const insert = store.db.prepare('INSERT INTO intent (operation_id, session_id, intended_seq) VALUES (?, ?, ?)');
  const update = store.db.prepare(
    'UPDATE intent SET settled_seq = ?, outcome = ?, reconciled = ? WHERE operation_id = ?',
  );
  const { at } = heads(store);
  const open = store.db.prepare<[], OpenIntent>(
    `SELECT operation_id AS operationId, session_id AS sessionId FROM intent WHERE outcome IS NULL ORDER BY intended_seq`,
  );
  function placed(seq: number): Placed {
    writer.flush();
    return { stream: 'business', seq, head: at('business', seq)!.link.toString('hex') };
  }

  return {
    intend(data) {
      const known = find.get(data.operationId);
      if (known) return placed(known.intended_seq);
      const entry = writer.append(data);
      insert.run(data.operationId, data.sessionId, entry.seq);
      return entry;
    },
    settle(data) {
      const known = find.get(data.operationId);
      if (!known) return fail('E9005', 'no such intent');
      if (known.outcome !== null) {
        const overrules = known.reconciled === 1 && data.reconciled !== true;
        if (known.outcome === data.outcome || data.reconciled === true) return ok(placed(known.settled_seq!));
        if (!overrules) return fail('E9005', `already settled as ${known.outcome}`);
      }
      const entry = writer.append(data);
      update.run(entry.seq, data.outcome, data.reconciled === true ? 1 : 0, data.operationId);
      return ok(entry);
    },
    open: () => open.all(),
  };
}
