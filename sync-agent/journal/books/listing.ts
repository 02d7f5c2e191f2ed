import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { EntryLine } from '@kiosk/contract/services/sync-agent.ts';
import { entryTable } from '../file/schema.ts';
import type { Store } from '../file/store.ts';

/**
 * Entries before `beforeSeq` (undefined: from the end), newest first, as a technician may see them: what kind, when, and
 * the code if it tells of one. The rest of a body may be about a person and stays in it. Inside `store.read`.
 */
export function listEntries(
  store: Store,
  stream: StreamName,
  beforeSeq: number | undefined,
  limit: number,
): readonly EntryLine[] {
  const rows = store.db
    .prepare<[number, number], { seq: number; at: number; body: Buffer }>(
      `SELECT seq, at, body FROM ${entryTable(stream)} WHERE seq < ? ORDER BY seq DESC LIMIT ?`,
    )
    .all(beforeSeq ?? Number.MAX_SAFE_INTEGER, limit);
  return rows.map(({ seq, at, body }) => ({ stream, seq, at, ...kindOf(body) }));
}

/** A body of a later release may say things this one does not know; its kind is still a kind. */
function kindOf(body: Buffer): { type: string; code?: string } {
  const { data } = JSON.parse(body.toString('utf8')) as { data?: { type?: unknown; code?: unknown } };
  const type = typeof data?.type === 'string' ? data.type : 'unknown';
  const code = data?.code;
  return typeof code === 'string' && /^E\d{4}$/.test(code) ? { type, code } : { type };
}
