import type { KeyObject } from 'node:crypto';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Handlers } from '@kiosk/contract/rpc/server.ts';
import type { Reconciliation, syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Backup } from '../journal/life/backup.ts';
import { bundleBlock, planBundle, sealOf } from '../journal/life/bundle.ts';
import type { Journal } from '../journal/journal.ts';
import { listEntries } from '../journal/books/listing.ts';
import type { Rejoined } from '../journal/chain/graft.ts';
import type { Technicians } from '../policy/technicians.ts';

export interface CareParts {
  readonly journal: Result<Journal>;
  readonly terminalId: string;
  readonly signingKey: KeyObject;
  readonly technicians: Technicians;
  readonly clock: Clock;
  readonly backUp: () => Promise<Result<Backup>>;
  readonly rejoin: (signal: AbortSignal) => Promise<Result<readonly Rejoined[]>>;
  readonly reconcile: (now: boolean) => Promise<Result<Reconciliation>>;
}

type Care =
  'listEntries' | 'planExport' | 'exportBlock' | 'sealBundle' | 'backUpJournal' | 'rejoinJournal' | 'reconcile';

/** What a technician does with the journal as a whole. */
export function careHandlers(parts: CareParts): Pick<Handlers<typeof syncAgent>, Care> {
  const { terminalId, signingKey, technicians, clock } = parts;

  async function withJournal<T>(
    token: string,
    act: (journal: Journal, technician: string) => Promise<Result<T>> | Result<T>,
  ): Promise<Result<T>> {
    const technician = technicians.whose(token);
    if (technician === undefined) return fail('E7103');
    return parts.journal.ok ? act(parts.journal.value, technician) : parts.journal;
  }

  return {
    listEntries: ({ technicianToken, stream, beforeSeq, limit }) =>
      withJournal(technicianToken, ({ store }) => {
        const entries = store.read(() => listEntries(store, stream, beforeSeq, limit));
        return entries.ok ? ok({ entries: [...entries.value] }) : entries;
      }),
    planExport: ({ technicianToken, waitingOnly }) =>
      withJournal(technicianToken, ({ store }) =>
        store.read(() => planBundle(store, terminalId, clock.now(), waitingOnly)),
      ),
    exportBlock: ({ technicianToken, ...stretch }) =>
      withJournal(technicianToken, ({ store }) => {
        const block = store.read(() => bundleBlock(store, terminalId, signingKey, stretch));
        return block.ok ? ok({ block: block.value }) : block;
      }),
    sealBundle: ({ technicianToken, sha256, entries }) =>
      withJournal(technicianToken, (journal, technician) => {
        const told = journal.record({ type: 'journal.exported', technician, entries, sha256 });
        return told.ok ? ok({ signatureBase64: sealOf(terminalId, signingKey, sha256, entries) }) : told;
      }),
    backUpJournal: ({ technicianToken }) => withJournal(technicianToken, () => parts.backUp()),
    rejoinJournal: ({ technicianToken }, { signal }) =>
      withJournal(technicianToken, async () => {
        const done = await parts.rejoin(signal);
        return done.ok ? ok({ streams: [...done.value] }) : done;
      }),
    reconcile: ({ technicianToken, now }) => withJournal(technicianToken, () => parts.reconcile(now)),
  };
}
