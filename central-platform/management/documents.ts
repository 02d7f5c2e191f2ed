import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { z } from 'zod';
import type { ChangeStore } from '../store/desk-store.ts';
import type { DocumentLine } from './contract/documents.ts';
import type { Handlers } from './handlers.ts';

export type DocumentRow = Omit<z.infer<typeof DocumentLine>, 'cancelChange'>;

/** What the console sees of the document register. */
export interface DocumentDesk {
  find(documentNumber: string): Promise<DocumentRow | undefined>;
  /** Newest first. */
  list(limit: number, issuedBefore?: number): Promise<readonly DocumentRow[]>;
  /** What holders asked to have cancelled and nobody decided. */
  cancelRequests(): Promise<
    readonly { documentNumber: string; requestedAt: number; reason: string; channelId: string }[]
  >;
}

const startOf = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);
const DAY_MS = 86_400_000;

export function documentHandlers(
  desk: DocumentDesk,
  changes: ChangeStore,
): Handlers<'documents' | 'document' | 'cancelRequests'> {
  async function waiting(): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>();
    for (const { id, content } of await changes.list(500, undefined, 'proposed')) {
      if (content.kind === 'document.cancel') found.set(content.documentNumber, id);
    }
    return found;
  }

  return {
    async documents({ limit, before, words, state, from, to }) {
      const until = to === undefined ? undefined : startOf(to) + DAY_MS;
      const page = before === undefined ? until : Math.min(Number(before), until ?? Number.POSITIVE_INFINITY);
      const all = await desk.list(limit, page);
      const cancelling = await waiting();
      const wanted = words?.toUpperCase();
      const rows = all.filter(
        (row) =>
          (page === undefined || row.issuedAt < page) &&
          (from === undefined || row.issuedAt >= startOf(from)) &&
          (state === undefined || row.state === state) &&
          (wanted === undefined || row.documentNumber.includes(wanted) || row.terminalId.includes(wanted)),
      );
      const last = all.at(-1);
      return ok({
        rows: rows.map((row) => ({ ...row, cancelChange: cancelling.get(row.documentNumber) ?? null })),
        next: all.length < limit || !last ? null : String(last.issuedAt),
      });
    },
    async document({ documentNumber }) {
      const row = await desk.find(documentNumber);
      if (!row) return fail('E2508');
      return ok({ ...row, cancelChange: (await waiting()).get(documentNumber) ?? null });
    },
    cancelRequests: async () => ok({ rows: [...(await desk.cancelRequests())] }),
  };
}
