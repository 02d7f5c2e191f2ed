import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { createChannelOffice } from '../channels/office.ts';
import { createChannelRegistry } from '../channels/registry.ts';
import type { PlatformConfig } from '../config.ts';
import type { DocumentRoom } from '../documents/room.ts';
import type { ConfigurationOffice } from '../downlink/office.ts';
import type { Log } from '../log.ts';
import type { Effect, Store } from '../store/store.ts';
import type { Vault } from '../vault.ts';
import { type ChannelRated, createArrivals } from './arrivals.ts';
import { type RunningConsole, startConsole } from './console.ts';
import { createBackupDesk } from './backup-desk.ts';
import { createPaperDesk } from './paper-desk.ts';

export interface ConsoleRoom {
  /** What entries amount to, before the register has it (ingest/projection.ts). */
  arrived(effects: readonly Effect[]): Promise<void>;
  /** A rating on another channel. */
  rated(rating: ChannelRated): Promise<void>;
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
  readonly configuration: ConfigurationOffice;
  readonly documents: Pick<DocumentRoom, 'certificates'>;
  readonly fontsDir: string;
}

/** Work orders and the index of requests are kept with or without a console, so that one can be switched on later. */
export async function createConsoleRoom(parts: ConsoleRoomParts): Promise<ConsoleRoom> {
  const { config, clock, store, vault, configuration } = parts;
  const registry = await createChannelRegistry({ clock, store: store.channels, vault, configuration });
  const { audit } = store;
  const channels = createChannelOffice({ clock, store: store.channels, audit, registry, configuration, vault });
  const papers = createPaperDesk({ clock, store: store.documents, certificates: parts.documents.certificates });
  const days = config.consoleListener?.deadlineDays ?? DAYS;
  const channelOf = async (terminalId: string) => (await registry.ofTerminal(terminalId)).code;
  const arrivals = createArrivals({ clock, work: store.work, figures: store.figures, vault, channelOf, days });
  const console =
    config.consoleListener &&
    (await startConsole({
      ...{ ...parts, config: config.consoleListener, centre: config.centre, demonstration: config.synthetic },
      backups: createBackupDesk(store.upkeep, config.backup !== undefined),
      ...{ registry, channels, documents: papers, itemOfDocument: papers.itemOf, cancelDocument: papers.cancel },
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
const DAYS = { consult: 2, suggest: 10, complain: 5, followUp: 3, case: 3, anomaly: 2, change: 1 };
