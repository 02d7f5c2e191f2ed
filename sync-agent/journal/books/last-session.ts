import type { Result } from '@kiosk/contract/kernel/result.ts';
import { entryTable } from '../file/schema.ts';
import type { Store } from '../file/store.ts';

/** A session leaves a few dozen audit entries; whoever opened one further back has been followed by others. */
const LOOK_BACK = 2_000;

/** The session that was opened last, if nothing in the journal closes it. */
export function lastOpenSession(store: Store): Result<string | undefined> {
  return store.read(() => {
    const last = store.db
      .prepare<[number], { type: string; sessionId: string }>(
        `SELECT type, sessionId FROM (
           SELECT seq, body ->> '$.data.type' AS type, body ->> '$.data.sessionId' AS sessionId
           FROM (SELECT seq, CAST(body AS TEXT) AS body FROM ${entryTable('audit')} ORDER BY seq DESC LIMIT ?))
         WHERE type IN ('session.opened', 'session.closed') ORDER BY seq DESC LIMIT 1`,
      )
      .get(LOOK_BACK);
    return last?.type === 'session.opened' ? last.sessionId : undefined;
  });
}
