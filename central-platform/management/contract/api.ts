import type { z } from 'zod';
import { analysisRoutes } from './analysis.ts';
import { branchRoutes } from './branches.ts';
import { changeRoutes, channelRoutes } from './changes.ts';
import { caseRoutes, quarantineRoutes, releaseRoutes, systemRoutes } from './control.ts';
import { documentRoutes } from './documents.ts';
import { fleetRoutes } from './fleet.ts';
import { knowledgeRoutes } from './knowledge.ts';
import { outwardRoutes } from './outward.ts';
import { requestRoutes } from './requests.ts';
import { riskRoutes } from './risk.ts';
import { searchRoutes } from './search.ts';
import { sessionRoutes } from './session.ts';
import { staffRoutes } from './staff.ts';
import { workOrderRoutes } from './work-orders.ts';

/** Every route of the console; who may call which stands in roles.ts. A refusal is 4xx or 5xx with `{ code, detail? }`. */
export const consoleRoutes = {
  ...sessionRoutes,
  ...fleetRoutes,
  ...changeRoutes,
  ...channelRoutes,
  ...knowledgeRoutes,
  ...branchRoutes,
  ...searchRoutes,
  ...workOrderRoutes,
  ...analysisRoutes,
  ...riskRoutes,
  ...caseRoutes,
  ...releaseRoutes,
  ...quarantineRoutes,
  ...systemRoutes,
  ...documentRoutes,
  ...outwardRoutes,
  ...requestRoutes,
  ...staffRoutes,
} as const;
export type ConsoleRoutes = typeof consoleRoutes;
export type ConsoleRouteName = keyof ConsoleRoutes;
export type ConsoleRequest<R extends ConsoleRouteName> = z.input<ConsoleRoutes[R]['request']>;
/** The request as the server sees it, defaults filled in. */
export type ConsoleAsked<R extends ConsoleRouteName> = z.output<ConsoleRoutes[R]['request']>;
export type ConsoleAnswer<R extends ConsoleRouteName> = z.output<ConsoleRoutes[R]['answer']>;
