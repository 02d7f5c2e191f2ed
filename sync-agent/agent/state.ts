import type { TerminalConfig } from '@kiosk/contract/config.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { Snapshot } from '@kiosk/contract/kernel/service.ts';
import type { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import type { LinkState, syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import type { Renewal } from '../enrolment/renewal.ts';
import { linkedSqliteVersion } from '../journal/file/open.ts';
import type { Configuration } from './configuration.ts';
import { configurationState } from './configuration-state.ts';
import type { OpenedJournal } from './files.ts';
import type { JournalWork } from './journal-work.ts';
import type { Settler } from './settler.ts';
import { waiting } from './waiting.ts';

export interface StateParts {
  readonly version: string;
  readonly startedAt: number;
  readonly terminal: TerminalConfig['terminal'];
  readonly clock: Clock;
  readonly opened: Result<OpenedJournal>;
  readonly work: JournalWork | undefined;
  readonly link: { readonly state: LinkState };
  readonly renewal: Renewal;
  readonly settler: Settler;
  readonly catalogue: () => Catalogue | null;
  readonly configuration: Configuration;
}

/** What the other programs and the technician see of the agent, put together anew each time. */
export function agentState(parts: StateParts): Snapshot<typeof syncAgent> {
  const { opened, work, configuration } = parts;
  const journal = opened.ok ? opened.value.journal : undefined;
  const queue = waiting(journal);
  // An alarm about what people left or did stops the kiosk; one about telemetry is only shown.
  const code = opened.ok
    ? (journal?.stopped?.code ?? journal?.held?.code ?? queue.business.stopped ?? queue.audit.stopped)
    : opened.error.code;
  return {
    version: parts.version,
    startedAt: parts.startedAt,
    terminal: parts.terminal,
    accepting: code === undefined,
    journal: {
      sqliteVersion: journal?.sqliteVersion ?? linkedSqliteVersion(),
      ...(code === undefined ? {} : { code }),
      ...(work ? { backup: work.upkeep.backup } : {}),
    },
    link: { ...parts.link.state, ...parts.renewal.state },
    queue,
    unsettled: parts.settler.unsettled,
    catalogue: parts.catalogue(),
    configuration: configurationState(configuration, journal, queue.business.oldestAt, parts.clock.now()),
    ...(work ? { reconciliation: work.reconciler.summary } : {}),
  };
}
