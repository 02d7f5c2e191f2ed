import type { Configuration as ConfigurationState } from '@kiosk/contract/services/sync-agent.ts';
import type { Journal } from '../journal/journal.ts';
import type { Configuration } from './configuration.ts';
import { shownNotices } from './effective.ts';

/** What the other programs and the technician see of it. `oldestAt`: of what depositors left and waits. */
export function configurationState(
  configuration: Configuration,
  journal: Journal | undefined,
  oldestAt: number | null,
  now: number,
): ConfigurationState {
  const { parameters, versions, commands, refused } = configuration;
  const waiting = journal?.waitingRequests();
  const amount = journal?.offlineUse((use) => use.waitingAmountFen());
  return {
    versions,
    channel: parameters.channel,
    notices: shownNotices(configuration.notices, now),
    caps: parameters.caps,
    use: {
      waiting: waiting?.ok ? waiting.value : 0,
      waitingAmountFen: amount?.ok ? amount.value : 0,
      oldestAt,
    },
    refused: refused ?? null,
    commands: [...commands],
  };
}
