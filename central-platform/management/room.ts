import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { createChannelOffice } from '../channels/office.ts';
import { createOutwardService } from '../channels/outward/service.ts';
import { createChannelRegistry } from '../channels/registry.ts';
import type { PlatformConfig } from '../config.ts';
import type { CoreSystem } from '../core/core-system.ts';
import type { DocumentRoom } from '../documents/room.ts';
import type { ConfigurationOffice } from '../downlink/office.ts';
import { createSecondReading } from '../ingest/second-reading.ts';
import type { Unwrapper } from '../ingest/unwrapper.ts';
import type { Log } from '../log.ts';
import type { Effect, Store } from '../store/store.ts';
import type { CaseOffice } from '../requests/staff.ts';
import type { Vault } from '../vault.ts';
import { type ChannelRated, createArrivals, type FollowUp } from './arrivals.ts';
import { type RunningConsole, startConsole } from './console.ts';
import { createBackupDesk } from './backup-desk.ts';
import { createPaperDesk } from './paper-desk.ts';

export interface ConsoleRoom {
  /** What entries amount to, when the register has it (ingest/projection.ts). */
  arrived(effects: readonly Effect[]): Promise<void>;
  /** A rating on another channel. */
  rated(rating: ChannelRated): Promise<FollowUp | undefined>;
  /** undefined: no console is served. */
  readonly console: RunningConsole | undefined;
  close(): Promise<void>;
}

export interface ConsoleRoomParts {
  readonly config: PlatformConfig;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly vault: Vault;
  readonly core: CoreSystem;
  readonly cases: CaseOffice;
  /** Opens what is sealed in entries. */
  readonly unwrapper: Unwrapper;
  readonly configuration: ConfigurationOffice;
  readonly documents: Pick<DocumentRoom, 'certificates' | 'cancelled' | 'archive'>;
  readonly fontsDir: string;
}

/** Work orders and the index of requests are kept with or without a console, so that one can be switched on later. */
export async function createConsoleRoom(parts: ConsoleRoomParts): Promise<ConsoleRoom> {
  const { config, clock, store, vault, core, configuration } = parts;
  const registry = await createChannelRegistry({ clock, store: store.channels, vault, configuration });
  const { audit } = store;
  const channels = createChannelOffice({ clock, store: store.channels, audit, registry, configuration, vault });
  const { guard, security } = store;
  const outward = createOutwardService({ clock, store: store.outward, guard, audit, security, core, vault });
  const papers = createPaperDesk({ clock, store: store.documents, ...parts.documents });
  const days = config.consoleListener?.deadlineDays ?? DAYS;
  const channelOf = async (terminalId: string) => (await registry.ofTerminal(terminalId)).code;
  const arrivals = createArrivals({ clock, work: store.work, figures: store.figures, vault, channelOf, days });
  const console =
    config.consoleListener &&
    (await startConsole({
      ...{ ...parts, config: config.consoleListener, centre: config.centre, demonstration: config.synthetic },
      secondReading: createSecondReading({ ...parts, arrived: arrivals.take }),
      backups: createBackupDesk(store.upkeep, config.backup !== undefined, parts.documents.archive),
      ...{
        registry,
        channels,
        outward,
        documents: papers,
        itemOfDocument: papers.itemOf,
        cancelDocument: papers.cancel,
      },
    }));
  return {
    arrived: arrivals.take,
    rated: arrivals.rated,
    console,
    async close() {
      await console?.close();
    },
  };
}

/** As in config.ts, where the configuration says nothing of a console. */
const DAYS = { consult: 2, suggest: 10, complain: 5, followUp: 3, help: 10 / 1_440, case: 3, anomaly: 2, change: 1 };
