import { z } from 'zod';
import { entryTable } from '../file/schema.ts';
import { heads } from '../chain/heads.ts';
import type { Store } from '../file/store.ts';

export interface KnownRequest {
  readonly operationId: string;
  readonly requestNumber: string;
  readonly offline: boolean;
  readonly seq: number;
}

/**
 * Finds a request by its operation. The entries say it all; the table `request` only makes the search short, and is
 * written for many requests at once, because each page of a commit costs as much as the request itself. What it does not
 * hold yet is read from the entries at the open. All of it inside `store.read` or `store.write`.
 */
export interface RequestIndex {
  find(operationId: string): KnownRequest | undefined;
  /** In the transaction of its entry. */
  add(request: KnownRequest): void;
}

const TOGETHER = 256;

/** What the index takes from an entry, and no more: a later release may have taken a form that this one does not know. */
const Submitted = z.object({
  data: z.object({
    type: z.literal('request.submitted'),
    operationId: z.string(),
    requestNumber: z.string(),
    offline: z.boolean(),
  }),
});

export function requestIndex(store: Store): RequestIndex {
  const find = store.db.prepare<[string], Omit<KnownRequest, 'offline'> & { offline: number }>(
    `SELECT operation_id AS operationId, request_number AS requestNumber, offline, seq FROM request
     WHERE operation_id = ?`,
  );
  const insert = store.db.prepare(
    'INSERT INTO request (operation_id, request_number, offline, seq) VALUES (?, ?, ?, ?)',
  );
  const fresh = new Map(unindexed(store).map((request) => [request.operationId, request]));

  function writeDown(): void {
    for (const { operationId, requestNumber, offline, seq } of fresh.values()) {
      insert.run(operationId, requestNumber, offline ? 1 : 0, seq);
    }
    const written = [...fresh.values()];
    fresh.clear();
    store.onUndone(() => written.forEach((request) => fresh.set(request.operationId, request)));
  }

  return {
    find(operationId) {
      const row = find.get(operationId);
      return fresh.get(operationId) ?? (row && { ...row, offline: row.offline === 1 });
    },
    add(request) {
      fresh.set(request.operationId, request);
      store.onUndone(() => fresh.delete(request.operationId));
      if (fresh.size >= TOGETHER) writeDown();
    },
  };
}

/** The requests behind the last one that the table knows. */
function unindexed(store: Store): readonly KnownRequest[] {
  const { last, at } = heads(store);
  const indexed = store.db.prepare<[], number | null>('SELECT max(seq) FROM request').pluck().get() ?? 0;
  const base = store.db.prepare<[], number>(`SELECT base_seq FROM stream WHERE name = 'business'`).pluck().get()!;
  const from = at('business', Math.max(indexed, base))!;
  let counted = from.requests;
  if (last('business').requests === counted) return [];
  const body = store.db.prepare<[number], Buffer>(`SELECT body FROM ${entryTable('business')} WHERE seq = ?`).pluck();
  const rows = store.db
    .prepare<[number], { seq: number; requests: number }>(
      `SELECT seq, requests FROM ${entryTable('business')} WHERE seq > ? ORDER BY seq`,
    )
    .all(from.seq);
  const found: KnownRequest[] = [];
  for (const { seq, requests } of rows) {
    if (requests === counted) continue;
    counted = requests;
    const entry = Submitted.safeParse(JSON.parse(body.get(seq)!.toString('utf8')));
    if (!entry.success) continue;
    const { operationId, requestNumber, offline } = entry.data.data;
    found.push({ operationId, requestNumber, offline, seq });
  }
  return found;
}
