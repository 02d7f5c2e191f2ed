import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { FastifyInstance } from 'fastify';
import type { ChannelOffice } from '../channels/office.ts';
import type { OutwardService } from '../channels/outward/service.ts';
import type { ChannelRegistry } from '../channels/registry.ts';
import type { PlatformConfig } from '../config.ts';
import type { ConfigurationOffice } from '../downlink/office.ts';
import type { SecondReading } from '../ingest/second-reading.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault.ts';
import { branchHandlers } from './branches.ts';
import { createAppliers } from './changes/appliers.ts';
import { createChangeOffice } from './changes/office.ts';
import { type BackupDesk, caseHandlers, systemHandlers } from './control.ts';
import { type DocumentDesk, documentHandlers } from './documents.ts';
import { exportHandlers } from './exports/lists.ts';
import { analysisHandlers } from './figures/analysis.ts';
import { createFigureCounter } from './figures/counter.ts';
import { createRiskScan, riskHandlers } from './figures/risk.ts';
import { createFleet, fleetHandlers } from './fleet.ts';
import { knowledgeHandlers } from './knowledge.ts';
import { changeHandlers, channelHandlers, overviewHandlers, releaseHandlers } from './overview.ts';
import { outwardHandlers } from './outward-desk.ts';
import type { CaseOffice } from '../requests/staff.ts';
import { quarantineHandlers } from './quarantine.ts';
import { requestDeskHandlers } from './requests-desk.ts';
import { createPersonRegister } from './register.ts';
import { searchHandlers } from './search.ts';
import { createConsoleListener } from './server.ts';
import { createSessions } from './sessions.ts';
import { staffHandlers } from './staff.ts';
import { createSteps } from './steps.ts';
import { workOrderHandlers } from './work-orders.ts';

const PAGES = fileURLToPath(new URL('../../dist/console', import.meta.url));

export interface ConsoleOfficeParts {
  readonly config: NonNullable<PlatformConfig['consoleListener']>;
  readonly centre: PlatformConfig['centre'];
  readonly demonstration: boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly vault: Vault;
  readonly configuration: ConfigurationOffice;
  readonly registry: ChannelRegistry;
  readonly channels: ChannelOffice;
  readonly outward: OutwardService;
  readonly documents: DocumentDesk;
  readonly cancelDocument: (documentNumber: string, reason: string) => Promise<Result<void>>;
  readonly itemOfDocument: (documentNumber: string) => Promise<string>;
  /** Requests of depositors (requests/staff.ts). */
  readonly cases: CaseOffice;
  readonly secondReading: SecondReading;
  readonly backups: BackupDesk;
  readonly fontsDir: string;
}

export interface RunningConsole {
  /** http://…/console/ */
  readonly url: string;
  close(): Promise<void>;
}

/** The console of the centre's staff: its offices put together, behind a listener of its own. */
export async function startConsole(parts: ConsoleOfficeParts): Promise<RunningConsole> {
  const { config, centre, clock, log, store, vault, configuration, registry, documents } = parts;
  const days = config.deadlineDays;
  const idleMs = config.idleMinutes * 60_000;
  const steps = createSteps(store.work, vault);
  const counter = createFigureCounter({
    ...{ store, clock, log, itemOfDocument: parts.itemOfDocument },
    channelOf: async (terminalId) => (await registry.ofTerminal(terminalId)).code,
  });
  const fleet = createFleet({ clock, store, configuration, counter });
  const risk = createRiskScan({ clock, store, counter });
  const register = createPersonRegister({ clock, vault, work: store.work, figures: store.figures });
  const appliers = createAppliers({
    ...{ clock, store, configuration, channels: parts.channels, outward: parts.outward, register, cases: parts.cases },
    document: documents.find,
    cancelDocument: parts.cancelDocument,
  });
  const changes = createChangeOffice({
    ...{
      clock,
      store: store.changes,
      staff: store.staff,
      audit: store.audit,
      security: store.security,
      steps,
      appliers,
    },
  });
  const overview = { clock, store, configuration, registry, changes, documents, fleet, risk, days };
  const control = { clock, store, steps, days };
  const pages = {
    ...overviewHandlers(overview),
    ...channelHandlers(overview),
    ...changeHandlers(changes),
    ...releaseHandlers(overview),
    ...fleetHandlers({ clock, store, configuration, counter, fleet }),
    ...branchHandlers({ clock, store, configuration, registry, counter, fleet }),
    ...knowledgeHandlers({ clock, store, configuration }),
    ...searchHandlers({ clock, store, vault, documents }),
    ...workOrderHandlers({ clock, store, steps, configuration, days }),
    ...analysisHandlers({ clock, store, counter, registry, configuration }),
    ...riskHandlers({ clock, store, counter, risk }),
    ...caseHandlers(control),
    ...quarantineHandlers({ clock, store, steps, secondReading: parts.secondReading }),
    ...systemHandlers({ ...control, backups: parts.backups }),
    ...documentHandlers(documents, store.changes),
    ...outwardHandlers({ clock, store }),
    ...requestDeskHandlers({ clock, store, cases: parts.cases, registry, configuration }),
    ...staffHandlers({ clock, store }),
  };
  const exported = exportHandlers({ clock, audit: store.audit, pages, fontsDir: parts.fontsDir, centre: centre.name });
  const { staff, audit, security } = store;
  const listener: FastifyInstance = createConsoleListener({
    ...{ clock, log, audit, idleMs, demonstration: parts.demonstration, baseUrl: config.baseUrl },
    sessions: createSessions({ clock, store: staff, audit, security, idleMs }),
    handlers: { ...pages, ...exported },
    centre: { id: centre.id, name: centre.name },
    pagesDir: config.pagesDir ?? PAGES,
    fontsDir: parts.fontsDir,
  });
  await listener.listen({ host: config.host, port: config.port });
  const { address, family, port } = listener.server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/console/`,
    async close() {
      await listener.close();
      await counter.close();
    },
  };
}
