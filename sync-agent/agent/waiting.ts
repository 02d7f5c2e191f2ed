import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { QueueState } from '@kiosk/contract/services/sync-agent.ts';
import type { Journal } from '../journal/journal.ts';

const NOTHING: QueueState = { pending: 0, oldestAt: null, quarantined: 0 };

/** What each stream still has to deliver, as far as the journal can be asked. */
export function waiting(journal: Journal | undefined): Record<StreamName, QueueState> {
  const found = journal?.queue();
  return found?.ok ? found.value : { business: NOTHING, audit: NOTHING, telemetry: NOTHING };
}
